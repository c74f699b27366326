"""What is archived stays for ever, so only a form that passes its checks, together with its guide, is archived."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from doorstep.cli import main
from doorstep.forms.library import form_ids, load_library, read_index
from doorstep.portal.checks.lasting import ARCHIVE
from doorstep.portal.publishing import NotPublished, Published, publish_checked
from doorstep.portal.site import check_content

FORM = "minimum-living-allowance"
MEDICAL = "medical-assistance"
#: Behind all that was published, whenever these tests run.
BEFORE = max(one.published_on for one in read_index(Path(__file__).parents[3] / "schemas")) + timedelta(days=1)
TODAY = BEFORE + timedelta(days=1)


def change(root: Path, form: str = FORM, **keywords: Any) -> None:
    path = root / "schemas" / "forms" / f"{form}.json"
    schema = json.loads(path.read_text(encoding="utf-8")) | keywords
    path.write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")


def replace(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def archive(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in (root / "schemas" / "archive").rglob("*.json")}


def refusal(root: Path, *forms: str) -> NotPublished:
    before = archive(root)
    with pytest.raises(NotPublished) as refused:
        publish_checked(root, forms, TODAY)
    assert archive(root) == before
    return refused.value


def test_a_form_that_changed_is_published(content: Path) -> None:
    change(content, description="一家人填一份。")
    ((form, version, since),) = publish_checked(content, [FORM], TODAY)
    assert (form, since) == (FORM, None)
    assert read_index(content / "schemas")[-1] == (FORM, version, TODAY)
    assert load_library(content / "schemas").forms[FORM].version == version


def test_the_same_form_again_changes_nothing_and_says_since_when(content: Path) -> None:
    change(content, description="一家人填一份。")
    (first,) = publish_checked(content, [FORM], BEFORE)
    before = archive(content)
    assert publish_checked(content, [FORM], TODAY) == [Published(FORM, first.version, BEFORE)]
    assert archive(content) == before


@pytest.mark.parametrize(
    ("keywords", "pointer"),
    [({"x-colour": "red"}, ""), ({"$id": "urn:doorstep:form:another"}, "/$id"), ({"examples": [{}]}, "/examples/0")],
    ids=["shape", "rules", "example"],
)
def test_a_form_that_fails_a_check_is_not_archived(content: Path, keywords: dict[str, Any], pointer: str) -> None:
    change(content, **keywords)
    refused = refusal(content, FORM)
    assert refused.findings
    assert all(found.pointer.startswith(pointer) for found in refused.findings)
    assert str(refused).splitlines()[1:] == [str(found) for found in check_content(content)]


def test_a_form_that_contradicts_its_guide_is_not_archived(content: Path) -> None:
    replace(content, f"schemas/forms/{MEDICAL}.json", '"title": "医疗费用结算单和发票"', '"title": "发票"')
    (found,) = refusal(content, MEDICAL).findings
    assert "和指南里这份材料的名字不一样" in found.problem


def test_a_form_whose_guide_is_broken_is_not_archived(content: Path) -> None:
    change(content, description="一家人填一份。")
    replace(content, f"docs/services/{FORM}.md", "theme: 生活有困难", "theme: [")
    assert {found.file for found in refusal(content, FORM).findings} == {f"docs/services/{FORM}.md"}


@pytest.mark.parametrize("name", ["allowance", "../vocabulary/types"])
def test_an_unknown_name_is_told_the_forms_there_are(content: Path, name: str) -> None:
    change(content, description="一家人填一份。")
    refused = refusal(content, FORM, name)
    assert not refused.findings
    assert ", ".join(form_ids(content / "schemas")) in str(refused)


def test_what_is_wrong_elsewhere_does_not_stand_in_the_way(content: Path) -> None:
    (content / "schemas/forms/another.json").write_text("{", encoding="utf-8")
    replace(content, "docs/about.md", "不用注册，不用登录。", "打 13912345678。")
    replace(content, f"docs/services/{MEDICAL}.md", "theme: 看病和医保", "theme: [")
    change(content, MEDICAL, title="大病救助")
    change(content, description="一家人填一份。")
    ((_, _, since),) = publish_checked(content, [FORM], TODAY)
    assert since is None


def test_a_shared_question_that_changed_is_published_in_all_forms_at_once(content: Path) -> None:
    replace(content, "schemas/vocabulary/questions.json", "和身份证上一样。", "和身份证上的一样。")
    assert len(check_content(content)) == 3
    done = publish_checked(content, [], TODAY)
    assert [one.form for one in done] == form_ids(content / "schemas")
    assert [one.form for one in done if one.since] == ["payment-account"]
    assert check_content(content) == []


def test_one_finding_among_several_forms_and_none_is_written(content: Path) -> None:
    change(content, description="一家人填一份。")
    change(content, MEDICAL, examples=[{}])
    assert {found.file for found in refusal(content, FORM, MEDICAL).findings} == {f"schemas/forms/{MEDICAL}.json"}


@pytest.mark.parametrize("file", ["schemas/archive/index.json", ARCHIVE])
def test_a_spoiled_archive_stops_publishing(content: Path, file: str) -> None:
    (content / file).write_text("<<<<<<<", encoding="utf-8")
    assert file in str(refusal(content, FORM))


def test_a_new_stage_is_kept_with_the_form_it_belongs_to(content: Path) -> None:
    replace(content, f"docs/services/{FORM}.md", "stages: [{", "stages: [{id: looking, title: 看看, office: accept}, {")
    publish_checked(content, [MEDICAL], TODAY)
    assert "looking" not in (content / ARCHIVE).read_text(encoding="utf-8")
    publish_checked(content, [FORM], TODAY)
    assert "looking" in (content / ARCHIVE).read_text(encoding="utf-8")


def test_the_command_refuses_in_words_and_without_a_traceback() -> None:
    done = CliRunner().invoke(main, ["publish", "no-such-form"])
    assert (done.exit_code, isinstance(done.exception, SystemExit)) == (1, True)
    assert FORM in done.output


@pytest.mark.parametrize("words", [["publish"], ["publish", FORM, "--all"]])
def test_the_command_is_told_which_forms(words: list[str]) -> None:
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert "name the forms to publish, or say --all" in done.output
