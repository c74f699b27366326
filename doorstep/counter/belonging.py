"""Whether an application is where its answers send it: what stands unsealed beside them may not say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from doorstep.applications.contact import open_contact
from doorstep.applications.errors import Tampered
from doorstep.applications.offices import FALLBACK
from doorstep.applications.queues import UNKNOWN_PLACE, routed_to
from doorstep.counter.counter import Counter
from doorstep.counter.peeking import Peeked
from doorstep.forms.form import Form
from doorstep.forms.taken_out import phones_of, routing_of


def hold_to_its_answers(
    counter: Counter, peeked: Peeked, form: Form, original: Mapping[str, Any], instance: Mapping[str, Any]
) -> None:
    """Raises Tampered when routing, first office or phone numbers are not what the answers say.

    The routing is unsigned, and the first office and the numbers are written by intake: one that was taken over could
    send an application to an office that has no business with it, or let somebody else be called.
    """
    head, problems = peeked.head, []
    if form.service != head.service:
        problems.append("its form belongs to another service")
    if head.routing != routing_of(form, instance):
        problems.append("the routing is not what its answers say")
    if not _serves(str(peeked.events[0].get("office")), routed_to(routing_of(form, original))):
        problems.append("it was sent to another office than its answers lead to")
    given, sealed = phones_of(form, instance), open_contact(counter.keys.reads_numbers, head)
    if not sealed.items() <= given.items() or bool(sealed) != bool(given):  # those beyond a wrap's size are left out
        problems.append("the sealed phone numbers are not those of its answers")
    if problems:
        raise Tampered(head.reference, "; ".join(problems))


def _serves(office: str, place: str) -> bool:
    """Whether this office's division holds the community: not whether today's guide would send it there, for guides
    change while applications are under way.
    """
    kind, _, code = office.rpartition("-")
    return kind == FALLBACK if place == UNKNOWN_PLACE else bool(code) and place.startswith(code)
