"""What is archived stays for ever, so only a form that passes its checks is archived."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from doorstep.cli import main
from doorstep.forms.library import form_ids, load_library, read_index
from doorstep.forms.publishing import NotPublished, publish_checked
from doorstep.forms.vocabulary import check_forms, check_some
from doorstep.places import Places

FORM = "minimum-living-allowance"
TODAY = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path, schemas_dir: Path) -> Path:
    for name in ("forms", "vocabulary"):
        shutil.copytree(schemas_dir / name, tmp_path / name)
    return tmp_path


def change(folder: Path, **keywords: Any) -> None:
    path = folder / "forms" / f"{FORM}.json"
    schema = json.loads(path.read_text(encoding="utf-8")) | keywords
    path.write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")


def refusal(folder: Path, places: Places, form: str = FORM) -> NotPublished:
    with pytest.raises(NotPublished) as refused:
        publish_checked(folder, form, TODAY, places)
    assert not (folder / "archive").exists()
    return refused.value


def test_a_good_form_is_published(folder: Path, places: Places) -> None:
    version = publish_checked(folder, FORM, TODAY, places)
    assert [entry.version for entry in read_index(folder)] == [version] == [load_library(folder).forms[FORM].version]


@pytest.mark.parametrize(
    ("keywords", "pointer"),
    [({"x-colour": "red"}, ""), ({"$id": "urn:doorstep:form:another"}, "/$id"), ({"examples": [{}]}, "/examples/0")],
    ids=["shape", "rules", "example"],
)
def test_a_form_that_fails_a_check_is_not_archived(
    folder: Path, places: Places, keywords: dict[str, Any], pointer: str
) -> None:
    change(folder, **keywords)
    refused = refusal(folder, places)
    assert refused.findings
    assert all(found.pointer.startswith(pointer) for found in refused.findings)
    assert all(str(found) in str(refused) for found in refused.findings)


def test_broken_json_says_what_check_says(folder: Path, places: Places) -> None:
    (folder / "forms" / f"{FORM}.json").write_text('{"title": ', encoding="utf-8")
    assert list(refusal(folder, places).findings) == check_some(folder, [FORM], places)


@pytest.mark.parametrize("name", ["allowance", "../vocabulary/types"])
def test_an_unknown_name_is_told_the_forms_there_are(folder: Path, places: Places, name: str) -> None:
    refused = refusal(folder, places, name)
    assert not refused.findings
    assert ", ".join(form_ids(folder)) in str(refused)


def test_another_form_half_written_does_not_stand_in_the_way(folder: Path, places: Places) -> None:
    (folder / "forms" / "another.json").write_text("{", encoding="utf-8")
    assert publish_checked(folder, FORM, TODAY, places)
    assert [found.file for found in check_forms(folder, places)] == [
        "forms/another.json",
        *(f"forms/{form}.json" for form in form_ids(folder) if form not in {"another", FORM}),
    ]


def test_a_spoiled_index_stops_publishing(folder: Path, places: Places) -> None:
    publish_checked(folder, FORM, TODAY, places)
    (folder / "archive" / "index.json").write_text("<<<<<<<", encoding="utf-8")
    with pytest.raises(NotPublished, match=r"archive/index\.json"):
        publish_checked(folder, FORM, TODAY, places)


def test_a_refusal_prints_the_line_that_check_prints(folder: Path, places: Places) -> None:
    (folder / "forms" / f"{FORM}.json").write_text("null", encoding="utf-8")
    (found,) = check_some(folder, [FORM], places)
    line = f"schemas/{found.file}: {found.problem} → {found.remedy}"
    assert str(refusal(folder, places)).splitlines()[1:] == [line]


def test_the_command_refuses_in_words_and_without_a_traceback() -> None:
    done = CliRunner().invoke(main, ["publish", "no-such-form"])
    assert (done.exit_code, isinstance(done.exception, SystemExit)) == (1, True)
    assert FORM in done.output
