"""Ways an application ends without a decision on what it asks for."""

from __future__ import annotations

from doorstep.applications.head import Head
from doorstep.counter.counter import Counter
from doorstep.counter.opening import Opened
from doorstep.counter.remedies import way_to_object
from doorstep.counter.taking import Taking, Writing, take
from doorstep.counter.texts import Faults, cleaned


def transfer(counter: Counter, taking: Taking, *, authority: str, reason: str) -> Head:
    """Pass it to the authority that is competent, named in words: it leaves our offices. Raises what `take` raises.

    Sealed as `transferred-<revision>`: {"authority", "reason", "objection": [{"title", "text"}]}. Faults' `where`:
    `authority`, `reason`.
    """
    return _close(counter, taking, "transfer", {"authority": cleaned(authority), "reason": cleaned(reason)})


def not_accept(counter: Counter, taking: Taking, *, reasons: str) -> Head:
    """Refuse to accept it; only where the service says how to object. Raises what `take` raises.

    Sealed as `not_accepted-<revision>`: {"reasons", "objection": [{"title", "text"}]}. Faults' `where`: `reasons`.
    """
    return _close(counter, taking, "not-accept", {"reasons": cleaned(reasons)})


def end(counter: Counter, taking: Taking, *, reasons: str) -> Head:
    """Stop handling it; only where the service says how to object. Raises what `take` raises.

    Sealed as `ended-<revision>`: {"reasons", "objection": [{"title", "text"}]}. Faults' `where`: `reasons`.
    """
    return _close(counter, taking, "end", {"reasons": cleaned(reasons)})


def _close(counter: Counter, taking: Taking, name: str, said: dict[str, str]) -> Head:
    def write(opened: Opened) -> Writing:
        faults = Faults()
        for where, text in said.items():
            faults.text(where, text, missing="authority" if where == "authority" else "reason")
        faults.stop()
        return Writing(sealed=said | {"objection": way_to_object(opened.peeked.service)})

    return take(counter, taking, name, said, write).head
