"""The resident's side of "ask once", with pages and by API; the office is the real one."""

from __future__ import annotations

import datetime as dt
import json
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from doorstep.applications.contact import open_contact
from doorstep.applications.keys import mint_event_id
from doorstep.forms.library import publish
from doorstep.serving.application import ServeSettings
from tests.functional.city import STREET, City, city_of
from tests.functional.house import FORM, ROOT, run_intake


@pytest.fixture
def city(settings: ServeSettings) -> Iterator[City]:
    with city_of(settings) as made:
        yield made


def test_a_resident_changes_only_what_was_asked_for_without_scripts(city: City) -> None:
    city.ask("/phone", "/home_address", papers=("identity", "income-check"))
    browser = city.follow()
    said = browser.page.text
    for words in ("要改的地方", "联系电话", "理由1：请再核对", "要补的材料", "带到办事窗口", "网上打勾不算"):
        assert words in said
    assert browser.press("correct").status == 200
    names = {name for name, _ in browser.page.forms[0].fields if not name.startswith("_")}
    assert names == {"phone", "home_address"}
    assert "理由2：请再核对" in browser.page.text
    assert dict(browser.page.forms[0].fields)["phone"] == "0990-6221234"
    browser.type(phone="打不通", home_address="新地址7号")
    assert browser.press("check").status == 422
    assert browser.page.title.startswith("有1处要改")
    assert dict(browser.page.forms[0].fields)["home_address"] == "新地址7号"
    browser.type(phone="13900000001", applicant_name="别人", household_members="x")
    assert browser.press("check").status == 200
    assert "139 0000 0001" in browser.page.text
    assert "别人" not in browser.page.text
    assert "还没有交" in browser.page.text
    browser.press("change")
    assert dict(browser.page.forms[0].fields)["home_address"] == "新地址7号"
    browser.press("check")
    confirming = browser.answer
    assert browser.press("confirm").status == 200
    assert "改好了，收到了" in browser.page.text
    browser.answer = confirming
    assert browser.press("confirm").status == 200, "pressed twice is one step"
    opened = city.opened()
    assert (opened.instance["phone"], opened.instance["home_address"]) == ("13900000001", "新地址7号")
    changed = {"phone", "home_address"}
    assert {k: v for k, v in opened.instance.items() if k not in changed} == {
        k: v for k, v in opened.original.items() if k not in changed
    }
    assert [event["type"] for event in opened.events] == ["received", "returned", "corrected"]
    assert [change["pointer"] for change in opened.corrections[0].content["changes"]] == ["/home_address", "/phone"]
    assert open_contact(city.office.counter.keys.reads_numbers, opened.head) == {"phone": "13900000001"}
    answers = city.follow()
    answers.press("answers")
    assert "新地址7号" in answers.page.text
    assert "改过" in answers.page.text


def test_what_a_new_answer_asks_for_stands_on_the_page_too(city: City) -> None:
    city.ask("/lives_there")
    browser = city.follow()
    browser.press("correct")
    browser.type(lives_there="false")
    assert browser.press("check").status == 422
    assert "living_community" in dict(browser.page.forms[0].fields)
    browser.type(lives_there="false", living_community="650203002001")
    browser.press("check")
    browser.press("confirm")
    assert city.opened().instance["living_community"] == "650203002001"


def test_one_member_of_the_household_is_corrected_and_a_whole_group_grows(city: City) -> None:
    members = city.opened().instance["household_members"]
    city.ask("/household_members/1/name" if len(members) > 1 else "/household_members/0/name")
    number = min(1, len(members) - 1)
    browser = city.follow()
    browser.press("correct")
    assert not any(does.startswith(("add", "remove")) for _, does, _ in browser.page.forms[0].buttons)
    browser.type(**{f"household_members-{number}-name": "新名字"})
    browser.press("check")
    browser.press("confirm")
    now = city.opened().instance["household_members"]
    assert now[number] == members[number] | {"name": "新名字"}
    assert len(now) == len(members)
    city.ask("/household_members", why="上次没有看到还有一位家人")
    browser = city.follow()
    assert "上次没有看到还有一位家人" in browser.page.text
    browser.press("correct")
    browser.press("add:household_members")
    fresh = f"household_members-{len(members)}"
    assert f"{fresh}-name" in dict(browser.page.forms[0].fields)
    browser.press(f"remove:household_members:{len(members)}")
    assert f"{fresh}-name" not in dict(browser.page.forms[0].fields)


def test_programs_correct_alike(city: City) -> None:
    city.ask("/phone", papers=("identity",))
    asked = city.get()["asked_for"]
    assert asked["fields"] == [{"pointer": "/phone", "title": "联系电话", "reason": "理由1：请再核对"}]
    assert asked["papers"][0]["material"] == "identity"
    assert asked["office"] == city.office.counter.offices.title(STREET)
    closed = city.correct({"phone": "13900000001", "applicant_name": "别人", "?": 1})
    assert closed.status == 422
    assert [(error["pointer"], error["keyword"]) for error in closed.json["errors"]] == [
        ("/applicant_name", "closed"), ("", "closed"),
    ]  # fmt: skip
    assert [error["pointer"] for error in city.correct({"phone": "没有"}).json["errors"]] == ["/phone"]
    assert city.opened().instance["phone"] == "0990-6221234", "nothing was stored"
    event_id = mint_event_id(secrets.token_bytes)
    for _ in range(2):
        done = city.correct({"phone": None}, event_id)
        assert (done.status, done.json["status"], done.json["asked_for"]) == (200, "received", None)
    assert city.correct({"phone": "13900000002"}, event_id).json["type"].endswith("already-taken")
    assert city.correct({}).json["type"].endswith("not-returned")
    now = city.get()
    assert "phone" not in now["current_answers"]
    assert now["answers"]["phone"] == "0990-6221234", "the receipt proves what was sent"
    assert open_contact(city.office.counter.keys.reads_numbers, city.opened().head) == {}


def test_a_page_of_the_older_notice_is_refused_and_the_newer_shows_all(city: City) -> None:
    city.ask("/phone")
    browser = city.follow()
    browser.press("correct")
    browser.type(phone="13900000001")
    browser.press("check")
    city.ask("/home_address", why="发出以后才看到地址没有门牌号")
    assert browser.press("confirm").status == 409
    assert "工作人员又加了几处" in browser.page.text
    assert city.office.head(city.reference).status == "returned"
    again = city.follow()
    again.press("correct")
    assert {"phone", "home_address"} <= {name for name, _ in again.page.forms[0].fields}
    again.type(phone="13900000001", home_address="新地址7号")
    again.press("check")
    assert again.press("confirm").status == 200


def test_nothing_opens_without_a_notice_and_returned_can_be_withdrawn(city: City) -> None:
    for does in ("correct", "check", "confirm", "change", "notice"):
        browser = city.follow()
        fields = [("reference", city.reference), ("code", city.code), ("_do", does), ("_answers", "{}")]
        answer = city.intake.client.post_form("/track/", [*fields, ("_event", mint_event_id(secrets.token_bytes))])
        assert answer.status == 409, does
        assert "没有存下任何东西" in answer.text
    city.ask("/phone")
    browser = city.follow()
    browser.press("withdraw")
    browser.type(reason="unsaid")
    browser.press("withdraw-confirm")
    assert "撤回好了" in browser.page.text


def test_no_answer_reaches_the_log(city: City) -> None:
    city.ask("/phone")
    city.correct({"phone": "打不通的号码"})
    city.correct({"phone": "13900000009", "住址": "某处"})
    written = city.intake.log.getvalue()
    assert "打不通的号码" not in written
    assert "某处" not in written


def test_a_page_shows_no_thousand_members(city: City) -> None:
    city.ask("/household_members", "/phone")
    held = [("_reference", city.reference), ("_code", city.code), ("_event", mint_event_id(secrets.token_bytes))]
    members = [(f"household_members-{index}-name", "x") for index in range(700)]
    answers = json.dumps({"household_members": {str(index): {"name": "x"} for index in range(700)}})
    for does in ("check", "add:household_members", "remove:household_members:2", "change", "confirm"):
        carried = [("_answers", answers)] if does in {"change", "confirm"} else members
        shown = [("_do", does), ("_shown", "/household_members /phone")]
        page = city.intake.client.post_form("/track/", [*held, *shown, *carried])
        assert page.status in {200, 422}, does
        assert len(page.content) < 1_000_000
        assert page.text.count('class="ds-item"') <= 13


@pytest.mark.parametrize(
    "spoilt", ["{", "[]", '{"phone": {"a": []}}', '{"household_members": {"x": 1, "-1": 2, "0": 3}}', ""]
)
def test_a_spoilt_post_stores_nothing(city: City, spoilt: str) -> None:
    city.ask("/phone", "/household_members")
    held = [("_reference", city.reference), ("_code", city.code), ("_event", mint_event_id(secrets.token_bytes))]
    for does in ("confirm", "change"):
        page = city.intake.client.post_form("/track/", [*held, ("_do", does), ("_answers", spoilt)])
        assert page.status in {400, 422} or does == "change"
    assert city.office.head(city.reference).status == "returned"


def test_a_form_that_was_replaced_is_corrected_as_it_was_filled_in(city: City, tmp_path: Path) -> None:
    schemas = tmp_path / "schemas"
    shutil.copytree(ROOT / "schemas", schemas)
    shared = schemas / "vocabulary" / "questions.json"
    shared.write_text(shared.read_text().replace('"联系电话"', '"打哪个电话找您"'))
    publish(schemas, FORM, dt.date(2026, 1, 2))
    city.ask("/phone")
    intake = run_intake(city.intake.settings, DOORSTEP_SCHEMAS=str(schemas))
    later = replace(city, intake=intake)
    browser = later.follow()
    browser.press("correct")
    assert "联系电话" in browser.page.text
    assert "打哪个电话找您" not in browser.page.text
    browser.type(phone="13900000004")
    browser.press("check")
    assert browser.press("confirm").status == 200
    assert city.opened().instance["phone"] == "13900000004"
    intake.function.stop()
