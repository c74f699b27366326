"""A staff member's step at its barest: what every one of the counter's use cases comes down to."""

from __future__ import annotations

from doorstep.applications.canonical import canonical
from doorstep.applications.desk import Desk
from doorstep.applications.errors import NotFound, NotOpen
from doorstep.applications.follow import hold_to_its_events
from doorstep.applications.head import Head
from doorstep.applications.journal import follow_events, next_event
from doorstep.applications.office_keys import OfficeKeys
from doorstep.applications.sealing import Place, seal
from doorstep.applications.status import EVENTS
from doorstep.applications.step import Change, step_commitment, take_step


def take_office_step(desk: Desk, reference: str, kind: str, event_id: str) -> Head:
    """The head that holds this step. Raises NotFound, NotOpen (another step came first) and what `take_step` raises."""
    keys = desk.keys
    assert isinstance(keys, OfficeKeys)
    read = desk.head(reference)
    if read is None:
        raise NotFound("no application has this reference")
    data_key = keys.opens.unwrap(read.wraps["office"])
    content = {"reason": "看过了"}
    commitment = step_commitment(data_key, kind, content)

    def change(head: Head | None) -> Change:
        assert head is not None
        hold_to_its_events(desk, head, reference)
        if head.status not in EVENTS[kind].taken_from:
            raise NotOpen(head.status)
        purpose = f"{kind}-{head.revision + 1}"
        item = seal(
            data_key, canonical(content), Place(reference, head.form_version, purpose, head.revision + 1), desk.random
        )
        sealed = {purpose: item.digest}
        event = next_event(
            keys.signer,
            head,
            event_id=event_id,
            kind=kind,
            at=desk.now(),
            commitment=commitment,
            sealed=sealed,
            staff="s-one",
        )
        return Change(follow_events(head.next(events=(*head.events, event), sealed=head.sealed | sealed)), (item,))

    return take_step(
        desk.store, read, reference=reference, event_id=event_id, kind=kind, commitment=commitment, change=change
    )
