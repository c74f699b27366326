"""The clock on the days of real notices, and what starts, stops, extends and ends it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from doorstep.applications.clock import TELLING, clock, cutoff, due_until, is_overdue, may_extend
from tests.unit.applications.clocks import DECISION, NO_RULE, PAUSES, PERMIT, accepted, event, published, service

TODAY = dt.date(2026, 11, 22)
COMMITTED: dict[str, Any] = {
    "id": "decision", "from": "accepted", "days": 10, "unit": "working_day", "confirmed_by": "区民政局",
    "confirmed_on": "2026-11-01",
}  # fmt: skip


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("unit", "days", "start", "by", "estimated"),
    [
        (
            "working_day",
            30,
            "2026-09-01",
            "2026-10-19",
            False,
        ),  # over both autumn holidays and the days worked for them
        ("working_day", 5, "2026-05-22", "2026-06-03", True),  # over 古尔邦节, which no official notice confirms
        ("working_day", 5, "2025-06-03", "2025-06-13", False),  # over 古尔邦节 as an official notice has it
        ("working_day", 30, "2026-11-23", "2027-01-05", True),  # over 1 January, which needs no notice
        ("calendar_day", 7, "2026-11-02", "2026-11-09", False),
        ("calendar_day", 7, "2026-09-25", "2026-10-08", False),  # the last day is in the holiday, so the next one
        ("calendar_day", 20, "2026-12-20", "2027-01-11", True),
    ],
)
def test_days_are_counted_as_the_notices_say(unit: str, days: int, start: str, by: str, *, estimated: bool) -> None:
    limit = DECISION | {"unit": unit, "days": days}
    (found,) = clock(service(limit), accepted(start), published()).limits
    assert (found.by, found.estimated, found.from_on) == (day(by), estimated, day(start))


def test_received_is_not_accepted() -> None:
    found = clock(service(DECISION), [event("received", "2026-11-02")], published())
    assert (found.limits, found.respond_by, found.accepted) == ((), None, False)


def test_a_limit_from_receipt_starts_there() -> None:
    limit = DECISION | {"from": "received"}
    events = [event("received", "2026-11-02"), event("accepted", "2026-11-10")]
    assert clock(service(limit), events, published()).limits[0].from_on == day("2026-11-02")


@pytest.mark.parametrize("without", [{"confirmed_by": "区民政局"}, {"confirmed_on": "2026-11-01"}, {}])
def test_without_a_basis_there_is_no_date_and_nothing_is_overdue(without: dict[str, str]) -> None:
    limit = {name: DECISION[name] for name in ("id", "from", "days", "unit")} | without
    found = clock(service(limit), accepted("2020-01-02"), published())
    assert (found.limits, found.respond_by) == ((), None)
    assert cutoff(limit, published(), TODAY) is None
    assert due_until(service(limit), published(), TODAY, accepted=True) is None


def test_what_an_office_committed_to_and_the_law_both_hold_and_the_sooner_is_asked_for() -> None:
    found = clock(service(DECISION, COMMITTED), accepted("2026-11-02"), published())
    assert [(limit.statutory, limit.days) for limit in found.limits] == [(True, 30), (False, 10)]
    assert found.respond_by == found.limits[1]
    assert found.limits[1].basis == "区民政局2026年11月1日确认"


@pytest.mark.parametrize("kind", ["approved", "refused", "not_accepted", "transferred", "ended", "withdrawn"])
def test_a_closed_application_has_no_running_clock_and_keeps_its_date(kind: str) -> None:
    events = accepted("2026-09-01", event(kind, "2026-11-20"))
    found = clock(service(DECISION), events, published())
    assert (found.closed, found.respond_by) == (True, None)
    assert (found.limits[0].by, found.limits[0].met_on) == (day("2026-10-19"), day("2026-11-20"))
    assert not is_overdue(found.limits[0], TODAY)


def test_a_correction_after_acceptance_stops_no_clock() -> None:
    plain = clock(service(DECISION), accepted("2026-11-02"), published())
    returned = accepted("2026-11-02", event("returned", "2026-11-05"))
    assert clock(service(DECISION), returned, published()).limits == plain.limits
    corrected = [*returned, event("corrected", "2026-11-19")]
    assert clock(service(DECISION), corrected, published()).limits == plain.limits


def test_a_cited_rule_stops_it_from_the_day_after_the_return_until_the_correction() -> None:
    limit = DECISION | {"days": 5, "pauses": PAUSES}
    returned = accepted("2026-11-02", event("returned", "2026-11-04"))
    standing = clock(service(limit), returned, published()).limits[0]
    assert (standing.pause_basis, standing.by) == ("《法》第九条", day("2026-11-09"))
    assert not is_overdue(standing, TODAY)
    corrected = [*returned, event("corrected", "2026-11-12")]
    running = clock(service(limit), corrected, published()).limits[0]
    assert (running.pause_basis, running.by) == ("", day("2026-11-17"))
    assert is_overdue(running, TODAY)


def test_a_guess_that_a_paused_limit_counted_over_is_called_one() -> None:
    """The last days of May 2026 rest on no notice; the last day itself is sure."""
    limit = DECISION | {"days": 5, "pauses": PAUSES}
    events = accepted("2026-05-22", event("returned", "2026-05-25"), event("corrected", "2026-05-26"))
    found = clock(service(limit), events, published()).limits[0]
    assert (found.by, found.estimated, published().is_estimated(found.by)) == (day("2026-06-04"), True, False)
    events = accepted("2026-06-22", event("returned", "2026-06-23"), event("corrected", "2026-06-24"))
    sure = clock(service(limit), events, published()).limits[0]
    assert (sure.by, sure.estimated) == (day("2026-06-30"), False)


def test_a_pause_reaches_past_a_weekend_that_would_have_ended_the_limit() -> None:
    limit = DECISION | {"days": 5, "unit": "calendar_day", "pauses": PAUSES}
    # The fifth day is Saturday the 7th, so Monday the 9th; but from Monday to Wednesday it stands still.
    events = accepted("2026-11-02", event("returned", "2026-11-08"), event("corrected", "2026-11-11"))
    assert clock(service(limit), events, published()).limits[0].by == day("2026-11-12")


def test_only_what_was_returned_after_the_start_stops_it() -> None:
    limit = DECISION | {"pauses": PAUSES}
    events = [event(kind, "2026-11-02") for kind in ("received", "returned", "accepted")]
    assert clock(service(limit), events, published()).limits[0].pause_basis == ""


def test_what_stands_still_ends_with_the_application_and_is_asked_for_last() -> None:
    limit = DECISION | {"days": 5, "pauses": PAUSES}
    other = DECISION | {"id": "payment"}
    returned = accepted("2026-11-02", event("returned", "2026-11-04"), event("returned", "2026-11-06"))
    standing = clock(service(limit, other), returned, published())
    assert standing.respond_by == standing.limits[1]
    corrected = clock(service(limit), [*returned, event("corrected", "2026-11-10")], published())
    assert corrected.limits[0].by == day("2026-11-13")
    closed = clock(service(limit), [*returned, event("withdrawn", "2026-11-09")], published())
    assert closed.limits[0].pause_basis == ""


def test_lists_are_read_to_the_end_where_they_are_not_in_the_order_of_the_limit() -> None:
    calendar, lists = published(), (True, False)
    plain, permit = service(DECISION), service(DECISION, acceptance=PERMIT)
    from_receipt = service(DECISION | {"from": "received"})
    latest = cutoff(DECISION, calendar, TODAY)
    assert [due_until(plain, calendar, TODAY, accepted=listed) for listed in lists] == [latest, None]
    assert [due_until(from_receipt, calendar, TODAY, accepted=listed) for listed in lists] == [TODAY, latest]
    # Accepted late, it counts from receipt; while nothing is told, telling is what is due first.
    telling = day("2026-11-15")
    assert [due_until(permit, calendar, TODAY, accepted=listed) for listed in lists] == [TODAY, telling]


def test_an_extension_gives_a_new_total_within_the_law() -> None:
    events = accepted("2026-09-01", event("extended", "2026-10-12", limit="decision", days=45))
    found = clock(service(DECISION), events, published()).limits[0]
    assert (found.by, found.extended, found.first_days) == (day("2026-11-09"), True, 30)


@pytest.mark.parametrize(
    ("limit", "total", "of"),
    [
        (DECISION, 46, "decision"),
        (DECISION, 45, "another"),
        (DECISION, 20, "decision"),
        ({**DECISION, "at_most": 30}, 45, "decision"),
        ({**COMMITTED, "at_most": 45}, 45, "decision"),
    ],
)
def test_an_extension_the_law_does_not_allow_changes_nothing(limit: dict[str, Any], total: int, of: str) -> None:
    events = accepted("2026-09-01", event("extended", "2026-10-12", limit=of, days=total))
    assert (
        clock(service(limit), events, published()).limits
        == clock(service(limit), accepted("2026-09-01"), published()).limits
    )


def test_who_extends_can_ask_first() -> None:
    assert may_extend(DECISION, 45)
    assert not may_extend(DECISION, 46)
    assert not may_extend(DECISION, 30)
    assert not may_extend(COMMITTED | {"at_most": 45}, 45)


def test_telling_has_its_own_limit_and_ends_with_the_first_answer() -> None:
    permit = service(DECISION, acceptance=PERMIT)
    received = [event("received", "2026-11-02")]
    telling = clock(permit, received, published()).respond_by
    assert telling is not None
    assert (telling.id, telling.by, telling.start) == (TELLING, day("2026-11-09"), "received")
    assert is_overdue(telling, TODAY)
    answered = clock(permit, [*received, event("returned", "2026-11-06")], published())
    assert (answered.limits[0].met_on, answered.respond_by) == (day("2026-11-06"), None)


def test_without_a_cited_rule_nothing_is_said_about_telling() -> None:
    uncited = {name: PERMIT[name] for name in ("notify_within", "unit", "if_silent")}
    for acceptance in (NO_RULE, uncited):
        assert (
            clock(service(DECISION, acceptance=acceptance), [event("received", "2020-01-02")], published()).limits == ()
        )


def test_silence_accepts_from_receipt_where_the_law_says_so() -> None:
    permit = service(DECISION, acceptance=PERMIT)
    silent = clock(permit, [event("received", "2026-11-02")], published()).limits[1]
    late = [event("received", "2026-11-02"), event("accepted", "2026-11-18")]
    in_time = [event("received", "2026-11-02"), event("accepted", "2026-11-09")]
    assert (silent.start, silent.from_on) == ("silence", day("2026-11-02"))
    assert clock(permit, late, published()).limits[1].from_on == day("2026-11-02")
    assert clock(permit, in_time, published()).limits[1].from_on == day("2026-11-09")


def test_days_are_beijings() -> None:
    events = [{"type": kind, "at": "2026-11-01T16:30:00Z"} for kind in ("received", "accepted")]
    assert clock(service(DECISION), events, published()).limits[0].from_on == day("2026-11-02")
