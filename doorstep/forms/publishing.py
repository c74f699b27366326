"""Publishing a form: checked first, since what is archived is accepted, and stays, for ever."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from doorstep.forms.errors import FormsError
from doorstep.forms.findings import Finding
from doorstep.forms.library import form_ids, publish
from doorstep.forms.rules import UNPUBLISHED
from doorstep.forms.vocabulary import check_some
from doorstep.places import Places


class NotPublished(FormsError):
    """The archive is as it was. `findings` say what to mend, empty when there is no form of that name."""

    def __init__(self, what: str, findings: Iterable[Finding] = ()) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join([what, *(f"schemas/{finding}" for finding in self.findings)]))


def publish_checked(schemas_dir: Path, form_id: str, today: date, places: Places | None = None) -> str:
    """Archives the form if its shape, rules and example stand, and gives its version.

    Other forms may be half written. Raises NotPublished; `places` as for `check_forms`.
    """
    known = form_ids(schemas_dir)
    if form_id not in known:
        raise NotPublished(f"there is no form of that name; there are: {', '.join(known) or 'none'}")
    findings = [found for found in check_some(schemas_dir, [form_id], places) if _concerns(found, form_id)]
    if findings:
        raise NotPublished(f"{form_id} was not published; mend this first:", findings)
    return publish(schemas_dir, form_id, today)


def _concerns(found: Finding, form_id: str) -> bool:
    ours = ("vocabulary/", "archive/index.json", f"archive/{form_id}/", f"forms/{form_id}.json")
    return found.file.startswith(ours) and found.problem != UNPUBLISHED
