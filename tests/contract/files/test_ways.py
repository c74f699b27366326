"""What happens to a file, the same on every backend."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from doorstep.applications.store import TooLarge
from doorstep.attachments.files import MOST_BYTES, READY, REFUSED, WAITING, Uploaded, Waiting
from doorstep.attachments.statements import STATEMENT_LIMIT
from doorstep.attachments.verdicts import VERDICTS
from tests.contract.files.conftest import OpenPlace, Place
from tests.contract.files.samples import earlier, new_name, new_reference, put, soon


def test_what_was_put_waits_for_the_examiner_alone(place: Place) -> None:
    reference = new_reference()
    file = put(place, reference, content=b"sealed")
    assert (file.reference, place.quarantine.read(file)) == (reference, Uploaded(b"sealed"))
    state = place.files.states(reference)[file.name]
    assert (state.status, state.pages, state.why) == (WAITING, 0, "")
    assert abs(state.arrived_at - datetime.now(UTC)) < timedelta(seconds=30)
    assert place.files.container(reference, file.name) is None


def test_what_is_kept_can_be_read_and_waits_no_more(place: Place) -> None:
    file = put(place, reference := new_reference())
    place.quarantine.keep(file, 12, b"container")
    state = place.files.states(reference)[file.name]
    assert (state.status, state.pages) == (READY, 12)
    assert place.files.container(reference, file.name) == b"container"
    assert place.quarantine.waiting() == ()
    assert place.quarantine.read(file) is None


@pytest.mark.parametrize("why", VERDICTS)
def test_what_is_refused_leaves_its_verdict_and_nothing_else(place: Place, why: str) -> None:
    file = put(place, reference := new_reference())
    place.quarantine.refuse(file, why)
    state = place.files.states(reference)[file.name]
    assert (state.status, state.why) == (REFUSED, why)
    assert place.quarantine.read(file) is None
    assert place.files.container(reference, file.name) is None


def test_everything_is_there_after_opening_again(open_place: OpenPlace) -> None:
    place, reference = open_place(), new_reference()
    place.quarantine.keep(put(place, reference), 1, b"one")
    place.quarantine.refuse(put(place, reference), "foreign")
    put(place, reference)
    assert open_place().files.states(reference) == place.files.states(reference)
    assert len(place.files.states(reference)) == 3


def test_an_application_shows_its_own_files_alone(place: Place) -> None:
    mine, other = new_reference(), new_reference()
    file = put(place, mine)
    put(place, other, file.name)
    place.quarantine.keep(file, 1, b"mine")
    assert place.files.states(other)[file.name].status == WAITING
    assert place.files.container(other, file.name) is None
    assert place.files.states(new_reference()) == {}


def test_the_same_name_again_replaces_what_waits(place: Place) -> None:
    first = put(place, reference := new_reference(), content=b"first")
    again = put(place, reference, first.name, b"second")
    assert place.quarantine.read(again) == Uploaded(b"second")
    assert len(place.quarantine.waiting()) == 1


def test_the_same_name_again_changes_nothing_of_what_is_ready(place: Place) -> None:
    file = put(place, reference := new_reference())
    place.quarantine.keep(file, 2, b"container")
    place.files.put(reference, file.name, b"again")
    assert place.files.states(reference)[file.name][::2] == (READY, 2)
    # Where it is examined once more (a bucket cannot tell), nothing bad may come of it either.
    place.quarantine.refuse(file, "foreign")
    assert place.files.states(reference)[file.name][::2] == (READY, 2)
    assert place.files.container(reference, file.name) == b"container"
    assert place.quarantine.waiting() == ()


def test_the_same_name_again_changes_nothing_of_a_verdict(place: Place) -> None:
    file = put(place, reference := new_reference())
    place.quarantine.refuse(file, "locked")
    place.files.put(reference, file.name, b"again")
    state = place.files.states(reference)[file.name]
    assert (state.status, state.why) == (REFUSED, "locked")


def test_what_was_altered_on_its_way_can_be_sent_again(place: Place) -> None:
    file = put(place, reference := new_reference())
    place.quarantine.refuse(file, "altered")
    again = put(place, reference, file.name, b"as it was meant")
    assert place.files.states(reference)[file.name].status == WAITING
    place.quarantine.keep(again, 1, b"container")
    assert place.files.states(reference)[file.name].status == READY
    place.quarantine.remove(reference, file.name)
    assert place.files.states(reference) == {}


def test_what_is_sent_again_while_altered_bytes_are_looked_at_still_waits(place: Place) -> None:
    """They confirm with it at once: it must not go with the bytes that were spoiled on their way."""
    spoiled = put(place, reference := new_reference())
    time.sleep(1.1)  # a bucket tells times in seconds
    again = put(place, reference, spoiled.name, b"as it was meant")
    place.quarantine.refuse(spoiled, "altered")
    assert place.files.states(reference)[again.name].status == WAITING
    assert place.quarantine.read(again) == Uploaded(b"as it was meant")


def test_keeping_and_refusing_are_safe_to_repeat(place: Place) -> None:
    kept, refused = put(place, reference := new_reference()), put(place, reference)
    for _time in range(2):
        place.quarantine.keep(kept, 3, b"container")
        place.quarantine.refuse(refused, "empty")
    place.quarantine.keep(kept, 4, b"made anew")  # by a newer examiner, that counts otherwise
    place.quarantine.refuse(refused, "foreign")
    states = place.files.states(reference)
    assert (states[kept.name].pages, states[refused.name].why) == (4, "foreign")
    assert place.files.container(reference, kept.name) == b"made anew"
    assert {one.name for one in place.quarantine.resting(soon())} == set(states)


def test_the_longest_waiting_come_first_and_no_more_than_asked_for(place: Place) -> None:
    names = [put(place, new_reference()).name for _ in range(5)]
    waiting = place.quarantine.waiting()
    assert {one.name for one in waiting} == set(names)
    assert [one.arrived_at for one in waiting] == sorted(one.arrived_at for one in waiting)
    assert len(place.quarantine.waiting(3)) == 3


def test_everything_is_found_for_sweeping_with_how_it_stands(place: Place) -> None:
    reference = new_reference()
    ready, refused, waits = put(place, reference), put(place, new_reference()), put(place, reference)
    place.quarantine.keep(ready, 1, b"container")
    place.quarantine.refuse(refused, "locked")
    found = {(one.reference, one.name, one.state.status) for one in place.quarantine.resting(soon())}
    assert found == {
        (reference, ready.name, READY),
        (refused.reference, refused.name, REFUSED),
        (reference, waits.name, WAITING),
    }
    assert list(place.quarantine.resting(earlier())) == []


def test_what_the_examiner_said_of_a_refusal_rests_with_it(place: Place) -> None:
    file = put(place, new_reference())
    assert place.files.refusal(file.reference, file.name) is None
    place.quarantine.refuse(file, "altered", b"its word")
    assert place.files.refusal(file.reference, file.name) == b"its word"
    again = put(place, file.reference, file.name)
    place.quarantine.refuse(again, "foreign", b"x" * (STATEMENT_LIMIT + 1))
    assert place.files.refusal(file.reference, file.name) == b""


def test_nothing_is_left_of_what_is_removed(place: Place) -> None:
    reference = new_reference()
    ready, refused, waits, stays = (put(place, reference) for _ in range(4))
    place.quarantine.keep(ready, 1, b"container")
    place.quarantine.refuse(refused, "locked")
    for file in (ready, refused, waits):
        place.quarantine.remove(reference, file.name)
        place.quarantine.remove(reference, file.name)
    assert list(place.files.states(reference)) == [stays.name]
    assert place.quarantine.read(waits) is None


def test_what_came_in_again_meanwhile_is_not_removed(place: Place) -> None:
    file = put(place, reference := new_reference())
    place.quarantine.remove(reference, file.name, before=earlier())
    assert file.name in place.files.states(reference)
    place.quarantine.remove(reference, file.name, before=soon())
    assert place.files.states(reference) == {}


def test_an_examiner_that_comes_late_to_a_removed_file_finds_nothing(place: Place) -> None:
    file = put(place, new_reference())
    place.quarantine.remove(file.reference, file.name)
    assert place.quarantine.read(file) is None


GOOD, NAME = "ABCD-EFGH-JKMN-P", "kQ2n7-Xo_WcZ4uT9bD1eVA"


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        *(
            (bad, NAME)
            for bad in ("", ".", "..", "../..", "/", GOOD.lower(), f"{GOOD}/x", f"{GOOD}\n", "ABCD-EFGH-JKMN-")
        ),
        *(
            (GOOD, bad)
            for bad in ("", ".", "..", f"../{NAME}", f"{NAME}.1", NAME[1:], f"{NAME}\n", "/" + NAME[1:], "照片")
        ),
    ],
)
def test_no_text_but_a_reference_and_a_name_becomes_part_of_a_path(place: Place, reference: str, name: str) -> None:
    file = Waiting(reference, name, datetime.now(UTC))
    for attempt in (
        lambda: place.files.put(reference, name, b""),
        lambda: place.files.ticket(reference, name, {}, 1),
        lambda: place.files.container(reference, name),
        lambda: place.files.refusal(reference, name),
        lambda: place.quarantine.read(file),
        lambda: place.quarantine.keep(file, 1, b""),
        lambda: place.quarantine.refuse(file, "empty"),
        lambda: place.quarantine.remove(reference, name),
    ):
        with pytest.raises(ValueError, match=r"^not (a reference|the name of a file)$"):
            attempt()


def test_no_listing_of_another_folder(place: Place) -> None:
    with pytest.raises(ValueError, match="not a reference"):
        place.files.states("../..")


@pytest.mark.parametrize("pages", [0, -1, 10_000])
def test_no_number_of_pages_that_cannot_be(place: Place, pages: int) -> None:
    file = put(place, new_reference())
    with pytest.raises(ValueError, match="1 to 9999 pages"):
        place.quarantine.keep(file, pages, b"container")


def test_no_verdict_that_nobody_knows(place: Place) -> None:
    file = put(place, new_reference())
    with pytest.raises(ValueError, match="not a verdict"):
        place.quarantine.refuse(file, "ugly")


def test_an_envelope_too_large_for_any_file_is_not_taken(place: Place) -> None:
    reference = new_reference()
    place.files.put(reference, new_name(), bytes(MOST_BYTES + 1000))
    with pytest.raises(TooLarge):
        place.files.put(reference, new_name(), bytes(MOST_BYTES + 5000))
    assert len(place.files.states(reference)) == 1


def test_a_ping_leaves_no_file(place: Place) -> None:
    place.files.ping()
    assert place.quarantine.waiting() == ()
    assert list(place.quarantine.resting(soon())) == []
