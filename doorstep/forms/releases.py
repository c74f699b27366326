"""Which version of each form belonged to a release: schemas/archive/releases.json, to which names are only added."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

from doorstep.forms.errors import FormsError
from doorstep.forms.library import form_ids, read_index


class Release(NamedTuple):
    """`forms`: by form id the version that was the current one."""

    name: str
    released_on: date
    forms: dict[str, str]


class NotReleased(FormsError):
    """Raised by `add_release`: the name is taken, or a form was never published."""


def read_releases(schemas_dir: Path) -> list[Release]:
    """Every release, oldest first; none where there is no file yet. Raises ValueError or KeyError."""
    path = _path(schemas_dir)
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return [Release(one["name"], date.fromisoformat(one["released_on"]), dict(one["forms"])) for one in kept]


def add_release(schemas_dir: Path, name: str, today: date) -> Release:
    """Names the newest published version of each form. Raises NotReleased."""
    known = read_releases(schemas_dir)
    if any(one.name == name for one in known):
        raise NotReleased(f"there is a release {name} already")
    published = {entry.form: entry.version for entry in read_index(schemas_dir)}
    if missing := [form for form in form_ids(schemas_dir) if form not in published]:
        raise NotReleased(f"publish {', '.join(missing)} first")
    release = Release(name, today, {form: published[form] for form in form_ids(schemas_dir)})
    kept = [
        {"name": one.name, "released_on": one.released_on.isoformat(), "forms": one.forms} for one in (*known, release)
    ]
    _path(schemas_dir).write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return release


def _path(schemas_dir: Path) -> Path:
    return schemas_dir / "archive" / "releases.json"
