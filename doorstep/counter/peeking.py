"""Looking without opening: what head and signed events say of an application. No key is used, nothing is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from doorstep.applications.clock import Clock, clock
from doorstep.applications.errors import NotFound
from doorstep.applications.follow import hold_to_its_events
from doorstep.applications.head import Head
from doorstep.applications.journal import events
from doorstep.applications.reference import read_reference
from doorstep.applications.standing import Standing, standing
from doorstep.counter.counter import Counter
from doorstep.counter.errors import NotYours
from doorstep.counter.staff import Staff

AUDITOR = "auditor"


class Peeked(NamedTuple):
    """`events` are the payloads of the signed events, oldest first, all verified; `service` what the guide says."""

    head: Head
    standing: Standing
    events: tuple[Mapping[str, Any], ...]
    service: Mapping[str, Any]
    clock: Clock

    @property
    def offices(self) -> frozenset[str]:
        """Every office it has stood with: at their counters its resident may ask."""
        return frozenset(str(event["office"]) for event in self.events if "office" in event)

    def held_at(self, kind: str) -> str:
        """The office that took the last step of this kind; "" where there was none."""
        numbers = [number for number, event in enumerate(self.events) if event["type"] == kind]
        return standing(self.events[: numbers[-1]]).office if numbers and numbers[-1] else ""


def peek_application(counter: Counter, staff: Staff, reference: str) -> Peeked:
    """An application as far as it is known without its answers, for an auditor and for every office it has stood with:
    a resident asks where they applied.

    Raises NotFound (Mistyped), NotYours, Tampered or StoreUnavailable.
    """
    peeked = look_at(counter, verified_head(counter, reference))
    if staff.role != AUDITOR and staff.office not in peeked.offices:
        raise NotYours(peeked.head.reference)
    return peeked


def verified_head(counter: Counter, reference: str) -> Head:
    """The newest head, held to its signed events. Raises NotFound, Tampered or StoreUnavailable."""
    asked = read_reference(reference)
    head = counter.desk.head(asked)
    if head is None:
        raise NotFound("no application has this reference")
    hold_to_its_events(counter.desk, head, asked)
    return head


def look_at(counter: Counter, head: Head) -> Peeked:
    """What is known of this verified head."""
    said = tuple(events(head))
    service = counter.service(head.service)
    return Peeked(head, standing(said), said, service, clock(service, said, counter.calendar))
