"""Deciding: by a decider who did not file it, at the last stage's office, and never without a way to object."""

from __future__ import annotations

from doorstep.applications.head import Head
from doorstep.counter.counter import Counter
from doorstep.counter.opening import Opened
from doorstep.counter.remedies import way_to_object
from doorstep.counter.taking import Taking, Writing, take
from doorstep.counter.texts import Faults, cleaned


def approve(counter: Counter, taking: Taking, *, text: str) -> Head:
    """Grant what was asked for; `text` says what exactly. Raises what `take` raises.

    Sealed as `approved-<revision>`: {"text", "objection": [{"title", "text"}]}. Faults' `where`: `text`.
    """
    return _decide(counter, taking, "approve", ("text", cleaned(text)))


def refuse(counter: Counter, taking: Taking, *, reasons: str) -> Head:
    """Refuse it for these reasons; NotPossible where the service has no appeal. Raises what `take` raises.

    Sealed as `refused-<revision>`: {"reasons", "objection": [{"title", "text"}]}. Faults' `where`: `reasons`.
    """
    return _decide(counter, taking, "refuse", ("reasons", cleaned(reasons)))


def _decide(counter: Counter, taking: Taking, name: str, written: tuple[str, str]) -> Head:
    where, text = written

    def write(opened: Opened) -> Writing:
        faults = Faults()
        faults.text(where, text, missing="text" if name == "approve" else "reason")
        faults.stop()
        return Writing(sealed={where: text, "objection": way_to_object(opened.peeked.service)})

    return take(counter, taking, name, {where: text}, write).head
