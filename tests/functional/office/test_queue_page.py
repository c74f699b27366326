"""The office's lists: tabs with counts, rows, filters, pages; each office its own."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from doorstep.counter.lists import LISTS, PAGE
from office.words import EMPTY, TABS
from tests.functional.office.hall import OTHER_STREET, Hall, Tab, accepted, opened, to_the_district

NEXT = "/?list=unread&after="


def rows(tab: Tab) -> list[str]:
    """The references on the page, each once, in order."""
    found = [link.removeprefix("/applications/") for link in tab.page.links if link.startswith("/applications/")]
    return list(dict.fromkeys(found))


def test_every_tab_of_an_empty_office_says_what_would_stand_there(hall: Hall) -> None:
    clerk = hall.person()
    assert list(TABS) == list(LISTS)
    for name in TABS:
        tab = Tab(clerk).open(f"/?list={name}")
        assert tab.status == 200
        assert tab.page.title.startswith(TABS[name])
        assert all(words in tab.text for words in EMPTY[name])


def test_a_row_says_what_staff_need_and_no_answer(hall: Hall) -> None:
    reference = hall.reference(applicant_name="王金丝雀")
    tab = Tab(hall.person()).open("/")
    assert rows(tab) == [reference]
    for words in ("申请低保", "天山路街道 和平社区居委会", "2026年11月22日", "正式受理后30个工作日内有结果"):
        assert words in tab.text
    assert "王金丝雀" not in tab.text
    assert "还没处理1件" in tab.text


def test_each_application_stands_in_the_list_of_its_state(hall: Hall) -> None:
    clerk = hall.person()
    unread, working, waiting = hall.reference(), hall.reference(), hall.reference()
    accepted(clerk, working)
    opened(clerk, waiting).press("/return", "take", field="/home_address", **{"field-why:/home_address": "写门牌号"})
    found = {name: rows(Tab(clerk).open(f"/?list={name}")) for name in TABS}
    assert (found["unread"][0], found["working"][0], found["waiting"][0]) == (unread, working, waiting)
    assert "还没通知到" in Tab(clerk).open("/?list=waiting").text


def test_two_of_one_community_and_service_on_one_day_are_marked_and_linked(hall: Hall) -> None:
    first, second = hall.reference(), hall.reference()
    elsewhere = hall.reference(registered_community="650203001002")
    text = Tab(hall.person()).open("/").text
    assert text.count("可能重复") == 2
    page = Tab(hall.person(name="乙")).open(f"/applications/{first}")
    assert f"/applications/{second}" in page.page.links
    assert f"/applications/{elsewhere}" not in page.page.links


def test_filters_by_community_and_takes_them_off(hall: Hall) -> None:
    here, there = hall.reference(), hall.reference(registered_community="650203001002")
    clerk = hall.person()
    tab = Tab(clerk).open("/?list=unread&place=650203001002")
    assert rows(tab)[0] == there
    assert here not in tab.text
    assert "/?list=unread" in tab.page.links
    assert EMPTY["filtered"][0] in Tab(clerk).open("/?list=unread&place=650203001003").text
    for odd in ("/?list=nonsense", "/?list=unread&place=a/b", "/?list=unread&service=x", "/?after=%00"):
        assert Tab(clerk).open(odd).status == 200


def test_pages_go_on_behind_the_last_row_and_back_to_the_first(hall: Hall) -> None:
    made = []
    for _ in range(PAGE + 2):
        made.append(hall.reference(registered_community="650203001002"))
        hall.pass_(hours=25)
    clerk = hall.person()
    first = Tab(clerk).open("/?list=unread")
    assert rows(first) == made[:PAGE]
    assert f"还没处理{PAGE + 2}件" in first.text
    second = Tab(clerk).open(next(link for link in first.page.links if link.startswith(NEXT)))
    assert rows(second) == made[PAGE:]
    assert "回到第一页" in second.text


def test_overdue_is_said_in_the_words_residents_read(hall: Hall) -> None:
    reference = hall.reference()
    accepted(hall.person(), reference)
    hall.pass_(days=70)
    clerk = hall.person(name="乙")
    assert rows(Tab(clerk).open("/?list=overdue")) == [reference]
    assert "已经过了这一天" in Tab(clerk).open("/?list=overdue").text
    assert rows(Tab(clerk).open("/?list=due-today")) == []


@pytest.mark.parametrize("role", ["clerk", "decider"])
def test_another_office_sees_nothing(hall: Hall, role: str) -> None:
    reference = hall.reference()
    tab = Tab(hall.person(role, OTHER_STREET)).open("/")
    assert rows(tab) == []
    refused = tab.open(f"/applications/{reference}")
    assert (refused.status, "不在您的单位" in refused.text) == (403, True)


def test_an_auditor_has_no_list_but_their_own_page(hall: Hall) -> None:
    assert Tab(hall.person("auditor")).open("/").path == "/audit"


def test_an_application_is_found_by_the_reference_somebody_reads_aloud(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    found = Tab(clerk).open(f"/?reference={reference.lower().replace('-', '+')}")
    assert found.page.title.startswith(f"申请低保 {reference}")
    swapped = reference[1] + reference[0] + reference[2:] if reference[0] != reference[1] else "0" + reference[1:]
    for typed, said in ((reference[:-2], "编号是13位"), (swapped, "有一位对不上"), ("编号", "认不出来|13位")):
        wrong = Tab(clerk).open(f"/?reference={quote(typed)}")
        assert wrong.status == 422
        assert re.search(said, wrong.text)
        assert wrong.errors
    assert Tab(clerk).open("/?reference=+").status == 200


def test_where_it_was_applied_for_its_state_is_seen_and_its_code_replaced(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference(applicant_name="王金丝雀")
    to_the_district(clerk, reference)
    page = Tab(clerk).open(f"/?reference={reference}")
    assert "已经转到克拉玛依区民政局" in page.text
    assert "作废查询码" in page.text
    assert not any("opened" in link or "return" in link for link in page.page.links)
    assert "王金丝雀" not in page.text
    assert Tab(hall.person(office=OTHER_STREET, name="乙")).open(f"/applications/{reference}").status == 403
