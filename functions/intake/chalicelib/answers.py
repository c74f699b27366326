"""From what was sent to what is stored: the steps of check and confirm that pages and programs share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from chalicelib.composition import House
from chalicelib.files import Papers, attached, papers_of_draft
from doorstep.applications.errors import AlreadySubmitted
from doorstep.applications.queues import routed_to
from doorstep.applications.store import OutcomeUnknown, StoreError
from doorstep.applications.submit import Submitted, earlier, replay, submit
from doorstep.forms.attached import Attached, with_files
from doorstep.forms.errors import FieldError
from doorstep.forms.filler import fill
from doorstep.forms.form import Form
from doorstep.forms.taken_out import attachments_of, phones_of, routing_of
from weblib.problems import ProblemError

VERSION = re.compile("[0-9a-f]{64}")

COUNTER = "counter"
FILED_BY = {"self": "applicant", "family": "agent", "community": COUNTER}
"""Who sat at the keyboard, from the form's own first question. It identifies nobody."""


class Checked(NamedTuple):
    """The answers as they were understood, everything that is wrong with them, and by digest how their files stand."""

    form: Form
    instance: dict[str, Any]
    errors: Sequence[FieldError]
    attached: Mapping[str, Attached] = MappingProxyType({})


def known_form(house: House, form_id: str) -> Form:
    """The published form of that id, offered or not; raises ProblemError 404."""
    form = house.library.current(form_id)
    if form is None:
        raise ProblemError("unknown-form")
    return form


def current_form(house: House, form_id: str) -> Form:
    """The published form of that id, with which one can apply here now; raises ProblemError 404."""
    form = known_form(house, form_id)
    if not house.offers(form):
        raise ProblemError("not-offered")
    return form


def form_of(house: House, form_id: str, version: str | None) -> Form:
    """The version the person began with, while it is accepted.

    Raises ProblemError: 404 no such form, or none to apply with here, 400 no version could be written so, 410 retired
    (or never published).
    """
    current = current_form(house, form_id)
    if version is None or version == current.version:
        return current
    if not VERSION.fullmatch(version):
        raise ProblemError("unreadable")
    form = house.library.find(form_id, version)
    if form is None or not house.library.accepted(form_id, version, house.today()):
        raise ProblemError("retired-form")
    return form


def check(house: House, form: Form, tree: Any, key: str = "") -> Checked:
    """Fill the form from a tree of answers and check it, with the files of the draft that has this key ("": it has
    none): all errors at once, nothing stored.

    Raises ProblemError "files-unavailable" where nothing but how the files stand is not known.
    """
    checked = understood(house, form, tree)
    digests = _digests(checked)
    return _with_files(house, checked, papers_of_draft(key) if key else None, digests) if digests else checked


def understood(house: House, form: Form, tree: Any) -> Checked:
    """The same, without a look at the files."""
    instance = fill(form, tree)
    return Checked(form, instance, house.checker(form).check(instance))


def _digests(checked: Checked) -> list[str]:
    return [digest for files in attachments_of(checked.form, checked.instance).values() for digest in files]


def _with_files(house: House, checked: Checked, papers: Papers | None, digests: Sequence[str]) -> Checked:
    try:
        found = attached(house, papers, digests) if papers else {}
    except StoreError as error:
        if checked.errors:  # there is enough to do first
            house.log.failed(error, request_id="")
            return checked
        raise ProblemError("files-unavailable", headers={"Retry-After": "60"}) from error
    errors = with_files(checked.form, checked.errors, checked.instance, found)
    return checked._replace(errors=errors, attached=found)


def confirm(
    house: House, form_id: str, version: str | None, key: str, tree: dict[str, Any], *, filer: str | None = None
) -> tuple[Submitted | None, Checked]:
    """Store the answers under the draft's key, or give the receipt they already have.

    `filer` is the staff member who filled it in at a counter, on their office's word (`counter_pass`).

    A known key gets its answer whatever has become of its form since, and whatever else is wrong: nearly every
    key is new, so the store's refusal tells a known one, and only then is it looked up. Where files are attached it is
    looked up before they are: they may rest in a place that cannot be reached. Submitted is None when there are errors:
    nothing was stored then.
    """
    checked, wrong, head = None, None, None
    try:
        checked = understood(house, form_of(house, form_id, version), tree)
        digests = _digests(checked)
        papers = papers_of_draft(key) if digests else None
        if papers and not checked.errors:
            head = earlier(house.desk, key)
            checked = checked if head else _with_files(house, checked, papers, digests)
        if not checked.errors and head is None:
            files = [papers.file(digest).name for digest in digests] if papers else []
            return _submit(house, key, checked, filer, files), checked
    except (ProblemError, AlreadySubmitted, StoreError) as error:
        wrong = error
    try:
        head = head or earlier(house.desk, key)
    except StoreError as error:
        # Whether the key is a known one stays open, so "nothing was stored" may not be said of it.
        raise (wrong if isinstance(wrong, StoreError) else OutcomeUnknown(str(error))) from error
    if head is not None:
        # Compared as the version understands it that it was submitted in, archived or not.
        form = house.library.find(head.form, head.form_version)
        instance = fill(form, tree) if form else tree
        submitted = replay(house.desk, head, key, instance, form_id=form_id)
        return submitted, Checked(form or known_form(house, form_id), instance, ())
    if wrong is not None:
        raise wrong
    assert checked is not None
    return None, checked


def _submit(house: House, key: str, checked: Checked, filer: str | None, files: Sequence[str]) -> Submitted:
    routing = routing_of(checked.form, checked.instance)
    service = house.services.get(checked.form.service, {})
    return submit(
        house.desk,
        form_id=checked.form.id,
        form_version=checked.form.version,
        service=checked.form.service,
        instance=checked.instance,
        routing=routing,
        office=house.offices.in_role(service, "accept", routed_to(routing)).id,
        phones=phones_of(checked.form, checked.instance),
        key=key,
        filed_by=COUNTER if filer else FILED_BY.get(str(checked.instance.get("filing_for")), "applicant"),
        filer=filer,
        files=list(dict.fromkeys(files)),
    )
