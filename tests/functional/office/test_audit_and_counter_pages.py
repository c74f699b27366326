"""What an auditor reads and what nobody without right does; the links for assisted filing."""

from __future__ import annotations

from doorstep.applications.counter_pass import read
from tests.functional.html_pages import PageReader
from tests.functional.office.hall import DISTRICT, OTHER_STREET, PHONE, Hall, Tab, accepted, opened
from tests.functional.office.people import house_of
from tests.functional.office_house import run_office

CANARIES = {"applicant_name": "王金丝雀", "home_address": "金丝雀巷9号", "income_work": "73519"}
SIGNED = "金丝雀不识字，按的手印"


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
    accepted(clerk, reference, **{"sign-income-check-1-why": SIGNED})
    secret = [*CANARIES.values(), PHONE, receipt["access_code"], SIGNED]
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
            assert not [word for word in [*CANARIES.values(), receipt["access_code"], SIGNED] if word in html]
    assert not [word for word in [*secret, reference] if word in hall.log]


def test_assisted_filing_leads_to_the_public_form_with_a_pass_of_this_clerk(hall: Hall) -> None:
    hall.office = run_office(hall.office.settings, DOORSTEP_BESIDE="http://127.0.0.1:8730")
    answer = hall.person().get("/counter")
    links = [link for link in PageReader(answer.text).links if "counter=" in link]
    link = next(link for link in links if "minimum-living-allowance" in link)
    token = link.partition("counter=")[2]
    counter = house_of(hall.office).counter
    assert link.startswith("http://127.0.0.1:8730/apply/minimum-living-allowance/?")
    assert answer.headers["referrer-policy"] == "same-origin"  # to no other site, the public one included
    assert read(token, counter.keys.public_keys, hall.office.time.now()).startswith("s-")
    assert hall.person("decider").get("/counter").status == 403
    assert token not in hall.log


def test_a_pass_goes_to_the_public_address_and_to_no_guessed_one(hall: Hall) -> None:
    tab = Tab(hall.person()).open("/counter")
    assert "还不知道居民网站的网址" in tab.text
    assert "counter=" not in tab.html
    beside = {
        "DOORSTEP_BESIDE": "http://127.0.0.1:8730",
        "DOORSTEP_ORIGIN": "https://jiamenkou.example",
        "PORT": "8000",
    }
    hall.office = run_office(hall.office.settings, **beside)
    links = [link for link in Tab(hall.person(name="乙")).open("/counter").page.links if "counter=" in link]
    assert links
    assert all(link.startswith("https://jiamenkou.example/apply/") for link in links)


def test_openings_of_one_person_at_one_thing_are_one_line_and_all_stay_in_the_log(hall: Hall) -> None:
    reference, other = hall.reference(), hall.reference()
    log = house_of(hall.office).records.readings
    for minute, about in ((2, reference), (3, other), (4, reference), (9, reference), (40, reference)):
        at = f"2026-11-22T02:{minute:02d}:03Z"
        log.record(at=at, staff="s-x", reference=about, why="check", what="answers")
    tab = Tab(hall.person("auditor")).open("/audit")
    body = tab.html.partition('aria-labelledby="readings"')[2].partition("<tbody")[2]
    assert body.count("<tr") == 3
    assert "2026年11月22日 10:02–10:09，×3" in body
    assert "1、3–4" in body
    assert "2026年11月22日 10:40" in body
    assert "10:02–10:09，×3" in Tab(hall.person("auditor", name="丁")).open(f"/applications/{reference}").text
    assert log.tip().number == 5


def test_a_colleague_sees_that_somebody_has_opened_it_already(hall: Hall) -> None:
    reference = hall.reference()
    clerk = hall.person(name="乙")
    assert "已有人打开过" not in Tab(clerk).open(f"/applications/{reference}").text
    opened(hall.person(name="演示经办员甲"), reference)
    text = Tab(clerk).open(f"/applications/{reference}").text
    assert "已有人打开过" in text
    assert "演示经办员甲" in text
