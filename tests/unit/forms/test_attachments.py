"""An attachment's answer is a list of digests: read, checked, shown with how each file stands, never as a digest."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.applications.encoding import encode
from doorstep.attachments.files import MISSING, MOST_BYTES, MOST_FILES, READY, REFUSED, WAITING
from doorstep.attachments.verdicts import VERDICTS
from doorstep.forms.attached import Attached, digests_in, lines_of, rows_of, said_of, with_files
from doorstep.forms.changes import changes
from doorstep.forms.checker import Checker
from doorstep.forms.correcting import correct
from doorstep.forms.entries import shown_changes
from doorstep.forms.fields import Form
from doorstep.forms.filler import fill
from doorstep.forms.rendering import render_answers, render_changes, render_correction, render_form, render_own_answers
from doorstep.forms.steps import add_files, drop_file
from doorstep.forms.taken_out import attachments_of
from doorstep.forms.urlencoded import parse_form_body
from doorstep.places import Places
from tests.unit.forms.taken_apart import Page, assert_accessible, sent

ONE, TWO, THREE, FOUR = (encode(sha256(bytes([number])).digest()) for number in range(4))
STANDING = {
    ONE: Attached(READY, 2),
    TWO: Attached(WAITING),
    THREE: Attached(REFUSED, 0, VERDICTS["locked"]),
    FOUR: Attached(MISSING),
}
CAME = "收到了，能打开，共2页。字清不清楚，请自己看看"
ANSWERS: dict[str, Any] = {"choice": "a", "consent": True}


def said(form: Form, checker: Checker, papers: Any) -> list[tuple[str, str, str]]:
    errors = checker.check(fill(form, {**ANSWERS, "papers": papers}))
    return [(error.pointer, error.keyword, error.message) for error in errors]


def test_the_question_says_how_many_for_what(every_kind: Form) -> None:
    field = every_kind.field("papers")
    assert field is not None
    assert (field.kind, field.max_items, field.max_pages, field.material) == ("attachment", 3, 9, "bills")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (ONE, [ONE]),
        (f" {ONE}\n", [ONE]),
        ([TWO, ONE, TWO], [TWO, ONE]),
        ([ONE, "", None], [ONE]),
        ([ONE, "发票.jpg"], [ONE, "发票.jpg"]),
        ([ONE, 7, {"a": 1}], [ONE, "?"]),
        ({"0": ONE}, ["?"]),
        ([ONE, TWO, THREE, FOUR, "x"], [ONE, TWO, THREE, FOUR]),
        ("", None),
        ([], None),
    ],
)
def test_reading(typed: Any, answer: Any, every_kind: Form) -> None:
    expected = {} if answer is None else {"papers": answer}
    assert fill(every_kind, {"papers": typed}) == expected
    assert fill(every_kind, expected) == expected


def test_what_is_no_digest_is_refused_at_the_question(every_kind: Form, every_kind_checker: Checker) -> None:
    assert said(every_kind, every_kind_checker, [ONE, TWO]) == []
    again = "请重新上传单据"
    for wrong in ("x", ONE[:-1], ONE + "A", ONE[:-1] + "B" if ONE[-1] != "B" else ONE[:-1] + "C", 7, {"a": 1}):
        found = said(every_kind, every_kind_checker, [TWO, wrong])
        assert [(pointer, message) for pointer, _, message in found] == [("/papers", again)], wrong
    assert said(every_kind, every_kind_checker, [ONE, TWO, THREE, FOUR]) == [
        ("/papers", "maxItems", "单据：最多交3份，请去掉多出来的")
    ]


def test_files_that_are_gone_or_refused_or_too_long_are_told(every_kind: Form, every_kind_checker: Checker) -> None:
    def told(*digests: str, **more: Attached) -> list[str]:
        instance = fill(every_kind, {"choice": "a", "papers": list(digests)})
        errors = with_files(every_kind, every_kind_checker.check(instance), instance, STANDING | more)
        assert errors[-1].pointer == "/consent", "the form's order"
        return [error.message for error in errors[:-1]]

    assert told(ONE, TWO) == []
    assert told(ONE, THREE) == [f"单据：第2份，{VERDICTS['locked']}"]
    assert told(THREE, ONE, TWO, **{ONE: Attached(REFUSED), TWO: STANDING[THREE]}) == [
        f"单据：第1、3份，{VERDICTS['locked']}；第2份，没有收下，请去掉，换一份上传"
    ]
    assert told(FOUR, encode(bytes(32)), THREE) == ["单据：第1、2份没传上来，请去掉，再上传一次"]
    assert told(ONE, TWO, **{TWO: Attached(READY, 8)}) == ["单据：一共最多9页，请去掉多出来的"]
    assert told(ONE, THREE, TWO, FOUR) == ["单据：最多交3份，请去掉多出来的"], "one a question"


def test_files_of_a_question_not_asked_count_for_nothing(every_kind: Form) -> None:
    assert with_files(every_kind, [], {"papers": "?"}, {}) == []
    assert attachments_of(every_kind, fill(every_kind, {"papers": [TWO, ONE], "choices": ["x"]})) == {
        "papers": (TWO, ONE)
    }
    assert attachments_of(every_kind, {}) == {}


def test_how_a_file_stands_in_words() -> None:
    assert [said_of(STANDING[one]) for one in (ONE, TWO, THREE, FOUR)] == [
        CAME, "收到了，正在检查", VERDICTS["locked"], "没传上来，请去掉，再上传一次",
    ]  # fmt: skip
    assert [(row.title, row.status, row.state) for row in rows_of([ONE, "x", encode(bytes(32))], STANDING)] == [
        ("第1份", "ready", CAME), ("第2份", "unknown", ""),
    ]  # fmt: skip


def test_what_is_read_says_pages_once_all_are_examined() -> None:
    assert lines_of([ONE, TWO], {}) == ("2份",)
    assert lines_of([ONE, TWO], {ONE: Attached(READY, 2), TWO: Attached(READY, 3)}) == ("2份，共5页",)
    assert lines_of([ONE, THREE], STANDING) == (
        "2份",
        f"第1份：{CAME}",
        f"第2份：{VERDICTS['locked']}",
    )


def test_files_are_added_and_dropped_by_their_places(every_kind: Form) -> None:
    tree = add_files(every_kind, {"name": "甲"}, "papers", [ONE, TWO, ONE])
    assert tree == {"name": "甲", "papers": [ONE, TWO]}
    assert add_files(every_kind, {"papers": ONE}, "papers", [TWO, ONE])["papers"] == [ONE, TWO]
    assert drop_file(every_kind, {"papers": ["?", ONE, TWO]}, "papers", 0)["papers"] == [TWO], "as the page counts"
    assert drop_file(every_kind, tree, "papers", 7) == tree
    assert drop_file(every_kind, {"papers": {}}, "papers", 0) == {"papers": []}
    for name in ("name", "nothing"):
        assert add_files(every_kind, tree, name, [ONE]) is tree
        assert drop_file(every_kind, tree, name, 0) is tree


def form_page(form: Form, places: Places, tree: dict[str, Any], **options: Any) -> Page:
    shown = Page(render_form(form, places, tree=tree, action="/", attached=STANDING, **options))
    assert_accessible(shown)
    return shown


def test_the_field_on_the_page(every_kind: Form, places: Places) -> None:
    shown = form_page(every_kind, places, {"papers": [ONE, THREE]})
    assert shown.one("form")[1]["enctype"] == "multipart/form-data"
    wrapper = shown.one("div", class_="ds-attachment")[1]
    assert [wrapper[f"data-{name}"] for name in ("max", "pages", "bytes")] == ["3", "9", str(MOST_BYTES)]
    control = shown.one("input", type="file")[1]
    assert (control["id"], control["name"]) == ("papers", "_file-papers")
    assert control["accept"] == "image/jpeg,image/png,image/heic,image/heif,application/pdf"
    assert "multiple" in control
    assert "capture" not in control, "an album is as good as the camera"
    assert shown.one(id="field-papers")[1]["data-kind"] == "attachment"
    assert [attributes["data-status"] for _, attributes, _ in shown.all("li", class_="ds-file")] == ["ready", "refused"]
    assert [text for _, _, text in shown.all("span", class_="ds-file-state")] == [
        CAME, VERDICTS["locked"],
    ]  # fmt: skip
    buttons = {attributes["value"]: text for _, attributes, text in shown.all("button", name="_do")}
    assert buttons["drop:papers:1"] == "去掉第2份：单据"
    assert buttons["upload:papers"] == "上传：单据"
    assert parse_form_body(sent(shown))[1]["papers"] == [ONE, THREE]


def test_an_empty_question_has_an_empty_list(every_kind: Form, places: Places) -> None:
    shown = form_page(every_kind, places, {})
    assert shown.one("ul", class_="ds-files")[2].strip() == ""
    assert "最多交3份，一共不超过9页" in shown.one(id="papers-limits")[2]
    assert shown.one("input", id="papers")[1]["aria-describedby"].split() == [
        "papers-hint", "papers-why", "papers-limits",
    ]  # fmt: skip


def test_a_full_question_takes_no_more_and_its_error_leads_to_what_can_go(every_kind: Form, places: Places) -> None:
    digests = [ONE, TWO, THREE, FOUR]
    errors = with_files(every_kind, [], {"papers": digests[:3]}, STANDING)
    shown = form_page(every_kind, places, {"papers": digests}, errors=errors, focus="papers")
    assert shown.one("input", type="file")[1].keys() >= {"hidden", "disabled"}
    assert len(shown.all("li", class_="ds-file")) == 4, "what is too much stays until its resident takes it away"
    assert shown.one("p", class_="ds-full")[2] == "已经有4份，不能再加了。想换，先去掉一份。"
    assert ("#papers--0", f"单据：第3份，{VERDICTS['locked']}") in [(a["href"], t) for _, a, t in shown.all("a")]
    assert [a["id"] for _, a, _ in shown.elements if "autofocus" in a and a.get("id") != "error-summary"] == [
        "papers--0"
    ]


def test_the_page_opens_where_a_file_was_added(every_kind: Form, places: Places) -> None:
    shown = form_page(every_kind, places, {"papers": [ONE]}, focus="papers")
    assert [attributes["id"] for _, attributes, _ in shown.elements if "autofocus" in attributes] == ["papers"]


def test_a_form_without_files_is_sent_as_before(allowance: Form, places: Places) -> None:
    fields = tuple(field for field in allowance.fields if field.kind != "attachment")
    shown = Page(render_form(allowance._replace(fields=fields), places, tree={}, action="/"))
    assert "enctype" not in shown.one("form")[1]


def test_answers_never_show_a_digest(every_kind: Form, places: Places) -> None:
    instance = fill(every_kind, {**ANSWERS, "papers": [ONE, TWO]})
    both = {ONE: Attached(READY, 2), TWO: Attached(READY, 3)}
    page = Page(render_answers(every_kind, places, instance=instance, action="/", key="k", attached=both))
    own = Page(render_own_answers(every_kind, places, instance, attached=both))
    for shown in (page, own):
        assert "2份，共5页" in [text for _, _, text in shown.all("dd")]
        assert not any(ONE in text for _, _, text in shown.elements)
    assert "enctype" not in page.one("form")[1]
    assert "没交" in render_own_answers(every_kind, places, ANSWERS)


def test_a_file_no_answer_could_have_made_is_not_on_the_page(every_kind: Form, places: Places) -> None:
    many = [encode(sha256(f"{number}".encode()).digest()) for number in range(300)]
    shown = Page(render_form(every_kind, places, tree={"papers": ["x", *many]}, action="/"))
    assert len(shown.all("li", class_="ds-file")) == MOST_FILES + 1


def test_what_a_device_calls_a_file_is_never_read() -> None:
    assert parse_form_body(f"_file-papers=IMG_1.jpg&_do=check&papers={ONE}") == ({"_do": "check"}, {"papers": ONE})


def test_a_correction_keeps_what_was_sent_and_takes_more(
    every_kind: Form, every_kind_checker: Checker, places: Places
) -> None:
    stored = fill(every_kind, {**ANSWERS, "papers": [ONE]})
    page = render_correction(
        every_kind, places, tree=stored, shown={"/papers"}, reasons={"/papers": "少了结算单"},
        action="/", hidden={}, attached=STANDING,
    )  # fmt: skip
    shown = Page(page)
    assert_accessible(shown)
    assert shown.one("form")[1]["enctype"] == "multipart/form-data"
    assert "请照工作人员说的交" in shown.one("label", for_="papers")[2]
    _, tree = parse_form_body(sent(shown), keep_places=True)
    more = add_files(every_kind, tree, "papers", [TWO])
    done = correct(every_kind, every_kind_checker.check, stored, ["/papers"], more, shown=["/papers"])
    assert done.instance["papers"] == [ONE, TWO]
    emptied = drop_file(every_kind, tree, "papers", 0)
    gone = correct(every_kind, every_kind_checker.check, stored, ["/papers"], emptied, shown=["/papers"])
    assert "papers" not in gone.instance
    elsewhere = correct(every_kind, every_kind_checker.check, stored, ["/phone"], more, shown=["/phone"])
    assert elsewhere.instance["papers"] == [ONE]


def test_what_changed_is_told_also_when_there_are_as_many(every_kind: Form, places: Places) -> None:
    before, after = ({**ANSWERS, "papers": papers} for papers in ([ONE, TWO], [ONE, THREE]))
    assert changes(every_kind, before, after) == [{"pointer": "/papers", "before": [ONE, TWO], "after": [ONE, THREE]}]
    (change,) = shown_changes(every_kind, places, before, after, {ONE: Attached(READY, 1), THREE: Attached(READY, 2)})
    assert change.before is not None
    assert change.after is not None
    assert change.before.lines == ("2份",)
    assert change.after.lines == ("2份，共3页", "新加了1份", "去掉了1份")
    page = render_changes(every_kind, places, before=before, after=after, marked=(), action="/", hidden={})
    assert ONE not in page
    (first,) = shown_changes(every_kind, places, ANSWERS, after)
    assert first.after is not None
    assert first.after.lines == ("2份",)


def test_no_files_before_or_after_a_correction_were_not_sent(every_kind: Form, places: Places) -> None:
    """“没填” is said of what is filled in."""
    with_one = {**ANSWERS, "papers": [ONE]}
    for before, after in ((ANSWERS, with_one), (with_one, ANSWERS)):
        page = render_changes(every_kind, places, before=before, after=after, marked=(), action="/", hidden={})
        assert '<dd class="ds-unanswered">没交</dd>' in page
        assert "没填" not in page


def test_required_files_are_asked_for_by_name(every_kind: Form, places: Places) -> None:
    checker = Checker(every_kind._replace(schema={**every_kind.schema, "required": ["papers"]}), places)
    assert [error.message for error in checker.errors({})] == ["请上传单据"]


@given(value=st.recursive(st.none() | st.text() | st.sampled_from([ONE, TWO]), st.lists))
def test_any_value_has_digests_or_none(value: Any) -> None:
    found = digests_in(value)
    assert set(found) <= {ONE, TWO}
    assert len(rows_of(value, STANDING)) == len(found)
    assert digests_in(parse_form_body(urlencode([("papers", one) for one in found]))[1].get("papers")) == found
