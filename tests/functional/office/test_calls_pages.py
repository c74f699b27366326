"""The call list: whom to tell, a number and a script but no answer, what came of it."""

from __future__ import annotations

from tests.functional.office.hall import PHONE, Hall, Tab, accepted
from tests.functional.office.people import house_of


def told(person: object, reference: str, **typed: str) -> Tab:
    return Tab(person).open(f"/calls/{reference}").press(f"/calls/{reference}", **typed)  # type: ignore[arg-type]


def test_who_is_to_be_told_stands_on_the_list_until_they_are(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference(applicant_name="王金丝雀")
    assert "都通知到了" in Tab(clerk).open("/calls").text
    accepted(clerk, reference)
    listed = Tab(clerk).open("/calls")
    assert f"/calls/{reference}" in listed.page.links
    assert PHONE not in listed.text
    call = Tab(clerk).open(f"/calls/{reference}")
    assert PHONE in call.text
    assert "王金丝雀" not in call.text
    newest = house_of(hall.office).records.readings.page().entries[0]
    assert (newest.what, newest.why) == ("phone", "contact")
    assert told(clerk, reference, outcome="told").done == "已经记下：通知到了。"
    assert "都通知到了" in Tab(clerk).open("/calls").text
    assert Tab(clerk).open(f"/calls/{reference}").done.startswith("这一条同事已经通知到了")


def test_no_outcome_is_one_error_that_leads_to_the_choice(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    accepted(clerk, reference)
    tab = told(clerk, reference)
    assert (tab.status, tab.errors) == (422, ["选一个结果"])


def test_two_misses_become_a_visit(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    accepted(clerk, reference)
    for _ in range(2):
        assert told(clerk, reference, outcome="not_reached").done == "已经记下：没找到人。"
    assert "上门" in Tab(clerk).open("/calls").text
    tab = Tab(clerk).open(f"/calls/{reference}")
    assert "这一次请上门" in tab.text
    assert ("visit", "yes") in tab.form(f"/calls/{reference}").fields


def test_two_colleagues_call_and_the_second_is_told(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    accepted(clerk, reference)
    mine = Tab(clerk).open(f"/calls/{reference}")
    told(hall.person(name="乙"), reference, outcome="told")
    assert mine.press(f"/calls/{reference}", outcome="told").done.startswith("这一条同事已经通知到了")


def test_who_left_no_number_is_visited(hall: Hall) -> None:
    hall.answers.pop("phone")
    clerk, reference = hall.person(), hall.reference()
    accepted(clerk, reference)
    assert "没留电话" in Tab(clerk).open("/calls").text
    assert "没有留电话" in Tab(clerk).open(f"/calls/{reference}").text
