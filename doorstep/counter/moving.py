"""Moving on: to the next stage and its office, to the office that should accept it, or to a later day."""

from __future__ import annotations

from typing import Any

from doorstep.applications.head import Head
from doorstep.counter.counter import Counter
from doorstep.counter.extensions import still_extendable
from doorstep.counter.opening import Opened
from doorstep.counter.stages import assignable, next_stage, office_at
from doorstep.counter.taking import Taking, Writing, take
from doorstep.counter.texts import Faults, cleaned


def advance(counter: Counter, taking: Taking, *, stage: str) -> Head:
    """Go on to the next stage, whose id the page says; its office takes over. Raises what `take` raises.

    Nothing is sealed. Faults' `where`: `stage` (another one is next).
    """

    def write(opened: Opened) -> Writing:
        service, faults = opened.peeked.service, Faults()
        following = next_stage(service, opened.standing)
        if following is None or following["id"] != stage:
            faults.add("stage", "stage")
        faults.stop()
        assert following is not None
        office = office_at(counter, service, following["office"], accepted_by(opened), opened.head)
        return Writing({"stage": stage, "office": office})

    return take(counter, taking, "advance", {"stage": stage}, write).head


def extend(counter: Counter, taking: Taking, *, limit: str, reason: str) -> Head:
    """Extend one of the service's limits to the most the law allows, once. Raises what `take` raises.

    Sealed as `extended-<revision>`: {"limit", "days" (the new total), "basis", "reason"}. Faults' `where`: `limit`,
    `reason`.
    """
    said = {"limit": limit, "reason": cleaned(reason)}

    def write(opened: Opened) -> Writing:
        faults = Faults()
        peeked = opened.peeked
        left = still_extendable(peeked.service, opened.events, peeked.clock, counter.today())
        known = next((one for one in left if one["id"] == limit), None)
        if known is None:
            faults.add("limit", "limit")
        faults.text("reason", said["reason"], missing="reason")
        faults.stop()
        assert known is not None
        facts = {"limit": limit, "days": known["at_most"]}
        sealed: dict[str, Any] = said | facts | {"basis": known["basis"]}
        return Writing(facts, sealed)

    return take(counter, taking, "extend", said, write).head


def assign(counter: Counter, taking: Taking, *, office: str, reason: str) -> Head:
    """Hand it to another office of the kind that accepts it, before acceptance: the community was unknown, or another.

    Raises what `take` raises. Sealed as `assigned-<revision>`: {"office", "reason"}. Faults' `where`: `office` (an id;
    `stages.assignable` lists them), `reason`.
    """
    said = {"office": office, "reason": cleaned(reason)}

    def write(opened: Opened) -> Writing:
        faults = Faults()
        if office not in {one.id for one in assignable(counter, opened.peeked.service, opened.standing)}:
            faults.add("office", "office")
        faults.text("reason", said["reason"], missing="reason")
        faults.stop()
        return Writing({"office": office}, said)

    return take(counter, taking, "assign", said, write).head


def accepted_by(opened: Opened) -> str:
    """The office that accepted it: the one that held it when that was written."""
    return opened.peeked.held_at("accepted")
