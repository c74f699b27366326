"""What is asked only after approval, an account for the money: with pages and by API; the office is the real one."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from typing import Any

import pytest

from doorstep.applications.keys import mint_event_id
from doorstep.applications.supply import MOST_SUPPLIED
from doorstep.counter.deciding import approve
from doorstep.counter.moving import advance
from doorstep.serving.application import ServeSettings
from tests.functional.city import City, city_of
from tests.functional.house import FORM, ROOT, Answer
from tests.functional.html_pages import Browser

ACCOUNT: dict[str, Any] = json.loads((ROOT / "schemas/forms/payment-account.json").read_text())["examples"][0]
CARD, TAIL = ACCOUNT["card_number"], "最后四位是0005"
CALLED = "没有人会打电话问您要密码"


@pytest.fixture
def city(settings: ServeSettings) -> Iterator[City]:
    services = settings.build / "intake/services.json"
    told = json.loads(services.read_text())
    told[FORM]["after_approval"] = "payment-account"
    services.write_text(json.dumps(told))
    with city_of(settings) as made:
        yield made


@pytest.fixture
def approved(city: City) -> City:
    city.office.accept(city.reference)
    advance(city.office.counter, city.taking(), stage="confirmation")
    approve(city.office.counter, city.taking("decider"), text="从下个月起发给。")
    return city


def send(city: City, answers: Any = ACCOUNT, **members: Any) -> Answer:
    path = f"/api/applications/{city.reference}/supplied"
    return city.intake.client.post_json(path, {"answers": answers} | members, **city.bearer)


def asking(city: City) -> Browser:
    browser = city.follow()
    assert browser.press("supply").status == 200
    return browser


def test_nothing_is_asked_before_approval(city: City) -> None:
    for accepted in (False, True):
        if accepted:
            city.office.accept(city.reference)
        browser = city.follow()
        assert "收款账户" not in browser.page.text
        assert not any(value.startswith("supply") for form in browser.page.forms for _, value, _ in form.buttons)
        assert city.get()["after_approval"] is None
        refused = send(city)
        assert (refused.status, refused.json["type"]) == (409, "urn:doorstep:problem:not-asked-after")
    posted = city.intake.client.post_form(
        "/track/", [("reference", city.reference), ("code", city.code), ("_do", "supply")]
    )
    assert posted.status == 409
    assert "回到进度" in posted.text


def test_a_resident_fills_it_in_without_scripts_and_sees_four_digits_of_it(approved: City) -> None:
    browser = approved.follow()
    for words in ("批准了，请填收款账户", "请填收款账户", CALLED, "12345"):
        assert words in browser.page.text
    assert browser.page.text.count("请填收款账户") == 1
    browser.press("supply")
    names = {name for name, _ in browser.page.forms[0].fields if not name.startswith("_")}
    assert names == {"holder_name", "bank_name", "card_number"}, "a choice nobody made is not sent"
    browser.type(holder_name="测试人员", card_number="6200 0000 0000 0006")
    assert browser.press("supply-check").status == 422
    assert browser.page.title.startswith("有3处要改")
    for words in ("请选一项：这个账户是谁的？", "填写银行名称", "请对照银行卡再看一遍"):
        assert words in browser.page.text
    assert dict(browser.page.forms[0].fields)["card_number"] == "6200 0000 0000 0006", "kept as typed"
    browser.type(account_of="applicant", bank_name="测试银行", card_number="６２００ 0000 0000 0005")
    assert browser.press("supply-check").status == 200
    assert "6200 0000 0000 0005" in browser.page.text, "to be held against the card"
    assert "还没有交" in browser.page.text
    browser.press("supply-change")
    assert dict(browser.page.forms[0].fields)["card_number"] == CARD
    browser.press("supply-check")
    confirming = browser.answer
    assert browser.press("supply-confirm").status == 200
    for words in ("收款账户收到了", TAIL, CALLED, "收到了您填的收款账户"):
        assert words in browser.page.text
    browser.answer = confirming
    assert browser.press("supply-confirm").status == 200, "pressed twice is one step"
    assert [event["type"] for event in approved.opened().events].count("supplied") == 1
    for page in (browser, approved.follow()):
        assert page.answer is not None
        assert CARD not in page.answer.text
        assert "0000 0000" not in page.answer.text


def test_it_is_filled_in_again_to_correct_it_and_the_number_is_typed_anew(approved: City) -> None:
    send(approved)
    browser = asking(approved)
    fields = dict(browser.page.forms[0].fields)
    assert (fields["holder_name"], fields["account_of"], fields["card_number"]) == ("测试人员", "applicant", "")
    browser.type(account_of="family", holder_name="测试家人", card_number="4111111111111111")
    browser.press("supply-check")
    browser.press("supply-confirm")
    assert "最后四位是1111" in browser.page.text
    assert TAIL not in browser.page.text


def test_the_test_person_fills_it_in_in_a_demonstration(approved: City) -> None:
    browser = asking(approved)
    browser.press("supply-example")
    assert dict(browser.page.forms[0].fields)["card_number"] == CARD


def test_the_result_to_print_says_where_the_account_is_filled_in(approved: City) -> None:
    browser = approved.follow()
    browser.press("decision")
    assert "到办事窗口填" in browser.page.text
    assert CALLED in browser.page.text


def test_programs_send_it_alike(approved: City) -> None:
    asked = approved.get()
    found = asked["after_approval"]
    assert (found["form"], found["may_send"], found["answers"]) == ("payment-account", True, None)
    assert "请填收款账户" in asked["what_to_do"]
    wrong = send(approved, ACCOUNT | {"card_number": "1", "password": "1"})
    assert wrong.status == 422
    assert {error["pointer"] for error in wrong.json["errors"]} == {"/card_number", ""}
    assert approved.get()["after_approval"]["supplied_at"] is None, "nothing was stored"
    event_id = mint_event_id(secrets.token_bytes)
    for version in (found["form_version"], found["form_version"]):
        done = send(approved, event_id=event_id, form_version=version)
        assert (done.status, done.json["status"]) == (200, "approved")
        assert done.json["after_approval"]["answers"]["card_number"] == "************0005"
        assert CARD not in done.text
    other = send(approved, ACCOUNT | {"account_of": "family"}, event_id=event_id)
    assert other.json["type"].endswith("already-taken")
    assert send(approved, form_version="x").status == 400
    assert send(approved, form_version="0" * 64).status == 410
    assert send(approved, event_id="x").json["type"].endswith("key-unreadable")
    assert CARD not in approved.intake.log.getvalue()


def test_after_some_times_it_is_corrected_at_the_counter(approved: City) -> None:
    event_ids = [mint_event_id(secrets.token_bytes) for _ in range(MOST_SUPPLIED)]
    assert {send(approved, event_id=event_id).status for event_id in event_ids} == {200}
    refused = send(approved)
    assert (refused.status, refused.json["type"]) == (409, "urn:doorstep:problem:supplied-often")
    assert send(approved, event_id=event_ids[-1]).status == 200, "a retry is no further time"
    browser = approved.follow()
    assert "到办事窗口和工作人员说" in browser.page.text
    assert approved.get()["after_approval"]["may_send"] is False


def test_nobody_applies_with_it_and_programs_read_how_it_is_filled_in(approved: City) -> None:
    client = approved.intake.client
    assert "payment-account" not in {form["id"] for form in client.get("/api/forms").json["forms"]}
    assert client.post_json("/api/forms/payment-account/check", {"answers": ACCOUNT}).status == 404
    assert client.get("/apply/payment-account/").status == 404
    described = client.get("/api/openapi.json").json["components"]["schemas"]
    assert "card_number" in described["after.payment-account"]["properties"]
    assert described["after.payment-account.bank-card"]["format"] == "bank-card"


def test_a_service_that_asks_no_more_still_shows_what_came(approved: City) -> None:
    send(approved)
    house = approved.intake.function.start()
    house.services[FORM]["after_approval"] = ""
    assert TAIL in approved.follow().page.text
    assert approved.get()["after_approval"]["may_send"] is False
    assert send(approved).json["type"].endswith("supplied-often")
