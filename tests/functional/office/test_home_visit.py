"""Somebody has to go there: the page says where, once it is asked and recorded; and what to say at the door."""

from __future__ import annotations

from tests.functional.office.hall import PHONE, Hall, Tab, opened
from tests.functional.office.people import house_of

HOME = {"applicant_name": "王金丝雀", "home_address": "金丝雀巷9号", "income_work": "73519"}


def asked(hall: Hall, **answers: str) -> tuple[Tab, str]:
    """A clerk's call page of an application that was sent back."""
    clerk, reference = hall.person(), hall.reference(**HOME, **answers)
    opened(clerk, reference).press("/return", "take", field="/assets", **{"field-why:/assets": "写清楚"})
    return Tab(clerk).open(f"/calls/{reference}"), reference


def test_after_two_misses_the_page_says_where_to_go_and_records_who_asked(hall: Hall) -> None:
    tab, reference = asked(hall)
    assert "看住址" not in tab.text
    refused = tab.person.submit(f"/calls/{reference}/home")
    assert refused.status == 409
    for _ in range(2):
        tab.open(f"/calls/{reference}").press(f"/calls/{reference}", outcome="not_reached")
    tab.open(f"/calls/{reference}")
    assert "去哪里找" in tab.text
    assert "请看我的工作证" in tab.text
    assert not any(word in tab.html for word in HOME.values())
    tab.press("/home")
    assert tab.status == 200
    for words in ("王金丝雀", "金丝雀巷9号", "和平社区居委会"):
        assert words in tab.text
    for secret in (HOME["income_work"], PHONE, hall.answers["applicant_id"]):
        assert secret not in tab.html
    newest = house_of(hall.office).records.readings.page().entries[0]
    assert (newest.what, newest.why, newest.reference) == ("home", "contact", reference)
    assert not any(word in hall.log for word in HOME.values())


def test_without_a_number_one_goes_at_once_and_takes_the_paper_along(hall: Hall) -> None:
    hall.answers.pop("phone")
    tab, reference = asked(hall)
    assert "去哪里找" in tab.text
    assert "打给谁" not in tab.text
    assert "带上这张纸" in tab.text
    sheet = tab.press("/notice")
    assert "一次性告知书" in sheet.text
    assert reference in sheet.text


def test_nobody_of_another_office_and_no_auditor_reads_where_somebody_lives(hall: Hall) -> None:
    hall.answers.pop("phone")
    _, reference = asked(hall)
    known = house_of(hall.office).records.readings.tip()
    for person in (hall.person("clerk", "street-650203002"), hall.person("auditor")):
        answer = person.submit(f"/calls/{reference}/home")
        assert answer.status in (403, 409)
        assert "金丝雀" not in answer.text
    assert house_of(hall.office).records.readings.tip() == known
