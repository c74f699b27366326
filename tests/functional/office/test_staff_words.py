"""What staff pages say besides facts: colleagues' names, ends without stages, ways back, one word for one thing."""

from __future__ import annotations

from office.words import EVENTS
from tests.functional.office.hall import DISTRICT, OTHER_STREET, Hall, Tab, accepted, opened
from tests.functional.office.people import signed_in
from tests.functional.office.test_opened_page import corrected
from tests.functional.office_house import run_office


def closed(hall: Hall) -> str:
    clerk, reference = hall.person(), hall.reference()
    accepted(clerk, reference)
    Tab(clerk).open(f"/applications/{reference}/steps/end").press("/end", "take", reasons="本人要求停")
    return reference


def test_a_closed_application_is_at_no_stage_for_clerks_and_auditors(hall: Hall) -> None:
    reference = closed(hall)
    for person in (hall.person(name="乙"), hall.person("auditor")):
        tab = Tab(person).open(f"/applications/{reference}")
        assert "终止办理了" in tab.text
        assert "这一步" not in tab.page.texts["of-lead"]
        assert 'aria-current="step"' not in tab.html


def test_colleagues_are_named_and_never_by_their_ids(hall: Hall) -> None:
    reference = hall.reference()
    clerk = hall.hired("clerk", name="演示经办员甲")
    person = signed_in(hall.office, clerk)
    accepted(person, reference)
    auditor = hall.person("auditor")
    for tab in (Tab(person).open(f"/applications/{reference}"), Tab(auditor).open(f"/applications/{reference}")):
        assert "经办员 演示经办员甲" in tab.text
        assert clerk.id not in tab.html
    readings = Tab(auditor).open("/audit")
    assert "经办员 演示经办员甲" in readings.text
    assert clerk.id not in readings.html


def test_what_is_closed_is_no_duplicate(hall: Hall) -> None:
    first, clerk = closed(hall), hall.person(name="乙")
    second = hall.reference()
    assert "可能重复" not in Tab(clerk).open("/").text
    for reference in (first, second):
        assert "可能重复" not in Tab(clerk).open(f"/applications/{reference}").text


def test_communities_stand_by_street_where_an_office_has_several(hall: Hall) -> None:
    own = Tab(hall.person()).open("/").html
    assert "<optgroup" not in own
    district = Tab(hall.person("decider", DISTRICT)).open("/").html
    assert '<optgroup label="天山路街道">' in district
    city = Tab(hall.person("clerk", "city-desk-650200")).open("/").html
    assert '<optgroup label="克拉玛依区天山路街道">' in city


def test_an_error_about_one_application_leads_back_to_it(hall: Hall) -> None:
    reference, clerk = closed(hall), hall.person(name="丙")
    tab = Tab(clerk).open(f"/applications/{reference}/steps/accept")
    assert tab.status == 409
    assert f"/applications/{reference}" in tab.page.links
    elsewhere = Tab(hall.person("clerk", OTHER_STREET)).open(f"/applications/{reference}")
    assert f"/applications/{reference}" not in elsewhere.page.links


def test_who_only_asked_for_a_page_is_not_told_that_nothing_was_stored(hall: Hall) -> None:
    auditor, reference = hall.person("auditor"), hall.reference()
    for path in ("/calls", f"/applications/{reference}/steps/end"):
        tab = Tab(auditor).open(path)
        assert tab.status == 403
        assert "存下" not in tab.text
    posted = auditor.submit(f"/applications/{reference}/opened", ("why", "check"))
    assert "没有存下任何东西" in posted.text


def test_lists_speak_in_the_offices_voice(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    opened(clerk, reference).press("/return", "take", field="/phone", **{"field-why:/phone": "打不通"})
    assert EVENTS["returned"] in Tab(clerk).open("/calls").text
    assert "请您" not in Tab(clerk).open("/calls").text


def test_steps_with_like_names_say_how_they_differ(hall: Hall) -> None:
    text = Tab(hall.person()).open(f"/applications/{hall.reference()}").text
    assert "编号不变" in text
    assert "该找别的部门" in text


def test_what_came_back_is_said_once_in_its_row(hall: Hall) -> None:
    receipt = hall.applied()
    clerk, reference = hall.person(), receipt["reference"]
    opened(clerk, reference).press("/return", "take", field="/phone", **{"field-why:/phone": "打不通"})
    corrected(hall, receipt, {"phone": "0990-6240001"})
    row = Tab(clerk).open("/?list=corrected").html.partition("<tbody")[2]
    assert row.count("改好交回") == 1


def test_the_public_form_opens_on_a_page_of_its_own_and_says_so(hall: Hall) -> None:
    hall.office = run_office(hall.office.settings, DOORSTEP_BESIDE="http://127.0.0.1:8730")
    html = Tab(hall.person()).open("/counter").html
    assert 'target="_blank" rel="noopener noreferrer"' in html
    assert "在新的一页打开" in html


def test_a_lost_code_is_one_errand_in_two_halves(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    page = Tab(clerk).open(f"/applications/{reference}")
    assert "查询码丢了：先作废查询码，再补发" in page.text
    tab = page.open(f"/applications/{reference}/steps/void-code")
    assert "先核对身份" in tab.text
    tab.press("/void-code", "take", reason="本人说丢了")
    assert "查询码丢了：补发新的查询码" in tab.text


def test_the_notice_is_one_press_away_from_anywhere_on_the_page(hall: Hall) -> None:
    tab = opened(hall.person(), hall.reference())
    assert '<p class="of-bar"><a href="#notice">' in tab.html
