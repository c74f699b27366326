"""What an auditor reads and what nobody without right does; the links for assisted filing."""

from __future__ import annotations

from doorstep.applications.counter_pass import read
from tests.functional.office.hall import DISTRICT, OTHER_STREET, PHONE, Hall, Tab, accepted, opened
from tests.functional.office.people import house_of

CANARIES = {"applicant_name": "王金丝雀", "home_address": "金丝雀巷9号", "income_work": "73519"}


def test_an_auditor_sees_who_read_what_and_every_event_but_no_answer(hall: Hall) -> None:
    reference = hall.reference(**CANARIES)
    opened(hall.person(), reference, "inquiry")
    auditor = hall.person("auditor")
    page = Tab(auditor).open("/audit")
    assert reference in page.text
    assert "答复申请人的询问" in page.text
    found = Tab(auditor).open(f"/audit?reference={reference.lower().replace('-', '+')}")
    assert found.path == f"/applications/{reference}"
    assert "谁看过填的内容" in found.text
    assert "收到申请" in found.text
    assert not [form for form in found.page.forms if "/applications/" in form.action]
    assert not any(word in found.html for word in CANARIES.values())


def test_a_mistyped_reference_is_said_at_its_field_and_kept(hall: Hall) -> None:
    tab = Tab(hall.person("auditor")).open("/audit?reference=ABC")
    assert (tab.status, len(tab.errors)) == (422, 1)
    assert ("reference", "ABC") in tab.page.forms[-1].fields


def test_small_counts_are_not_shown(hall: Hall) -> None:
    hall.reference()
    assert "不显示" in Tab(hall.person("auditor")).open("/audit").text


def test_the_log_of_readings_has_pages(hall: Hall) -> None:
    reference = hall.reference()
    log = house_of(hall.office).records.readings
    for _ in range(51):
        log.record(at="2026-11-22T05:04:03Z", staff="s-x", reference=reference, why="check", what="answers")
    auditor = hall.person("auditor")
    first = Tab(auditor).open("/audit")
    older = Tab(auditor).open(next(link for link in first.page.links if "before=" in link))
    assert "回到最近的" in older.text
    assert Tab(auditor).open("/audit?before=x").status == 200


def test_no_answer_name_number_or_code_where_nobody_opened_it(hall: Hall) -> None:
    receipt = hall.applied(**CANARIES)
    reference = receipt["reference"]
    clerk = hall.person()
    accepted(clerk, reference)
    secret = [*CANARIES.values(), PHONE, receipt["access_code"], "签字人1"]
    pages = ["/", "/?list=working", f"/applications/{reference}", "/calls", "/counter"]
    pages += [f"/applications/{reference}/steps/{name}" for name in ("advance", "extend", "transfer", "end")]
    for path in pages:
        html = Tab(clerk).open(path).html
        assert not [word for word in secret if word in html], path
    for _ in range(2):
        Tab(clerk).open(f"/applications/{reference}/steps/advance").press("/advance", "take")
    for person in (hall.person("clerk", OTHER_STREET), hall.person("auditor"), hall.person("decider", DISTRICT)):
        for path in (f"/applications/{reference}", f"/calls/{reference}", "/audit", "/"):
            html = Tab(person).open(path).html
            assert not [word for word in [*CANARIES.values(), receipt["access_code"], "签字人1"] if word in html]
    assert not [word for word in [*secret, reference] if word in hall.log]


def test_assisted_filing_leads_to_the_public_form_with_a_pass_of_this_clerk(hall: Hall) -> None:
    tab = Tab(hall.person()).open("/counter")
    link = next(link for link in tab.page.links if "counter=" in link)
    token = link.partition("counter=")[2]
    counter = house_of(hall.office).counter
    assert link.startswith("http://127.0.0.1:8000/apply/minimum-living-allowance/?")
    assert read(token, counter.keys.public_keys, hall.office.time.now()).startswith("s-")
    assert hall.person("decider").get("/counter").status == 403
