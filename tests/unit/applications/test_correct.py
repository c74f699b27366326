"""A correction happens once, on what was asked for, and the answers that stand are proven by who signed them."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

import pytest

from doorstep.applications.canonical import canonical
from doorstep.applications.correct import correct
from doorstep.applications.errors import (
    AlreadyTaken,
    EventIdTaken,
    MalformedKey,
    NotReturned,
    Tampered,
)
from doorstep.applications.follow import Followed, follow, open_item, read_answers
from doorstep.applications.head import Head
from doorstep.applications.journal import (
    events,
    follow_events,
    next_event,
    purpose_of,
    verify_chain,
)
from doorstep.applications.keys import mint_event_id
from doorstep.applications.office_keys import load_number_reader, load_office_signer
from doorstep.applications.reading import asked_for, current_answers, decision
from doorstep.applications.sealing import Place, seal
from doorstep.applications.status import EVENTS
from doorstep.applications.step import step_commitment
from doorstep.applications.store import OutcomeUnknown, RevisionConflict, StoreUnavailable
from doorstep.applications.submit import Submitted
from doorstep.applications.withdraw import withdraw
from tests.parsed_once import parsed_once
from tests.unit.applications.conftest import ANSWERS, Counter

BETTER = ANSWERS | {"rooms": 3}
NOTICE = {
    "fields": [{"pointer": "/rooms", "reason": "再数一数"}],
    "papers": [{"material": "identity", "title": "身份证", "reason": "没带来"}],
    "justification": "",
}
FIRST, SECOND = "street-650203001", "street-650203002"


class Desk:
    """An application with both sides of it: its resident's, and the office's."""

    def __init__(self, counter: Counter, var_dir: Path) -> None:
        self.counter = counter
        self.done: Submitted = counter.submit(counter.key())
        self.office = load_office_signer(var_dir)
        self.reader = load_number_reader(var_dir, parsed_once)

    def opened(self) -> Followed:
        assert self.done.access_code
        return follow(self.counter.desk, self.done.reference, self.done.access_code)

    def step(self, kind: str, content: Any = None, **facts: Any) -> Head:
        """A step of the office."""
        followed = self.opened()
        head, revision = followed.head, followed.head.revision + 1
        purpose = purpose_of(kind, revision)
        place = Place(head.reference, head.form_version, purpose, revision)
        item = seal(followed.data_key, canonical(content), place, secrets.token_bytes)
        sealed = {purpose: item.digest} if EVENTS[kind].seals else {}
        event = next_event(
            self.office,
            head,
            event_id=mint_event_id(secrets.token_bytes),
            kind=kind,
            at=self.counter.desk.now(),
            commitment=step_commitment(followed.data_key, kind, content),
            sealed=sealed,
            staff="s-1",
            **facts,
        )
        head = follow_events(head.next(events=(*head.events, event), sealed=head.sealed | sealed))
        self.counter.store.commit(head, [item], expected_revision=revision - 1)
        return head

    def correct(self, answers: Any = BETTER, *, event_id: str | None = None, **parts: Any) -> Head:
        followed = parts.pop("followed", None) or self.opened()
        whole: dict[str, Any] = {
            "instance": answers,
            "changes": [{"pointer": "/rooms", "before": 2, "after": 3}],
            "routing": {"registered_community": "650203001001"},
            "phones": None,
            "event_id": event_id or mint_event_id(secrets.token_bytes),
        }
        return correct(self.counter.desk, followed, **whole | parts)


@pytest.fixture
def desk(counter: Counter, var_dir: Path) -> Desk:
    return Desk(counter, var_dir)


def test_a_correction_is_a_signed_step_that_keeps_the_difference_sealed(desk: Desk) -> None:
    desk.step("returned", NOTICE)
    head = desk.correct()
    assert (head.status, head.queue, head.notice) == ("received", f"{FIRST}/corrected", "")
    assert verify_chain(head, desk.counter.desk.keys.public_keys) == []
    sealed = json.loads(open_item(desk.counter.desk, desk.opened(), "corrected-3"))
    assert sealed == {"answers": BETTER, "changes": [{"pointer": "/rooms", "before": 2, "after": 3}]}
    assert current_answers(desk.counter.desk, desk.opened()) == BETTER
    assert read_answers(desk.counter.desk, desk.opened())["answers"] == ANSWERS, "the receipt proves what was sent"
    stored = b"".join([*desk.counter.store.kept.values(), *desk.counter.store.items.values()])
    assert "再数一数".encode() not in stored


def test_the_same_event_id_is_one_step_also_when_answers_were_lost(desk: Desk) -> None:
    desk.step("returned", NOTICE)
    event_id, followed = mint_event_id(secrets.token_bytes), desk.opened()
    desk.counter.store.fail_next("after-head", OutcomeUnknown("the answer was lost"))
    first = desk.correct(event_id=event_id, followed=followed)
    for again in (followed, desk.opened()):
        assert desk.correct(event_id=event_id, followed=again, changes=[]) == first
    with pytest.raises(AlreadyTaken):
        desk.correct(ANSWERS | {"rooms": 4}, event_id=event_id)
    with pytest.raises(EventIdTaken):
        withdraw(desk.counter.desk, desk.opened(), reason="", event_id=event_id)
    assert current_answers(desk.counter.desk, desk.opened()) == BETTER
    assert current_answers(desk.counter.desk, desk.opened(), before=event_id) == ANSWERS


def test_nothing_is_corrected_that_was_not_returned(desk: Desk) -> None:
    with pytest.raises(NotReturned):
        desk.correct()
    desk.step("returned", NOTICE)
    two = desk.opened(), desk.opened()
    desk.correct(followed=two[0])
    with pytest.raises(NotReturned):
        desk.correct(followed=two[1])
    desk.step("returned", NOTICE)
    with pytest.raises(NotReturned):  # another notice than the page was made from
        desk.correct(followed=two[1])
    with pytest.raises(MalformedKey):
        desk.correct(event_id="x")


def test_being_told_meanwhile_stops_no_correction(desk: Desk) -> None:
    head = desk.step("returned", NOTICE)
    page = desk.opened()
    notice = events(head)[-1]["id"]
    desk.step("notified", {}, notice=notice, outcome="told")
    assert desk.correct(followed=page).revision == 4


@pytest.mark.parametrize("error", [StoreUnavailable("down"), RevisionConflict("someone")])
def test_a_store_that_fails_leaves_all_as_it_was(desk: Desk, error: Exception) -> None:
    desk.step("returned", NOTICE)
    event_id = mint_event_id(secrets.token_bytes)
    desk.counter.store.fail_next("before-head", error)
    if isinstance(error, StoreUnavailable):
        with pytest.raises(StoreUnavailable):
            desk.correct(event_id=event_id)
        assert current_answers(desk.counter.desk, desk.opened()) == ANSWERS
    assert desk.correct(event_id=event_id).revision == 3
    assert len(events(desk.opened().head)) == 3


def test_the_office_stays_when_an_answer_that_routes_changed(desk: Desk) -> None:
    desk.step("returned", NOTICE)
    head = desk.correct(routing={"registered_community": "650203002001"})
    assert head.routing == {"registered_community": "650203002001"}
    assert head.queue == f"{FIRST}/corrected"


def test_a_returned_application_can_still_be_withdrawn(desk: Desk) -> None:
    desk.step("returned", NOTICE)
    head = withdraw(desk.counter.desk, desk.opened(), reason="", event_id=mint_event_id(secrets.token_bytes))
    assert (head.status, head.notice) == ("withdrawn", "")
    assert decision(desk.counter.desk, desk.opened()) is None


def test_the_newest_notice_is_read_with_the_office_that_wrote_it(desk: Desk) -> None:
    assert asked_for(desk.counter.desk, desk.opened()) is None
    desk.step("returned", NOTICE)
    event_id = mint_event_id(secrets.token_bytes)
    desk.correct(event_id=event_id)
    desk.step("assigned", {}, office=SECOND)
    desk.step("returned", NOTICE | {"papers": [], "justification": "上次漏看了"})
    found = asked_for(desk.counter.desk, desk.opened())
    assert found is not None
    assert (found.office, found.papers, found.justification) == (SECOND, (), "上次漏看了")
    assert found.reasons == {"/rooms": "再数一数"}
    earlier = asked_for(desk.counter.desk, desk.opened(), before=event_id)
    assert earlier is not None
    assert (earlier.office, earlier.papers) == (FIRST, (("identity", "身份证", "没带来"),))


def test_a_decision_is_read_with_its_office(desk: Desk) -> None:
    assert decision(desk.counter.desk, desk.opened()) is None
    desk.step("not_accepted", {"reasons": "不归这里管", "objection": []})
    found = decision(desk.counter.desk, desk.opened())
    assert found is not None
    assert (found.kind, found.office, found.content["reasons"]) == ("not_accepted", FIRST, "不归这里管")


def test_answers_that_are_not_what_their_correction_commits_to_are_not_shown(desk: Desk) -> None:
    desk.step("returned", NOTICE)
    desk.correct()
    followed = desk.opened()
    # Whoever held intake's signing key could write such an event: the data key is what the commitment needs besides.
    head = followed.head
    place = Place(head.reference, head.form_version, "corrected-5", 5)
    item = seal(followed.data_key, canonical({"answers": {"rooms": 9}}), place, secrets.token_bytes)
    desk.step("returned", NOTICE)
    head = desk.opened().head
    forged = next_event(
        desk.counter.desk.keys.signer,
        head,
        event_id=mint_event_id(secrets.token_bytes),
        kind="corrected",
        at=desk.counter.desk.now(),
        commitment="guessed",
        sealed={"corrected-5": item.digest},
    )
    head = follow_events(head.next(events=(*head.events, forged), sealed=head.sealed | {"corrected-5": item.digest}))
    desk.counter.store.commit(head, [item], expected_revision=4)
    with pytest.raises(Tampered, match="who had no access code"):
        current_answers(desk.counter.desk, Followed(head, followed.data_key))
    with pytest.raises(Tampered, match=r"event 5: .*who had no access code"):
        desk.opened()


def test_an_older_correction_is_held_to_its_code_too(desk: Desk) -> None:
    """A sound one after it makes nobody overlook what was written between."""
    desk.step("returned", NOTICE)
    desk.correct()
    desk.step("returned", NOTICE)
    head, data_key = desk.opened().head, desk.opened().data_key
    place = Place(head.reference, head.form_version, "corrected-5", 5)
    item = seal(data_key, canonical({"answers": BETTER, "changes": []}), place, secrets.token_bytes)
    forged = next_event(desk.counter.desk.keys.signer, head, event_id=mint_event_id(secrets.token_bytes),
                        kind="corrected", at=desk.counter.desk.now(), commitment="x",
                        sealed={"corrected-5": item.digest})  # fmt: skip
    head = follow_events(head.next(events=(*head.events, forged), sealed=head.sealed | {"corrected-5": item.digest}))
    desk.counter.store.commit(head, [item], expected_revision=4)
    returned = next_event(desk.office, head, event_id=mint_event_id(secrets.token_bytes), kind="returned",
                          at=desk.counter.desk.now(), commitment="", sealed={"returned-6": item.digest})  # fmt: skip
    head = follow_events(head.next(events=(*head.events, returned), sealed=head.sealed | {"returned-6": item.digest}))
    desk.counter.store.commit(head, [], expected_revision=5)
    desk.correct(followed=Followed(head, data_key))
    with pytest.raises(Tampered, match=r"event 5: .*who had no access code"):
        desk.opened()


@pytest.mark.parametrize("content", [[], {}, {"fields": [1], "papers": [], "justification": ""}])
def test_a_notice_nobody_can_read_says_so(desk: Desk, content: Any) -> None:
    desk.step("returned", content)
    with pytest.raises(Tampered):
        asked_for(desk.counter.desk, desk.opened())
