"""All forms of a schemas folder: the current ones, and the archive of every version ever published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from doorstep.forms.bundle import bundle, version_of
from doorstep.forms.fields import Form
from doorstep.forms.form import build_form
from doorstep.forms.shared import written_out

ACCEPTED_AFTER_REPLACEMENT = timedelta(days=30)
_VERSION = re.compile("[0-9a-f]{64}")


class Publication(NamedTuple):
    """One line of the archive's index: from `published_on` on, `version` was the current one of `form`."""

    form: str
    version: str
    published_on: date


class FormLibrary:
    """`current` forms, with which one applies, and archived ones, for who comes back halfway through. Each is read when
    it is first asked for: a process that starts for one application needs one form of thirty.

    Of `forms` those that are None are read from `folder`. `after_approval`: those that are asked once an application is
    approved; nobody applies with one. All that gives a form raises OSError, ValueError or FormBroken where its file is
    not as `vocabulary` found it.
    """

    def __init__(self, folder: Path, forms: Mapping[str, Form | None], publications: tuple[Publication, ...]) -> None:
        self.folder = folder
        self.publications = publications
        self._read = dict(forms)
        self._archived: dict[tuple[str, str], Form] = {}

    @property
    def forms(self) -> dict[str, Form]:
        """All with which one applies, by id."""
        return {form.id: form for form in self._all() if form.service}

    def ids(self) -> tuple[str, ...]:
        return tuple(self.forms)

    def current(self, form_id: str) -> Form | None:
        form = self._form(form_id)
        return form if form is not None and form.service else None

    def after_approval(self, form_id: str) -> Form | None:
        """The form of that id that is asked after approval; None for any other."""
        form = self._form(form_id)
        return form if form is not None and not form.service else None

    def asked_after_approval(self) -> tuple[Form, ...]:
        """All forms that are asked after approval."""
        return tuple(form for form in self._all() if not form.service)

    def find(self, form_id: str, version: str) -> Form | None:
        """The form of that version, current or archived; None when it was never published."""
        form = self._form(form_id)
        if form is not None and form.version == version:
            return form
        published = any((entry.form, entry.version) == (form_id, version) for entry in self.publications)
        if not published or not _VERSION.fullmatch(version):
            return None
        if (form_id, version) not in self._archived:
            self._archived[form_id, version] = build_form(read_archived(self.folder, form_id, version))
        return self._archived[form_id, version]

    def accepted(self, form_id: str, version: str, today: date) -> bool:
        """Whether an answer to that version is still taken: the current one, or one replaced at most 30 days ago."""
        form = self._form(form_id)
        if form is None:
            return False
        if form.version == version:
            return True
        entries = [entry for entry in self.publications if entry.form == form_id]
        last = max((index for index, entry in enumerate(entries) if entry.version == version), default=None)
        if last is None:
            return False
        # Replaced by the next published version, or, while a change is being tried out, by one not yet published.
        replaced_on = entries[last + 1].published_on if last + 1 < len(entries) else today
        return today <= replaced_on + ACCEPTED_AFTER_REPLACEMENT

    def _form(self, form_id: str) -> Form | None:
        if form_id not in self._read:
            return None
        form = self._read[form_id]
        if form is None:
            form = self._read[form_id] = build_form(read_bundle(self.folder, form_id))
        return form

    def _all(self) -> Iterator[Form]:
        return (form for form_id in self._read if (form := self._form(form_id)))


def load_library(schemas_dir: Path) -> FormLibrary:
    """The forms there are, and the archive's index. Raises OSError or ValueError; `vocabulary` says it better."""
    return FormLibrary(schemas_dir, dict.fromkeys(form_ids(schemas_dir)), read_index(schemas_dir))


def form_ids(schemas_dir: Path) -> list[str]:
    """The names of all forms there are, whether or not they can be read."""
    return sorted(path.stem for path in (schemas_dir / "forms").glob("*.json"))


def read_bundle(schemas_dir: Path, form_id: str) -> dict[str, Any]:
    """One form's bundled schema, shared questions written out."""
    types, questions = (_read(schemas_dir / "vocabulary" / f"{name}.json") for name in ("types", "questions"))
    return bundle(written_out(_read(schemas_dir / "forms" / f"{form_id}.json"), questions), types)


def read_index(schemas_dir: Path) -> tuple[Publication, ...]:
    """The archive's index, oldest first; empty without one."""
    path = schemas_dir / "archive" / "index.json"
    if not path.exists():
        return ()
    entries = [
        Publication(entry["form"], entry["version"], date.fromisoformat(entry["published_on"])) for entry in _read(path)
    ]
    return tuple(sorted(entries, key=lambda entry: entry.published_on))


def read_archived(schemas_dir: Path, form_id: str, version: str) -> dict[str, Any]:
    archived: dict[str, Any] = _read(schemas_dir / "archive" / form_id / f"{version}.json")
    return archived


def publish(schemas_dir: Path, form_id: str, today: date) -> str:
    """Archives the form as it is now and gives its version; publishing the same form again changes nothing.

    Nothing is checked here, and nothing archived ever goes away: `portal.publishing` is what people call.
    """
    bundled = read_bundle(schemas_dir, form_id)
    version = version_of(bundled)
    index = read_index(schemas_dir)
    ours = [entry for entry in index if entry.form == form_id]
    if ours and ours[-1].version == version:
        return version
    folder = schemas_dir / "archive" / form_id
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / f"{version}.json", bundled)
    entries = [*index, Publication(form_id, version, today)]
    _write(
        schemas_dir / "archive" / "index.json",
        [{"form": e.form, "version": e.version, "published_on": e.published_on.isoformat()} for e in entries],
    )
    return version


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
