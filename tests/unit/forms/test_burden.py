"""What a form asks of people is counted right, and compared with the last release."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from doorstep.commands.burden import as_table, lines
from doorstep.forms.burden import Burden, burden
from doorstep.forms.form import build_form
from doorstep.forms.library import form_ids, load_library, publish, read_bundle
from doorstep.forms.releases import NotReleased, add_release, read_releases
from tests import generated

FORM = "home-care-for-elderly"
SCHEMAS = Path(__file__).parents[3] / "schemas"
WHY = {"text": "测试。", "basis": "测试"}


def small(**changes: Any) -> dict[str, Any]:
    """Two questions for all, two more where one is not sure, and one that nobody must answer."""
    text = {"type": "string", "minLength": 1, "maxLength": 9, "title": "题", "x-section": "s", "x-why": WHY}
    choice = {key: text[key] for key in ("type", "title", "x-section", "x-why")} | {
        "oneOf": [{"const": "sure", "title": "甲"}, {"const": "unsure", "title": "乙"}]
    }
    return {
        "$id": "urn:doorstep:form:small", "title": "表", "type": "object", "x-service": "small", "x-readers": "某人",
        "x-retention": "一年", "x-sections": [{"id": "s", "title": "部分", "x-why": "测试"}],
        "properties": {"kind": choice, "name": text, "more": text}, "required": ["kind", "name"],
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": "unsure"}}, "required": ["kind"]},
                "then": {"properties": {"first": text, "second": text}, "required": ["first", "second"]},
            }
        ],
        "unevaluatedProperties": False, "examples": [{"kind": "sure", "name": "甲"}],
    } | changes  # fmt: skip


def test_the_fewest_go_the_shortest_way() -> None:
    assert burden(build_form(small())) == Burden(asked=5, least=2, most=4)


def test_a_longer_way_that_everybody_goes_is_counted() -> None:
    form = small()
    form["allOf"][0]["if"]["properties"]["kind"] = {"enum": ["sure", "unsure"]}
    assert burden(build_form(form)) == Burden(asked=5, least=4, most=4)


@pytest.mark.parametrize("form_id", form_ids(SCHEMAS))
def test_no_form_can_be_sent_with_less(form_id: str) -> None:
    form = build_form(read_bundle(SCHEMAS, form_id))
    found, fewest = burden(form), generated.fewest(form)
    always = [field for field in form.fields if field.required and not field.asked_if]
    assert len(always) <= found.least <= sum(_answers(answer) for answer in fewest.values())
    assert found.least <= found.most <= found.asked


def _answers(answer: Any) -> int:
    """Leaves of a group's items, and one for anything else, lists of choices and files included."""
    if isinstance(answer, list) and answer and isinstance(answer[0], dict):
        return sum(len(item) for item in answer)
    return 1


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    shutil.copytree(SCHEMAS / "vocabulary", tmp_path / "vocabulary")
    (tmp_path / "forms").mkdir()
    shutil.copy(SCHEMAS / "forms" / f"{FORM}.json", tmp_path / "forms")
    publish(tmp_path, FORM, date(2026, 11, 22))
    return tmp_path


def test_a_question_less_is_seen_beside_the_release(schemas: Path) -> None:
    add_release(schemas, "1.0", date(2026, 11, 22))
    path = schemas / "forms" / f"{FORM}.json"
    form = json.loads(path.read_text(encoding="utf-8"))
    before = burden(load_library(schemas).forms[FORM])
    gone = form["required"][-1]
    form["required"].remove(gone)
    path.write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
    release, (line,) = lines(schemas)
    assert (release, line.before, line.now.least) == ("1.0", before, before.least - 1)
    table = as_table(release, [line])
    assert f"{before.least - 1}-1" in table
    assert "changes since release 1.0" in table


def test_without_a_release_there_is_nothing_to_compare(schemas: Path) -> None:
    release, (line,) = lines(schemas)
    assert (release, line.before) == ("", None)
    assert "(new)" not in as_table(release, [line])


def test_a_form_that_the_release_did_not_have_is_new(schemas: Path) -> None:
    add_release(schemas, "1.0", date(2026, 11, 22))
    shutil.copy(SCHEMAS / "forms" / "payment-account.json", schemas / "forms")
    release, found = lines(schemas)
    assert [line.form for line in found if line.before is None] == ["payment-account"]
    assert as_table(release, found).count("(new)") == 1


def test_a_name_is_given_once_and_only_to_what_is_published(schemas: Path) -> None:
    add_release(schemas, "1.0", date(2026, 11, 22))
    with pytest.raises(NotReleased, match="already"):
        add_release(schemas, "1.0", date(2026, 11, 23))
    shutil.copy(SCHEMAS / "forms" / "payment-account.json", schemas / "forms")
    with pytest.raises(NotReleased, match="payment-account"):
        add_release(schemas, "1.1", date(2026, 11, 23))
    assert [one.name for one in read_releases(schemas)] == ["1.0"]
