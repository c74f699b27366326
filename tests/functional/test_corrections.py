"""The resident's side of "ask once" and of a decision, with pages and by API; the office is the real one."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from doorstep.applications.contact import open_contact
from doorstep.applications.desk import Desk
from doorstep.applications.keys import mint_event_id
from doorstep.applications.office_keys import load_office_keys
from doorstep.counter.accepting import Signature, accept
from doorstep.counter.closing import not_accept
from doorstep.counter.codes import issue_code, void_code
from doorstep.counter.counter import Counter
from doorstep.counter.deciding import approve
from doorstep.counter.moving import advance
from doorstep.counter.opening import Opened, open_application
from doorstep.counter.returning import Mark, return_for_correction
from doorstep.counter.staff import Staff
from doorstep.counter.taking import Taking
from doorstep.serving.application import ServeSettings
from doorstep.stores.office_file import open_office
from tests.functional.house import FORM, Answer, Intake, example, run_intake
from tests.functional.html_pages import Browser

STREET = "street-650203001"
CLERK, DECIDER = Staff("s-clerk", "甲", STREET, "clerk"), Staff("s-decider", "乙", STREET, "decider")
REMEDIES = [
    {"id": "appeal", "title": "不服决定", "text": "可以依法申请行政复议。"},
    {"id": "complaint", "title": "办得慢", "text": "打12345投诉。"},
]
MATERIALS = [{"id": "identity", "title": "身份证"}, {"id": "income-check", "title": "授权书"}]


@dataclass
class City:
    """An intake and its office on one store, with one application."""

    intake: Intake
    counter: Counter
    reference: str
    code: str

    def taking(self, staff: Staff = CLERK) -> Taking:
        head = self.counter.desk.head(self.reference)
        assert head is not None
        return Taking(staff, self.reference, mint_event_id(secrets.token_bytes), head.revision)

    def ask(self, *pointers: str, papers: tuple[str, ...] = (), why: str = "") -> None:
        return_for_correction(
            self.counter,
            self.taking(),
            fields=[Mark(pointer, f"理由{number}：请再核对") for number, pointer in enumerate(pointers, 1)],
            papers=[Mark(paper, "上次没有带来") for paper in papers],
            justification=why,
        )

    def accept(self) -> None:
        signed = [Signature("income-check", name, "2026-11-22") for name in ("甲甲", "乙乙", "丙丙")]
        accept(self.counter, self.taking(), identity_checked=True, signatures=signed)

    def opened(self) -> Opened:
        return open_application(self.counter, CLERK, self.reference, "correction")

    def follow(self, code: str | None = None) -> Browser:
        browser = Browser(self.intake.client)
        browser.answer = self.intake.client.get("/track/")
        browser.answer = self.intake.client.post_form(
            "/track/", [("reference", self.reference), ("code", code or self.code), ("_do", "follow")]
        )
        return browser

    def get(self) -> Any:
        answer = self.intake.client.get(f"/api/applications/{self.reference}", **self.bearer)
        assert answer.status == 200, answer.text
        return answer.json

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.code}"}

    def correct(self, answers: Any, event_id: str | None = None) -> Answer:
        said = {"answers": answers} | ({"event_id": event_id} if event_id else {})
        return self.intake.client.post_json(f"/api/applications/{self.reference}/correction", said, **self.bearer)


@pytest.fixture
def city(settings: ServeSettings) -> Iterator[City]:
    services = settings.build / "intake/services.json"
    told = json.loads(services.read_text())
    told[FORM] |= {
        "remedies": REMEDIES,
        "materials": MATERIALS,
        "office_kinds": {"accept": "street", "decide": "street"},
    }
    told[FORM]["stages"].append({"id": "confirmation", "title": "审查决定", "office": "decide", "office_title": "街道"})
    services.write_text(json.dumps(told))
    intake = run_intake(settings)
    house = intake.function.start()
    file = open_office(settings.var)
    desk = Desk(house.desk.store, load_office_keys(settings.var), intake.time.now, secrets.token_bytes)
    counter = Counter(desk, told, house.calendar, house.offices, file.readings, house.library, house.places)
    done = intake.submitted(example() | {"phone": "0990-6221234"})
    yield City(intake, counter, done["reference"], done["access_code"])
    file.close()
    intake.function.stop()


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
    assert open_contact(city.counter.keys.reads_numbers, opened.head) == {"phone": "13900000001"}
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
    assert asked["office"] == city.counter.offices.title(STREET)
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
    assert open_contact(city.counter.keys.reads_numbers, city.opened().head) == {}


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


def test_the_one_time_notice_is_a_sheet_without_answers(city: City) -> None:
    city.ask("/phone", papers=("identity",))
    browser = city.follow()
    browser.press("notice")
    said = browser.page.text
    assert "一次性告知书" in said
    for words in (city.reference.split("-")[0], "联系电话", "理由1", "身份证", city.counter.offices.title(STREET)):
        assert words in said
    assert "0990-6221234" not in said
    assert "6221234" not in said


def test_where_it_stands_and_what_was_decided_are_read_and_printed(city: City) -> None:
    city.accept()
    browser = city.follow()
    assert "核对收入和财产" in browser.page.text
    assert city.get()["held_by"]["stage"] == "核对收入和财产"
    advance(city.counter, city.taking(), stage="confirmation")
    assert "办到了下一步：审查决定" in city.follow().page.text
    approve(city.counter, city.taking(DECIDER), text="从下个月起发给。\n共两个人。")
    browser = city.follow()
    for words in ("同意了", "从下个月起发给。", "不服怎么办", "可以依法申请行政复议。"):
        assert words in browser.page.text
    assert "现在办到" not in browser.page.text
    browser.press("decision")
    assert "作出单位" in browser.page.text
    told = city.get()["decision"]
    assert told["kind"] == "approved"
    assert told["paragraphs"] == [{"title": "决定", "text": "从下个月起发给。\n共两个人。"}]


def test_reasons_of_what_was_not_accepted_are_read(city: City) -> None:
    not_accept(city.counter, city.taking(), reasons="这里办不了")
    assert "这里办不了" in city.follow().page.text
    assert city.get()["asked_for"] is None


def test_after_a_new_code_the_old_one_finds_nothing(city: City) -> None:
    void_code(city.counter, city.taking(), reason="丢了")
    assert "没有找到这份申请" in city.follow().page.text
    issued = issue_code(city.counter, city.taking(), identity_checked=True)
    assert issued.access_code
    assert "没有找到这份申请" in city.follow().page.text
    browser = city.follow(issued.access_code)
    assert "原来的查询码作废了" in browser.page.text
    city.ask("/phone")
    again = city.follow(issued.access_code)
    again.press("correct")
    again.type(phone="13900000003")
    again.press("check")
    assert again.press("confirm").status == 200


def test_no_answer_reaches_the_log(city: City) -> None:
    city.ask("/phone")
    city.correct({"phone": "打不通的号码"})
    city.correct({"phone": "13900000009", "住址": "某处"})
    written = city.intake.log.getvalue()
    assert "打不通的号码" not in written
    assert "某处" not in written
