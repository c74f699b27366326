"""Services differ: who applies without an ID, what pays nothing, which days run already, what comes to which office."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.functional.house import ROOT
from tests.functional.office.hall import DISTRICT, Hall, Tab, opened
from tests.functional.office.people import Person

CENTRE = "legal-aid-650203"
OPTION = re.compile(r'<option value="([a-z][a-z-]*)"')


def applied(hall: Hall, form: str, **answers: Any) -> str:
    """The reference of an application of the form's test person."""
    example = json.loads((ROOT / f"schemas/forms/{form}.json").read_text())["examples"][0]
    address = f"/api/forms/{form}"
    checked = hall.intake.client.post_json(f"{address}/check", {"answers": example | answers})
    assert checked.status == 200, checked.text
    sent = {name: checked.json[name] for name in ("answers", "submission_key")}
    return str(hall.intake.client.post_json(f"{address}/applications", sent).json["reference"])


BY_FAMILY = {"filing_for": "family", "acting_as": "entrusted", "agent_name": "测试家人", "agent_statement": True}


def accepting(clerk: Person, reference: str) -> Tab:
    return Tab(clerk).open(f"/applications/{reference}/steps/accept").press("/accept", "form")


def offered(clerk: Person) -> set[str]:
    """The services one can filter by."""
    html = Tab(clerk).open("/").html
    return set(OPTION.findall(html.split('id="service"')[1].split("</select>")[0])) if 'id="service"' in html else set()


def test_whoever_gave_no_id_signs_the_mandate_by_name_and_is_looked_at_once(hall: Hall) -> None:
    reference, clerk = applied(hall, "legal-aid", **BY_FAMILY), hall.person(office=CENTRE)
    tab = accepting(clerk, reference)
    assert ("sign-mandate-1-who", "测试人员") in tab.form("/accept").fields
    assert 'id="seen-identity"' not in tab.html
    assert "勾了就是也看过了" in tab.text
    signed = {"sign-mandate-1-month": "11", "sign-mandate-1-day": "20"}
    others = {
        f"seen-why__{paper}": "case"
        for paper in re.findall(r'name="seen" value="([^"]+)"', tab.html)
    }  # fmt: skip
    tab.press("/accept", "take", identity_checked="yes", **signed, **others)
    assert tab.done == "已经正式受理。", tab.errors
    assert "测试人员，2026-11-20签" in opened(clerk, reference).text


def test_days_that_run_from_receipt_do_not_begin_with_acceptance(hall: Hall) -> None:
    text = accepting(hall.person(office=CENTRE), applied(hall, "legal-aid")).text
    assert "办理期限从收到申请那天算起，已经在算。受理以后要通知到本人。" in text
    assert "受理以后开始算办理期限，还要通知到本人。" in accepting(hall.person(), hall.reference()).text


def test_pages_say_only_what_their_service_has(hall: Hall) -> None:
    aid, allowance = applied(hall, "legal-aid", **BY_FAMILY), hall.reference()
    centre, street = hall.person(office=CENTRE), hall.person()
    aided, allowed = (Tab(one).open(f"/applications/{which}") for one, which in ((centre, aid), (street, allowance)))
    assert ("批准以后打款" in allowed.text, "批准以后打款" in aided.text) == (True, False)
    assert "家里人替居民填" in aided.text
    assert "户口在别的街道" in Tab(street).open(f"/applications/{allowance}/steps/assign").text
    assert "户口" not in Tab(centre).open(f"/applications/{aid}/steps/assign").text


def test_an_office_filters_by_what_can_come_to_it(hall: Hall) -> None:
    assert offered(hall.person(office=CENTRE)) == set(), "one service is nothing to choose from"
    district = offered(hall.person("decider", DISTRICT))
    assert {"minimum-living-allowance", "senior-allowance"} <= district
    assert not {"legal-aid", "marriage-registration", "unemployment-benefit"} & district
    street, everything = offered(hall.person()), offered(hall.person(office="city-desk-6502"))
    assert "legal-aid" not in street
    assert "legal-aid" in everything, "where nobody knows the community it waits there"
    assert "marriage-registration" not in everything, "nobody applies for it here"
