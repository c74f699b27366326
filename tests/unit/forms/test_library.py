from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from doorstep.forms.library import load_library, publish, read_index

FORM = "minimum-living-allowance"
FIRST = date(2026, 1, 10)


@pytest.fixture
def folder(tmp_path: Path, schemas_dir: Path) -> Path:
    """A schemas folder with the form published once, on FIRST."""
    for name in ("forms", "vocabulary"):
        shutil.copytree(schemas_dir / name, tmp_path / name)
    publish(tmp_path, FORM, FIRST)
    return tmp_path


def change_title(folder: Path, title: str) -> None:
    path = folder / "forms" / f"{FORM}.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**schema, "title": title}, ensure_ascii=False), encoding="utf-8")


def test_publishing_the_same_form_again_changes_nothing(folder: Path) -> None:
    before = (folder / "archive" / "index.json").read_bytes()
    version = publish(folder, FORM, FIRST + timedelta(days=5))
    assert (folder / "archive" / "index.json").read_bytes() == before
    assert version == load_library(folder).forms[FORM].version


def test_a_replaced_version_is_accepted_for_thirty_days(folder: Path) -> None:
    old = load_library(folder).forms[FORM].version
    change_title(folder, "申请最低生活保障")
    replaced_on = FIRST + timedelta(days=100)
    new = publish(folder, FORM, replaced_on)
    library = load_library(folder)
    assert library.accepted(FORM, new, replaced_on + timedelta(days=900))
    assert library.accepted(FORM, old, replaced_on + timedelta(days=30))
    assert not library.accepted(FORM, old, replaced_on + timedelta(days=31))
    archived = library.find(FORM, old)
    assert archived is not None
    assert (archived.version, archived.title) == (old, "申请低保")
    assert library.find(FORM, old) is archived
    assert len(read_index(folder)) == 2


def test_going_back_to_an_earlier_version_makes_it_current_again(folder: Path) -> None:
    old = load_library(folder).forms[FORM].version
    change_title(folder, "申请最低生活保障")
    new = publish(folder, FORM, FIRST + timedelta(days=10))
    change_title(folder, "申请低保")
    publish(folder, FORM, FIRST + timedelta(days=20))
    library = load_library(folder)
    assert library.accepted(FORM, old, FIRST + timedelta(days=500))
    assert library.accepted(FORM, new, FIRST + timedelta(days=50))
    assert not library.accepted(FORM, new, FIRST + timedelta(days=51))


def test_a_change_not_yet_published_retires_nobody(folder: Path) -> None:
    old = load_library(folder).forms[FORM].version
    change_title(folder, "试一试")
    assert load_library(folder).accepted(FORM, old, FIRST + timedelta(days=500))


@pytest.mark.parametrize("version", ["", "0" * 64, "../../forms/minimum-living-allowance", "A" * 64])
def test_a_version_never_published_is_not_found(folder: Path, version: str) -> None:
    library = load_library(folder)
    assert library.find(FORM, version) is None
    assert not library.accepted(FORM, version, FIRST)
    assert library.find("no-such-form", version) is None
    assert not library.accepted("no-such-form", version, FIRST)


def test_a_new_shared_type_changes_no_version(folder: Path) -> None:
    before = load_library(folder).forms[FORM].version
    path = folder / "vocabulary" / "types.json"
    types = json.loads(path.read_text(encoding="utf-8"))
    types["$defs"]["plot"] = {"type": "string", "minLength": 1, "maxLength": 20}
    path.write_text(json.dumps(types), encoding="utf-8")
    assert load_library(folder).forms[FORM].version == before
    types["$defs"]["phone"]["maxLength"] = 21
    path.write_text(json.dumps(types), encoding="utf-8")
    assert load_library(folder).forms[FORM].version != before
