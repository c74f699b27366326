"""The files of a correction: those the application names already, and those that come with the answer to a notice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from chalicelib.composition import House
from chalicelib.corrections import Request
from chalicelib.files import Papers, attached, papers_of
from doorstep.applications.follow import Followed
from doorstep.applications.journal import find_event
from doorstep.applications.store import StoreError
from doorstep.forms.attached import UNKNOWN, Attached, digests_in, with_files
from doorstep.forms.correcting import Corrected
from doorstep.forms.fields import Form
from doorstep.forms.taken_out import attachments_of
from weblib.problems import ProblemError


class Looked(NamedTuple):
    """What was answered, with what is wrong with its files among the errors; by digest how they stand; and the names of
    those the application does not name yet.
    """

    corrected: Corrected
    attached: Mapping[str, Attached]
    new: tuple[str, ...] = ()


def look(house: House, followed: Followed, request: Request, corrected: Corrected) -> Looked:
    """A file is asked about only where its question is open. A correction that is stored already is taken as it was:
    nothing that has become of its files since makes it another.

    Raises Tampered, StoreUnavailable or ProblemError "files-unavailable".
    """
    files = attachments_of(request.form, corrected.instance)
    if not files:
        return Looked(corrected, {})
    papers = papers_of(house, followed)
    names = {digest: papers.file(digest).name for digests in files.values() for digest in digests}
    found = Looked(corrected, {}, tuple(name for name in names.values() if name not in papers.confirmed))
    open_ones = [digest for name, digests in files.items() if f"/{name}" in corrected.opened for digest in digests]
    if not open_ones or find_event(followed.head, request.event_id):
        return found
    try:
        known = attached(house, papers, open_ones)
    except StoreError as error:
        if corrected.errors:  # there is enough to do first
            house.log.failed(error, request_id="")
            return found
        raise ProblemError("files-unavailable", headers={"Retry-After": "60"}) from error
    everything = dict.fromkeys(names, Attached(UNKNOWN)) | known
    errors = with_files(request.form, corrected.errors, corrected.instance, everything)
    return found._replace(corrected=corrected._replace(errors=tuple(errors)), attached=known)


def standing(house: House, papers: Papers, form: Form, *trees: Mapping[str, Any]) -> dict[str, Attached]:
    """How the files in these answers stand, as far as that is known: no page waits for it."""
    fields = [field.name for field in form.fields if field.kind == "attachment"]
    digests = [digest for tree in trees for name in fields for digest in digests_in(tree.get(name))]
    if not digests:
        return {}
    try:
        return attached(house, papers, digests)
    except StoreError as error:
        house.log.failed(error, request_id="")
        return {}


def takes_files(form: Form) -> bool:
    """Whether any question of this form does: else there is nothing to look up."""
    return any(field.kind == "attachment" for field in form.fields)
