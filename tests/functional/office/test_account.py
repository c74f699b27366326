"""The account of an approved application at the office: that it came, and in full for whoever opens it."""

from __future__ import annotations

import json
from typing import Any

from tests.functional.house import ROOT
from tests.functional.office.hall import DISTRICT, Hall, Tab, opened, to_the_district
from tests.functional.office.people import Person

ACCOUNT: dict[str, Any] = json.loads((ROOT / "schemas/forms/payment-account.json").read_text())["examples"][0]
IN_FOURS = "6200 0000 0000 0005"


def approved(hall: Hall, **typed: Any) -> tuple[dict[str, Any], Person]:
    """An approved application's receipt, and a decider who may open it."""
    done = hall.applied()
    reference = done["reference"]
    to_the_district(hall.person(name="受"), reference, **typed)
    decider = hall.person("decider", DISTRICT, "审")
    assert Tab(decider).open(f"/applications/{reference}/steps/approve").press("/approve", "take", text="同意").done
    return done, decider


def supply(hall: Hall, done: dict[str, Any], **changes: Any) -> None:
    answer = hall.intake.client.post_json(
        f"/api/applications/{done['reference']}/supplied",
        {"answers": ACCOUNT | changes},
        Authorization=f"Bearer {done['access_code']}",
    )
    assert answer.status == 200, answer.text


def test_that_it_came_is_seen_by_all_and_its_number_by_who_opens_it(hall: Hall) -> None:
    done, decider = approved(hall)
    address = f"/applications/{done['reference']}"
    assert "还没有填，居民在网页上或者到窗口填" in Tab(decider).open(address).text
    assert "收款账户收到了" not in Tab(decider).open("/?list=closed").text
    assert "收款账户" not in opened(decider, done["reference"]).text
    supply(hall, done)
    assert "收款账户收到了" in Tab(decider).open("/?list=closed").text
    page = Tab(decider).open(address)
    assert "收款账户收到了" in page.text
    assert '<option value="payment" selected>批准以后打款' in page.html
    street, auditor = hall.person(name="甲"), hall.person("auditor", DISTRICT)
    for person in (decider, street, auditor):
        assert "收款账户收到了" in Tab(person).open(address).text
        assert IN_FOURS not in Tab(person).open(address).html
    seen = opened(decider, done["reference"], "payment")
    assert IN_FOURS in seen.text
    assert "申请人自己的" in seen.text
    assert "为“批准以后打款”看了填写的内容" in Tab(auditor).open(address).text
    assert ACCOUNT["card_number"] not in hall.log + hall.intake.log.getvalue()


def test_one_that_was_sent_again_stands_beside_the_one_before_and_asks_for_a_call(hall: Hall) -> None:
    done, decider = approved(hall)
    supply(hall, done)
    once = opened(decider, done["reference"], "payment").text
    assert "打款前请电话跟本人核对" not in once
    supply(hall, done, account_of="family", card_number="4111111111111111")
    page = Tab(decider).open(f"/applications/{done['reference']}").text
    assert "换过，一共填过2次，打款前请电话跟本人核对" in page
    seen = opened(decider, done["reference"], "payment").text
    assert "收款账户换过，一共填过2次：打款前请电话跟本人核对" in seen
    newest, before = seen.index("4111 1111 1111 1111"), seen.index(IN_FOURS)
    assert seen.index("最新的：") < newest < seen.index("以前的，不算了：") < before


def test_an_account_of_an_application_that_was_filled_in_for_them_asks_for_a_call(hall: Hall) -> None:
    agent = {"agent_name": "测试代办", "agent_phone": "0990-6250000", "agent_statement": True}
    hall.answers |= {"filing_for": "family", "acting_as": "entrusted"} | agent
    signed = {f"sign-mandate-1-{part}": number for part, number in (("year", "2026"), ("month", "11"), ("day", "20"))}
    done, decider = approved(hall, **signed)
    supply(hall, done)
    seen = opened(decider, done["reference"], "payment").text
    assert "别人替居民填的，那个人也有查询码：打款前请电话跟本人核对" in seen


def test_one_that_came_with_a_new_code_is_asked_about_first(hall: Hall) -> None:
    done, decider = approved(hall)
    clerk, reference = hall.person("clerk", DISTRICT, "窗"), done["reference"]
    void = Tab(clerk).open(f"/applications/{reference}/steps/void-code")
    assert void.press("/void-code", "take", reason="纸条丢了").done
    issued = Tab(clerk).open(f"/applications/{reference}/steps/issue-code")
    slip = issued.press("/issue-code", "take", identity_checked="yes")
    code = slip.html.split('查询码：<span class="ds-code">')[1].partition("<")[0]
    supply(hall, {"reference": reference, "access_code": code})
    assert "用新的查询码填了收款账户：先向本人问清楚" in Tab(decider).open(f"/applications/{reference}").text


def test_the_paper_of_an_approval_says_where_the_account_is_filled_in(hall: Hall) -> None:
    done, decider = approved(hall)
    sheet = Tab(decider).open(f"/applications/{done['reference']}").press("/notice")
    assert "没有人会打电话问您要密码" in sheet.text
