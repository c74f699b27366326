"""Any order of tries, retries, lost answers and refusals: nothing is stored twice, nothing acknowledged is lost."""

from __future__ import annotations

import itertools
import secrets
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from doorstep.applications.errors import AlreadySubmitted, NotOpen
from doorstep.applications.follow import follow, read_answers
from doorstep.applications.head import Head
from doorstep.applications.journal import find_event, verify_chain
from doorstep.applications.keyring import Keys, create_or_load
from doorstep.applications.keys import derive, mint_event_id
from doorstep.applications.store import OutcomeUnknown, StoreUnavailable
from doorstep.applications.withdraw import withdraw
from tests.unit.applications.conftest import Counter

DRAFTS = st.integers(0, 2)
CONTENTS = st.sampled_from([{"rooms": 1}, {"rooms": 2}])
FAULTS = st.lists(
    st.tuples(
        st.sampled_from(["before-commit", "item", "before-head", "after-head", "read-head"]),
        st.sampled_from(["unknown", "down"]),
    ).filter(lambda fault: fault[1] == "unknown" or fault[0] != "after-head"),
    max_size=4,
)


@cache
def keys_for_all_runs() -> Keys:
    folder = Path(tempfile.mkdtemp())
    try:
        return create_or_load(folder / "var")
    finally:
        shutil.rmtree(folder)


class Residents(RuleBasedStateMachine):
    """Three drafts, two contents, two pages to withdraw from; the model is what each resident was told."""

    def __init__(self) -> None:
        super().__init__()
        self.counter = Counter(keys_for_all_runs())
        self.keys = [self.counter.key() for _ in range(3)]
        self.receipts: dict[int, tuple[str, Any]] = {}
        self.withdrawn: dict[int, str] = {}
        self.pages = [[mint_event_id(secrets.token_bytes) for _ in range(2)] for _ in range(3)]

    def _break(self, faults: list[tuple[str, str]]) -> None:
        for point, kind in faults:
            # A read that fails says so; only a write's outcome can be unknown.
            unknown = kind == "unknown" and point != "read-head"
            self.counter.store.fail_next(point, OutcomeUnknown("lost") if unknown else StoreUnavailable("down"))

    def _mend(self) -> None:
        self.counter.store._failures.clear()

    def _stored(self, draft: int) -> Head | None:
        self._mend()
        return self.counter.store.head(derive(self.keys[draft]).reference)

    @rule(draft=DRAFTS, content=CONTENTS, faults=FAULTS, minutes=st.integers(0, 20))
    def submits(self, draft: int, content: Any, faults: list[tuple[str, str]], minutes: int) -> None:
        self.counter.clock.forward(minutes=minutes)
        before = self._stored(draft)
        self._break(faults)
        try:
            done = self.counter.submit(self.keys[draft], content)
        except AlreadySubmitted as refused:
            self._was_refused(draft, content, refused.received_at)
            return
        except StoreUnavailable:
            assert self._stored(draft) == before  # "nothing was stored" is true
            return
        except OutcomeUnknown:
            return
        known = self.receipts.setdefault(draft, (done.receipt, content))
        assert known == (done.receipt, content)
        stored = self._stored(draft)
        assert stored
        assert stored.events[0] == done.receipt

    def _was_refused(self, draft: int, content: Any, received_at: str) -> None:
        stored = self._stored(draft)
        assert stored
        assert received_at == stored.received_at
        if draft in self.receipts:
            assert self.receipts[draft][1] != content

    @precondition(lambda self: self.receipts)
    @rule(draft=DRAFTS, page=st.integers(0, 1), faults=FAULTS)
    def withdraws(self, draft: int, page: int, faults: list[tuple[str, str]]) -> None:
        if draft not in self.receipts:
            return
        self._mend()
        derived, event_id = derive(self.keys[draft]), self.pages[draft][page]
        followed = follow(self.counter.desk, derived.reference, derived.access_code)
        assert read_answers(self.counter.desk, followed)["answers"] == self.receipts[draft][1]
        self._break(faults)
        try:
            head = withdraw(self.counter.desk, followed, reason="", event_id=event_id)
        except NotOpen:
            assert self.withdrawn.get(draft) != event_id
            stored = self._stored(draft)
            assert stored
            assert stored.status == "withdrawn"
            assert find_event(stored, event_id) is None
        except StoreUnavailable:
            stored = self._stored(draft)
            assert stored == followed.head
        except OutcomeUnknown:
            pass
        else:
            assert self.withdrawn.setdefault(draft, event_id) == event_id
            assert find_event(head, event_id)

    @invariant()
    def nothing_acknowledged_is_lost_and_nothing_stands_twice(self) -> None:
        for draft in range(3):
            stored = self._stored(draft)
            if stored is None:
                assert draft not in self.receipts
                continue
            assert verify_chain(stored, keys_for_all_runs().public_keys) == []
            assert stored.revision <= 2
            assert draft not in self.withdrawn or find_event(stored, self.withdrawn[draft])
            assert all((stored.reference, digest) in self.counter.store.items for digest in stored.sealed.values())


Residents.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
TestResidents = Residents.TestCase


BEFORE = [(point, kind) for point in ("before-commit", "item", "before-head") for kind in ("unknown", "down")]
POINTS = [*BEFORE, ("after-head", "unknown"), ("read-head", "down")]


def test_every_pair_of_failures_leaves_one_application_and_one_receipt() -> None:
    for faults in itertools.product([None, *POINTS], repeat=2):
        counter, told = Counter(keys_for_all_runs()), None
        key = counter.key()
        for point, kind in filter(None, faults):
            counter.store.fail_next(point, OutcomeUnknown("lost") if kind == "unknown" else StoreUnavailable("down"))
        with suppress(StoreUnavailable, OutcomeUnknown):
            told = counter.submit(key)
        counter.store._failures.clear()
        again = counter.submit(key)
        assert counter.store.commits == 1, faults
        assert told is None or told.receipt == again.receipt, faults
        with pytest.raises(AlreadySubmitted):
            counter.submit(key, {"other": True})
