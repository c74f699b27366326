"""The call list: whom to tell, a number and a script but no answer, what came of it."""

from __future__ import annotations

from doorstep.counter.steps import OBSTACLES
from tests.functional.html_pages import Browser
from tests.functional.office.hall import PHONE, Hall, Tab, accepted, opened
from tests.functional.office.people import house_of
from tests.functional.office.test_opened_page import corrected


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
    assert PHONE not in call.html
    call.press(f"/calls/{reference}/number")
    assert PHONE in call.text
    assert "王金丝雀" not in call.text
    newest = house_of(hall.office).records.readings.page().entries[0]
    assert (newest.what, newest.why) == ("phone", "contact")
    assert told(clerk, reference, outcome="told").done == "已经记下：通知到了。"
    assert "都通知到了" in Tab(clerk).open("/calls").text
    assert Tab(clerk).open(f"/calls/{reference}").done.startswith("这一条同事已经通知到了")


def test_no_link_makes_anybody_read_a_number(hall: Hall) -> None:
    """Whoever follows one, or whose browser asks for its headers alone, stands in no log."""
    clerk, reference = hall.person(), hall.reference()
    accepted(clerk, reference)
    readings = house_of(hall.office).records.readings
    before = readings.tip()
    for method in ("GET", "HEAD"):
        for path in (f"/calls/{reference}", f"/calls/{reference}/number"):
            answer = clerk._ask(method, path, b"", {"Sec-Fetch-Site": "cross-site"})
            assert PHONE not in answer.text
    assert told(clerk, reference).status == 422
    assert readings.tip() == before
    assert clerk.post(f"/calls/{reference}/number").status == 403
    assert readings.tip() == before
    assert told(clerk, reference, outcome="told").done
    assert readings.tip() == before


def test_a_new_code_is_asked_about_by_a_colleague(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    Tab(clerk).open(f"/applications/{reference}/steps/void-code").press("/void-code", "take", reason="本人说丢了")
    Tab(clerk).open(f"/applications/{reference}/steps/issue-code").press("/issue-code", "take", identity_checked="yes")
    newest = house_of(hall.office).records.readings.page().entries[0]
    assert (newest.reference, newest.why, newest.what) == (reference, "lost-code", "code")
    assert "补发查询码" in Tab(hall.person("auditor")).open("/audit").text
    listed = Tab(clerk).open("/calls")
    assert "请别的同事打" in listed.text
    refused = Tab(clerk).open(f"/calls/{reference}")
    assert (refused.status, OBSTACLES["another-caller"] in refused.text) == (409, True)
    assert f"/calls/{reference}" not in Tab(clerk).open(f"/applications/{reference}").page.links
    colleague = hall.person(name="乙")
    assert "请别的同事打" not in Tab(colleague).open("/calls").text
    tab = Tab(colleague).open(f"/calls/{reference}")
    assert "是您本人到窗口办的吗" in tab.text
    assert tab.press(f"/calls/{reference}", outcome="told").done == "已经记下：通知到了。"


def test_an_application_says_that_its_code_was_replaced_and_what_was_done_with_the_new_one(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    page = f"/applications/{reference}"
    assert "换过查询码" not in Tab(clerk).open(page).text
    Tab(clerk).open(f"{page}/steps/void-code").press("/void-code", "take", reason="本人说丢了")
    tab = Tab(clerk).open(f"{page}/steps/issue-code").press("/issue-code", "take", identity_checked="yes")
    code = tab.page.texts["ds-code"].removeprefix(reference)
    said = Tab(clerk).open(page).text
    assert "换过查询码" in said
    assert "一共1次，最近一次2026年11月22日" in said
    assert "有人用新的查询码" not in said
    browser = Browser(hall.intake.client)
    browser.answer = hall.intake.client.post_form("/track", [("reference", reference), ("code", code)])
    assert "换了新的查询码" in browser.page.text
    assert "2026年11月22日" in browser.page.text
    browser.press("withdraw")
    browser.type(reason="not-needed")
    browser.press("withdraw-confirm")
    assert hall.head(reference).status == "withdrawn"
    assert "有人用新的查询码撤回了申请" in Tab(hall.person(name="乙")).open(page).text
    assert reference in Tab(clerk).open("/calls").text


def test_a_number_changed_with_the_new_code_is_not_where_it_is_asked_about(hall: Hall) -> None:
    """One clerk alone: asks for another number, gives a new code, and corrects with it to an accomplice's."""
    clerk, reference = hall.person(), hall.reference()
    opened(clerk, reference).press("/return", "take", **{"field": "/phone", "field-why__/phone": "打不通"})
    page = f"/applications/{reference}/steps"
    Tab(clerk).open(f"{page}/void-code").press("/void-code", "take", reason="本人说丢了")
    tab = Tab(clerk).open(f"{page}/issue-code").press("/issue-code", "take", identity_checked="yes")
    code = tab.page.texts["ds-code"].removeprefix(reference)
    corrected(hall, {"reference": reference, "access_code": code}, {"phone": "0990-9999999"})
    colleague = hall.person(name="乙")
    tab = Tab(colleague).open(f"/calls/{reference}")
    assert "换码以后，电话在网上改过；这里是改以前的号码" in tab.text
    tab.press(f"/calls/{reference}/number")
    assert PHONE in tab.text
    assert "0990-9999999" not in tab.text
    assert "居民改了1处" in opened(colleague, reference, "correction").text, "it still belongs to its answers"


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


def test_who_was_accepted_and_then_asked_again_hears_both(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    accepted(clerk, reference)
    opened(clerk, reference).press("/return", "take", field="/phone", **{"field-why__/phone": "打不通"})
    assert "正式受理，请居民补正" in Tab(clerk).open("/calls").text
    call = Tab(clerk).open(f"/calls/{reference}").text
    assert "正式受理了" in call
    assert "有几处要您改一改" in call


def test_who_has_heard_of_acceptance_hears_only_what_is_asked(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    accepted(clerk, reference)
    told(clerk, reference, outcome="told")
    opened(clerk, reference).press("/return", "take", field="/phone", **{"field-why__/phone": "打不通"})
    assert "正式受理，请居民补正" not in Tab(clerk).open("/calls").text
    assert "正式受理了" not in Tab(clerk).open(f"/calls/{reference}").text
