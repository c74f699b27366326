"""The one mechanism of every step: one conditional write on the head, known afterwards by its event id."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from doorstep.applications.errors import AlreadyTaken, EventIdTaken, Tampered
from doorstep.applications.head import DamagedHead, Head, Item
from doorstep.applications.journal import find_event
from doorstep.applications.keys import expand
from doorstep.applications.receipt import commitment_to
from doorstep.applications.store import OutcomeUnknown, RevisionConflict, Store, StoreError, StoreUnavailable

MOST_CONFLICTS = 8
MOST_UNKNOWN = 2
UNCONFIRMED = "the store has not confirmed this step; trying again with the same key or event id is safe"


class Change(NamedTuple):
    """What a step wants written: the next head and the items it names."""

    head: Head
    items: tuple[Item, ...] = ()


def step_commitment(data_key: bytes, kind: str, content: Any) -> str:
    """What a later step's event says of its content (canonical): without the data key nobody can guess it."""
    return commitment_to({"kind": kind, "content": content}, expand(data_key, "step-commitment", 32))


def take_step(
    store: Store,
    head: Head | None,
    *,
    reference: str,
    event_id: str,
    kind: str,
    commitment: str | None,
    change: Callable[[Head | None], Change],
) -> Head:
    """Commit what `change` makes of the newest head, once, and return the head that holds this event.

    `head` is what the caller last read (None: believed not to exist). `change` is called anew for every head met;
    what it raises (not open any more, taken) goes to the caller. An event with this id, kind and commitment in the
    head means that an earlier try succeeded (commitment None: the caller compares). Raises StoreUnavailable (nothing
    of it counts), OutcomeUnknown (it may count: trying again with the same id is safe), EventIdTaken, AlreadyTaken
    (other content has been stored under this id) or Tampered.
    """
    unknown: OutcomeUnknown | None = None
    unknowns = conflicts = 0
    while True:
        if head is not None and _is_taken(head, event_id, kind, commitment):
            return head
        proposed = change(head)
        try:
            store.commit(proposed.head, proposed.items, expected_revision=head.revision if head else 0)
        except RevisionConflict:
            conflicts += 1
        except OutcomeUnknown as error:
            unknown = error
            unknowns += 1
        except StoreError as error:
            raise _said_of_all_tries(error, unknown) from error
        else:
            return proposed.head
        head = _read_again(store, reference)
        if (unknowns >= MOST_UNKNOWN or conflicts >= MOST_CONFLICTS) and not (head and find_event(head, event_id)):
            raise _said_of_all_tries(StoreUnavailable("too many others write this application"), unknown)


def _is_taken(head: Head, event_id: str, kind: str, commitment: str | None) -> bool:
    event = find_event(head, event_id)
    if event is None:
        return False
    if event.get("type") != kind:
        raise EventIdTaken("this event id names a step of another kind")
    if commitment is not None and event.get("commitment") != commitment:
        raise AlreadyTaken(str(event.get("at")))
    return True


def _read_again(store: Store, reference: str) -> Head | None:
    """The only read that decides: consistent, and after the write whose fate is in question.

    After a conflict too something stands there, perhaps this very step: a failed read leaves that open.
    """
    try:
        return store.head(reference)
    except StoreError as error:
        raise OutcomeUnknown(UNCONFIRMED) from error
    except DamagedHead as error:
        raise Tampered(reference, str(error)) from error


def _said_of_all_tries(error: StoreError, unknown: OutcomeUnknown | None) -> StoreError:
    """Once one try's outcome was unknown, a later refusal no longer proves that nothing was stored."""
    if unknown is None:
        return error
    return OutcomeUnknown(UNCONFIRMED)
