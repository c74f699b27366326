"""Intake's signing key alone closes nobody's application unseen: what stands in a resident's name took a code."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from hashlib import sha256

import pytest

from doorstep.applications.canonical import canonical
from doorstep.applications.head import Item
from doorstep.applications.journal import follow_events, next_event, purpose_of
from doorstep.applications.sealing import Place, seal
from doorstep.applications.supply import supply
from doorstep.applications.withdraw import withdraw
from doorstep.counter.in_their_name import FORGED, LOST
from tests.unit.counter.telling.city import event_id
from tests.unit.counter.telling.town import Town

KINDS = ("withdrawn", "corrected")


def noise(_town: Town, _kind: str) -> bytes:
    return secrets.token_bytes(300)


def sealed_with_the_data_key(town: Town, kind: str) -> bytes:
    """Somebody kept the data key of the day it was handed in, and commits to something else."""
    head = town.city.head(town.first)
    place = Place(head.reference, head.form_version, purpose_of(kind, head.revision + 1), head.revision + 1)
    content = canonical({"reason": "", "answers": {}, "changes": []})
    return seal(town.city.followed(town.first).data_key, content, place, secrets.token_bytes).content


def forge(town: Town, kind: str, content: bytes, commitment: str) -> None:
    """What intake's key signs and the store takes, without any access code."""
    head = town.city.head(town.first)
    item = Item(sha256(content).hexdigest(), content)
    sealed = {purpose_of(kind, head.revision + 1): item.digest}
    token = next_event(town.city.intake.keys.signer, head, event_id=event_id(), kind=kind, at=town.city.intake.now(),
                       commitment=commitment, sealed=sealed)  # fmt: skip
    forged = follow_events(head.next(events=(*head.events, token), sealed=head.sealed | sealed))
    town.city.store.commit(forged, [item], expected_revision=head.revision)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("make", [noise, sealed_with_the_data_key])
@pytest.mark.parametrize("commitment", ["A" * 43, "不"])
def test_a_forged_step_is_named_and_not_checkpointed(
    town: Town, kind: str, make: Callable[[Town, str], bytes], commitment: str
) -> None:
    forge(town, kind, make(town, kind), commitment)
    readings = town.city.file.readings.tip()
    for findings in (town.findings(), town.checkpoint(), town.checkpoint()):
        assert [(one.record, one.what, one.why) for one in findings] == [
            (f"application {town.first}", "altered", f"event 3: {FORGED}")
        ]
    assert town.first not in town.file(3).read_text()
    assert town.city.file.readings.tip() == readings


def test_honest_steps_are_not_named(town: Town) -> None:
    town.city.correct(town.first)
    assert (town.findings(), town.checkpoint()) == ([], ())
    withdraw(town.city.intake, town.city.followed(town.first), reason="不办了", event_id=event_id())
    assert (town.findings(), town.checkpoint()) == ([], ())
    assert town.first in town.file(4).read_text()


def test_an_account_that_no_code_wrote_is_named_and_an_honest_one_is_not(town: Town) -> None:
    """Whoever signs as intake sends nobody's money elsewhere unseen."""
    for kind in ("accepted", "approved"):
        town.city.step(town.first, kind)
    supply(
        town.city.intake,
        town.city.followed(town.first),
        form="payment-account",
        form_version="0" * 64,
        answers={"card_number": "6200000000000005"},
        event_id=event_id(),
    )
    assert (town.findings(), town.checkpoint()) == ([], ())
    forge(town, "supplied", sealed_with_the_data_key(town, "supplied"), "A" * 43)
    number = town.city.head(town.first).revision
    assert [one.why for one in town.findings()] == [f"event {number}: {FORGED}"]


def test_what_a_resident_wrote_and_was_lost_is_called_lost_and_not_forged(town: Town) -> None:
    corrected = town.city.correct(town.first)
    town.sql("DELETE FROM items WHERE digest = ?", corrected.sealed["corrected-3"])
    assert town.named() == {(f"item corrected-3 of {town.first}", "missing")}
    assert [one.why for one in town.checkpoint()] == [f"event 3: {LOST}"]
