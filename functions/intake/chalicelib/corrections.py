"""The steps of a correction that pages and programs share: what is asked, what was answered, and storing it once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from chalicelib.composition import House
from doorstep.applications.correct import correct
from doorstep.applications.errors import NotReturned
from doorstep.applications.follow import Followed
from doorstep.applications.head import Head
from doorstep.applications.journal import find_event
from doorstep.applications.reading import CORRECTED, RETURNED, AskedFor, asked_for, current_answers
from doorstep.forms import correcting
from doorstep.forms.changes import changes
from doorstep.forms.correcting import Corrected
from doorstep.forms.fields import Form
from doorstep.forms.taken_out import phones_of, routing_of


class Request(NamedTuple):
    """What the office asks for, of the answers as they stood then; `event_id` is the correction's, or empty."""

    form: Form
    stored: dict[str, Any]
    asked: AskedFor
    event_id: str


def requested(house: House, followed: Followed, event_id: str = "") -> Request:
    """The notice that waits for this resident. A correction that this event id has stored already is asked for as it
    was then, so that the same post means the same again.

    Raises NotReturned, Tampered or StoreUnavailable.
    """
    head = followed.head
    taken = find_event(head, event_id) if event_id else None
    again = taken is not None and taken.get("type") == CORRECTED
    asked = asked_for(house.desk, followed, before=event_id if again else "")
    if asked is None or (head.status != RETURNED and not again):
        raise NotReturned(head.status)
    stored = current_answers(house.desk, followed, before=event_id if again else "")
    return Request(form_of(house, head), stored, asked, event_id)


def answered(house: House, request: Request, posted: Any, *, shown: Collection[str] = ()) -> Corrected:
    """The whole with these answers, checked; `shown` are the pointers that stood on the page they come from."""
    check = house.checker(request.form).check
    return correcting.correct(request.form, check, request.stored, request.asked.reasons, posted, shown=shown)


def store(
    house: House, followed: Followed, request: Request, corrected: Corrected, *, files: Sequence[str] = ()
) -> Head:
    """Store it once, with the names of the files that came with it; raises what `applications.correct` raises."""
    form, instance = request.form, corrected.instance
    phones = phones_of(form, instance)
    return correct(
        house.desk,
        followed,
        instance=instance,
        changes=changes(form, request.stored, instance),
        routing=routing_of(form, instance),
        phones=phones if phones != phones_of(form, request.stored) else None,
        event_id=request.event_id,
        files=files,
    )


def form_of(house: House, head: Head) -> Form:
    """The form in the version it was filled in, archived or not."""
    form = house.library.find(head.form, head.form_version)
    if form is None:
        raise LookupError("the archive lacks a form version that was accepted")
    return form
