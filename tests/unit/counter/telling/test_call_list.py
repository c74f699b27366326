from __future__ import annotations

import pytest

from doorstep.applications.correct import correct
from doorstep.applications.errors import AlreadyTaken, EventIdTaken, NotFound
from doorstep.applications.follow import Followed
from doorstep.applications.journal import events, wrap_digest
from doorstep.applications.status import EVENTS
from doorstep.applications.store import StoreUnavailable
from doorstep.counter.errors import NotPossible
from doorstep.counter.notices import Due, ToldAlready, due, look_at_call, mark, open_call
from doorstep.counter.telling import MOST_MISSES
from tests.memory_store import MemoryStore
from tests.unit.counter.telling.city import OTHER, PHONES, STREET, TITLE, City, event_id

TOLD_OF = [kind for kind, words in EVENTS.items() if words.told]


def listed(city: City, office: str = STREET) -> list[Due]:
    return list(due(city.counter, office).entries)


def miss(city: City, reference: str, notice: str, *, visit: bool = False) -> None:
    mark(city.counter, city.clerk, reference, notice=notice, outcome="not_reached", event_id=event_id(), visit=visit)


@pytest.mark.parametrize("kind", TOLD_OF)
def test_every_step_a_resident_must_know_of_is_on_the_list_of_the_office_that_holds_it(city: City, kind: str) -> None:
    reference, notice = city.due(kind)
    if kind == "code_issued":  # it waits behind the acceptance
        mark(city.counter, city.clerk, reference, notice=listed(city)[0].notice, outcome="told", event_id=event_id())
    city.apply()
    found = listed(city)
    assert [(one.reference, one.notice, one.kind, one.what) for one in found] == [
        (reference, notice, kind, EVENTS[kind].line)
    ]
    assert (found[0].misses, found[0].visit, found[0].no_number, found[0].unsent) == (0, False, False, False)
    assert listed(city, OTHER) == []


def test_who_waits_longest_comes_first_and_pages_follow_each_other(city: City) -> None:
    references = []
    for _ in range(5):
        references.append(city.due()[0])
        city.clock.forward(minutes=1)
    found, after = [], None
    while True:
        page = due(city.counter, STREET, after=after, limit=2)
        found += [one.reference for one in page.entries]
        after = page.next_after
        if after is None:
            break
    assert found == references


def test_a_call_shows_numbers_whose_they_are_and_a_script_and_the_log_notes_it(city: City) -> None:
    reference, _ = city.due("refused")
    call = open_call(city.counter, city.clerk, reference)
    assert [(part.whose, part.number) for part in call.numbers] == [
        ("您的联系电话", PHONES["agent_phone"]),
        ("联系电话", PHONES["phone"]),
    ]
    assert call.service == TITLE
    entry = city.file.readings.page().entries[0]
    assert (entry.staff, entry.reference, entry.why, entry.what) == ("s-clerk", reference, "contact", "phone")
    spoken = "".join(call.script)
    assert "某街道" in call.script[0]
    assert TITLE not in call.script[0]
    assert "没有同意" in spoken
    assert "不服怎么办" in spoken
    assert reference not in spoken
    assert "阿依古丽" not in spoken
    assert PHONES["phone"] not in repr(call)


def test_looking_at_a_call_opens_no_number_and_notes_nothing(city: City) -> None:
    reference, _ = city.due()
    call = look_at_call(city.counter, city.clerk, reference)
    assert call.numbers == ()
    assert len(call.script) == 5
    assert city.file.readings.page().entries == ()


def replaced(city: City) -> tuple[str, str]:
    """An application that waits for its decision; its code was replaced by `city.clerk`. Reference and notice."""
    reference, notice = city.due("accepted")
    mark(city.counter, city.clerk, reference, notice=notice, outcome="told", event_id=event_id())
    return reference, city.step(reference, "code_issued", wrap=wrap_digest(city.head(reference), "resident"))


def test_whoever_gave_a_new_code_is_not_the_one_who_asks_its_resident(city: City) -> None:
    reference, notice = replaced(city)
    assert listed(city)[0].issuers == {city.clerk.id}
    for attempt in (lambda: open_call(city.counter, city.clerk, reference), lambda: miss(city, reference, notice)):
        with pytest.raises(NotPossible) as refused:
            attempt()
        assert refused.value.obstacle == "another-caller"
    assert city.file.readings.page().entries == ()
    call = open_call(city.counter, city.colleague, reference)
    assert "是您本人到窗口办的吗" in "".join(call.script)
    mark(city.counter, city.colleague, reference, notice=notice, outcome="told", event_id=event_id())
    assert listed(city) == []


def test_nothing_that_comes_later_hides_that_a_code_was_replaced(city: City) -> None:
    """Neither news, which is told first, by whomever, nor what was done with the new code."""
    reference, notice = replaced(city)
    news = city.step(reference, "returned")
    assert [one.notice for one in listed(city)] == [news]
    mark(city.counter, city.clerk, reference, notice=news, outcome="told", event_id=event_id())
    city.step(reference, "corrected", desk=city.intake)
    assert [(one.notice, one.kind) for one in listed(city)] == [(notice, "code_issued")]
    with pytest.raises(NotPossible):
        mark(city.counter, city.clerk, reference, notice=notice, outcome="told", event_id=event_id())


@pytest.mark.parametrize("given", [PHONES, {}])
def test_a_new_code_is_asked_about_at_the_number_from_before_it(city: City, given: dict[str, str]) -> None:
    """Who gave the code could have opened the application with it, and left an accomplice's number."""
    reference = city.apply(phones=given)
    head, data_key = city.head(reference), b"k" * 32
    notice = city.step(reference, "code_issued", wrap=wrap_digest(head, "resident"))
    city.step(reference, "returned")
    correct(
        city.intake, Followed(city.head(reference), data_key), instance={}, changes=[], routing=head.routing,
        phones={"phone": "0990-9999999"}, event_id=event_id(),
    )  # fmt: skip
    assert [(one.notice, one.before, one.no_number) for one in listed(city)] == [(notice, True, not given)]
    call = open_call(city.counter, city.colleague, reference)
    assert {one.number for one in call.numbers} == set(given.values())
    mark(city.counter, city.colleague, reference, notice=notice, outcome="told", event_id=event_id())
    city.step(reference, "returned")
    assert [(one.before, one.no_number) for one in listed(city)] == [(False, False)]
    news = open_call(city.counter, city.colleague, reference)
    assert [one.number for one in news.numbers] == ["0990-9999999"], "what comes later is told at the new one"


def test_a_second_code_is_asked_about_by_neither_of_those_who_gave_one(city: City) -> None:
    reference, _ = replaced(city)
    wrap = wrap_digest(city.head(reference), "resident")
    city.step(reference, "code_issued", staff="s-colleague", wrap=wrap)
    assert listed(city)[0].issuers == {"s-clerk", "s-colleague"}


@pytest.mark.parametrize("kind", TOLD_OF)
def test_a_script_asks_for_nothing_a_cheat_would_ask_for(city: City, kind: str) -> None:
    script = open_call(city.counter, city.colleague, city.due(kind)[0]).script
    assert len(script) == 5 + (kind == "approved")
    assert script[-1].startswith("我们不问您的编号和查询码，也不问银行卡号、密码和短信验证码")
    assert ("在网页上填收款账户，或者到我们窗口填。电话里不用说" in script[-2]) == (kind == "approved")
    assert EVENTS[kind].line not in script[0]


def test_a_service_that_asks_for_no_account_speaks_of_none(city: City) -> None:
    counter = city.counter._replace(services={})
    script = open_call(counter, city.colleague, city.due("approved")[0]).script
    assert "收款账户" not in "".join(script)


def test_what_cannot_be_noted_opens_no_number(city: City) -> None:
    reference, _ = city.due()
    city.file.close()
    with pytest.raises(Exception, match=r"(?i)closed"):
        open_call(city.counter, city.clerk, reference)


def test_only_the_office_that_holds_it_calls_and_no_auditor(city: City) -> None:
    reference, notice = city.due()
    for staff, obstacle in ((city.stranger, "office"), (city.auditor, "role")):
        with pytest.raises(NotPossible) as refused:
            open_call(city.counter, staff, reference)
        assert refused.value.obstacle == obstacle
        with pytest.raises(NotPossible):
            mark(city.counter, staff, reference, notice=notice, outcome="told", event_id=event_id())
    assert city.file.readings.page().entries == ()


def test_told_takes_it_off_the_list_once_however_often_it_is_sent(city: City) -> None:
    reference, notice = city.due()
    mine = event_id()
    for _ in range(2):
        head = mark(city.counter, city.clerk, reference, notice=notice, outcome="told", event_id=mine)
    last = events(head)[-1]
    assert head.revision == 3
    assert (last["type"], last["staff"], last["notice"], last["outcome"]) == ("notified", "s-clerk", notice, "told")
    assert "channel" not in last
    assert listed(city) == []
    with pytest.raises(AlreadyTaken):
        mark(city.counter, city.clerk, reference, notice=notice, outcome="not_reached", event_id=mine)
    with pytest.raises(ToldAlready) as gone:
        mark(city.counter, city.colleague, reference, notice=notice, outcome="told", event_id=event_id())
    assert gone.value.due is None
    with pytest.raises(ToldAlready):
        open_call(city.counter, city.clerk, reference)
    with pytest.raises(EventIdTaken):
        mark(city.counter, city.clerk, reference, notice=notice, outcome="told", event_id=notice)


def test_two_misses_make_a_home_visit_which_tells_with_its_own_channel(city: City) -> None:
    reference, notice = city.due()
    miss(city, reference, notice)
    assert [(one.misses, one.visit) for one in listed(city)] == [(1, False)]
    miss(city, reference, notice)
    assert [(one.misses, one.visit, one.may_miss) for one in listed(city)] == [(2, True, True)]
    head = mark(city.counter, city.clerk, reference, notice=notice, outcome="told", event_id=event_id(), visit=True)
    assert (events(head)[-1]["channel"], events(head)[-1]["staff"]) == ("visit", "s-clerk")
    assert listed(city) == []


def test_without_a_number_somebody_goes_at_once_and_nothing_is_opened(city: City) -> None:
    reference, _ = city.due(phones={})
    assert [(one.visit, one.no_number) for one in listed(city)] == [(True, True)]
    assert open_call(city.counter, city.clerk, reference).numbers == ()
    assert city.file.readings.page().entries == ()


def test_misses_do_not_fill_the_head(city: City) -> None:
    reference, notice = city.due()
    for _ in range(MOST_MISSES):
        miss(city, reference, notice, visit=True)
    assert [one.may_miss for one in listed(city)] == [False]
    with pytest.raises(ValueError, match="misses"):
        miss(city, reference, notice)
    mark(city.counter, city.clerk, reference, notice=notice, outcome="told", event_id=event_id(), visit=True)
    assert listed(city) == []


def test_a_newer_step_is_the_news(city: City) -> None:
    reference, old = city.due("accepted")
    miss(city, reference, old)
    new = city.step(reference, "approved")
    assert [(one.notice, one.kind, one.misses) for one in listed(city)] == [(new, "approved", 0)]
    with pytest.raises(ToldAlready) as gone:
        mark(city.counter, city.clerk, reference, notice=old, outcome="told", event_id=event_id())
    assert gone.value.due is not None
    assert gone.value.due.notice == new
    assert len(listed(city)) == 1


def test_a_mark_meets_a_colleagues_step_and_both_stand(city: City) -> None:
    reference, notice = city.due("accepted")
    taken: list[str] = []

    def colleague(point: str) -> None:
        if point == "before-head" and not taken:
            taken.append("advanced")
            city.step(reference, "advanced", stage="inquiry", office=STREET)

    city.store._hook = colleague  # type: ignore[attr-defined]
    head = mark(city.counter, city.clerk, reference, notice=notice, outcome="told", event_id=event_id())
    assert [event["type"] for event in events(head)] == ["received", "accepted", "advanced", "notified"]


def test_what_was_altered_is_reported_and_named_not_shown(city: City) -> None:
    (bad, notice), (good, _) = city.due(), city.due()
    store = city.store
    assert isinstance(store, MemoryStore)
    head = city.head(bad)
    store.kept[bad] = head._replace(wraps=head.wraps | {"notifier": {"key": "k", "wrapped": "w"}}).to_bytes()
    page = due(city.counter, STREET)
    assert ([one.reference for one in page.entries], page.unreadable) == ([good], (bad,))
    assert [found.reference for found in city.reported] == [bad]
    with pytest.raises(Exception, match="phone numbers"):
        mark(city.counter, city.clerk, bad, notice=notice, outcome="told", event_id=event_id())


def test_nobody_is_marked_who_is_not_there_and_trouble_is_passed_on(city: City) -> None:
    with pytest.raises(NotFound):
        mark(city.counter, city.clerk, "0000", notice="n", outcome="told", event_id=event_id())
    with pytest.raises(ValueError, match="outcome"):
        mark(city.counter, city.clerk, city.apply(), notice="n", outcome="perhaps", event_id=event_id())
    store = city.store
    assert isinstance(store, MemoryStore)
    store.fail_next("shelf", StoreUnavailable("down"))
    with pytest.raises(StoreUnavailable):
        due(city.counter, STREET)
