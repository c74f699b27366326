"""A store that fails while a step is taken: the page says what is known, keeps all, and pressing again is safe."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import pytest

from doorstep.applications.head import Head, Item
from doorstep.applications.store import OutcomeUnknown, StoreUnavailable
from office.problems import KINDS
from tests.functional.office.hall import Hall, Tab, accepted, opened
from tests.functional.office.people import house_of


class Failing:
    """The store that does not commit. `after`: it does, and says that it does not know; `dies`: and then nothing."""

    def __init__(self, store: Any, *, after: bool, dies: bool) -> None:
        self._store = store
        self._after = after
        self._dies = dies
        self._dead = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def commit(self, head: Head, items: Sequence[Item], *, expected_revision: int) -> None:
        if not self._after:
            raise StoreUnavailable("the disk is full")
        self._store.commit(head, items, expected_revision=expected_revision)
        self._dead = self._dies
        raise OutcomeUnknown("no answer")

    def head(self, reference: str) -> Head | None:
        if self._dead:
            raise StoreUnavailable("gone")
        found: Head | None = self._store.head(reference)
        return found


def failing(hall: Hall, *, after: bool = False, dies: bool = False) -> Any:
    """Put it in; gives the house as it was, to be put back."""
    house = house_of(hall.office)
    counter = house.counter
    desk = counter.desk._replace(store=Failing(counter.desk.store, after=after, dies=dies))
    hall.office.function._house = dataclasses.replace(house, counter=counter._replace(desk=desk))
    return house


def test_a_step_that_was_not_stored_keeps_its_words_and_can_be_pressed_again(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    tab = Tab(clerk).open(f"/applications/{reference}/steps/end")
    sound = failing(hall)
    tab.press("/end", "take", reasons="本人要求停")
    assert (tab.status, KINDS["not-stored"].title in tab.text) == (503, True)
    assert "本人要求停" in str(tab.form("/end").fields)
    hall.office.function._house = sound
    assert tab.press("/end", "take").done == "已经终止办理。"


def test_a_notice_that_was_not_stored_keeps_its_ticks(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    tab = opened(clerk, reference)
    sound = failing(hall)
    tab.press("/return", "take", field="/phone", **{"field-why:/phone": "打不通"})
    assert (tab.status, KINDS["not-stored"].title in tab.text) == (503, True)
    hall.office.function._house = sound
    assert "已经请居民补正" in tab.press("/return", "take").done


def test_an_acceptance_that_was_not_stored_keeps_its_signatures(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    sound = failing(hall)
    tab = accepted(clerk, reference, **{"sign-income-check-2-why": "监护人签的"})
    assert (tab.status, "监护人签的" in str(tab.form("/accept").fields)) == (503, True)
    hall.office.function._house = sound
    assert tab.press("/accept", "take", identity_checked="yes").done == "已经正式受理。"


@pytest.mark.parametrize("typed", [{"outcome": "told"}, {"outcome": "not_reached"}])
def test_a_call_that_was_not_stored(hall: Hall, typed: dict[str, str]) -> None:
    clerk, reference = hall.person(), hall.reference()
    accepted(clerk, reference)
    tab = Tab(clerk).open(f"/calls/{reference}")
    sound = failing(hall)
    tab.press(f"/calls/{reference}", **typed)
    assert (tab.status, KINDS["not-stored"].title in tab.text) == (503, True)
    hall.office.function._house = sound
    assert tab.press(f"/calls/{reference}", **typed).done.startswith("已经记下")


def test_a_step_whose_answer_was_lost_is_found_and_done(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    tab = Tab(clerk).open(f"/applications/{reference}/steps/end")
    failing(hall, after=True)
    assert tab.press("/end", "take", reasons="本人要求停").done == "已经终止办理。"
    assert hall.head(reference).revision == 2


def test_what_nobody_knows_is_never_called_not_stored(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    accepted(clerk, reference)
    tab = Tab(clerk).open(f"/applications/{reference}/steps/end")
    sound = failing(hall, after=True, dies=True)
    tab.press("/end", "take", reasons="本人要求停")
    hall.office.function._house = sound
    assert (tab.status, KINDS["outcome-unknown"].title in tab.text) == (503, True)
    assert "没有存下" not in tab.text
