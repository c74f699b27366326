"""What the clock says to residents and staff alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

from doorstep.applications.clock import clock
from doorstep.applications.clock_words import NO_DATE, clock_words
from tests.unit.applications.clocks import DECISION, PAUSES, PERMIT, accepted, event, published, service

TODAY = dt.date(2026, 11, 22)


def said(known: dict[str, Any], *events: dict[str, Any], today: dt.date = TODAY) -> str:
    return clock_words(known, clock(known, events, published()), today)


def test_the_date_says_where_it_comes_from() -> None:
    assert said(service(DECISION), *accepted("2026-11-02")) == (
        "最晚2026年12月14日（从正式受理起30个工作日，依据《法》第一条）"
    )


def test_a_guess_is_called_one() -> None:
    assert said(service(DECISION), *accepted("2026-11-24")) == (
        "最晚2027年1月6日（从正式受理起30个工作日，依据《法》第一条，放假安排还没有全部公布，日子可能差几天）"
    )


def test_without_a_date_it_says_so() -> None:
    limit = {name: DECISION[name] for name in ("id", "from", "days", "unit")}
    assert said(service(), *accepted("2026-11-02")) == NO_DATE
    assert said(service(limit), *accepted("2026-11-02")) == NO_DATE


def test_before_acceptance_it_says_what_acceptance_will_mean() -> None:
    assert said(service(DECISION), event("received", "2026-11-02")) == (
        "还没有正式受理；正式受理后30个工作日内有结果（依据《法》第一条）"
    )
    committed = {**DECISION, "basis": "", "confirmed_by": "区民政局", "confirmed_on": "2026-11-01", "days": 10}
    assert said(service(committed), event("received", "2026-11-02")).endswith(
        "10个工作日内有结果（区民政局2026年11月1日确认）"
    )


def test_before_acceptance_the_limit_that_ends_first_is_told_whatever_its_days_are() -> None:
    """Twenty working days are four weeks, twenty-five days on the calendar are fewer."""
    working = DECISION | {"id": "visit", "days": 20}
    calendar = DECISION | {"days": 25, "unit": "calendar_day"}
    for known in (service(working, calendar), service(calendar, working)):
        assert said(known, event("received", "2026-11-02")).startswith("还没有正式受理；正式受理后25天内有结果")


def test_an_extension_is_told() -> None:
    events = accepted("2026-09-01", event("extended", "2026-10-12", limit="decision", days=45))
    assert said(service(DECISION), *events, today=dt.date(2026, 11, 9)) == (
        "最晚2026年11月9日（从正式受理起45个工作日，原来是30个工作日，已经延长，依据《法》第一条）"
    )


def test_a_day_that_has_passed_is_told() -> None:
    assert said(service(DECISION), *accepted("2026-09-01")).endswith("，已经过了这一天")
    assert not said(service(DECISION), *accepted("2026-09-01"), today=dt.date(2026, 10, 19)).endswith("这一天")


def test_a_pause_is_told_with_its_basis() -> None:
    known = service(DECISION | {"pauses": PAUSES})
    assert said(known, *accepted("2026-09-01", event("returned", "2026-09-03"))) == (
        "等着补齐，等的这些天不算，补齐以后接着算（从正式受理起30个工作日，依据《法》第一条；停下来的依据是《法》第九条）"
    )


def test_telling_and_silence_are_told() -> None:
    permit = service(DECISION, acceptance=PERMIT)
    assert said(permit, event("received", "2026-11-18")) == (
        "最晚2026年11月25日答复是否正式受理（从收到申请起5个工作日，依据《法》第三十二条）"
    )
    late = [event("received", "2026-11-02"), event("accepted", "2026-11-18")]
    assert said(permit, *late) == (
        "最晚2026年12月14日（到期没有答复，从收到申请起算正式受理，30个工作日，依据《法》第一条）"
    )


def test_a_closed_application_has_no_sentence() -> None:
    assert said(service(DECISION), *accepted("2026-09-01", event("approved", "2026-09-20"))) == ""
