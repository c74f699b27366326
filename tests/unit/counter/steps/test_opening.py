"""Opening: recorded first, only by those it stands with, and nothing of it when anything does not fit."""

from __future__ import annotations

import base64
import json
import secrets
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from doorstep.applications.canonical import canonical
from doorstep.applications.errors import KeyProblem, NotFound, Tampered
from doorstep.applications.follow import follow
from doorstep.applications.head import Head, Item
from doorstep.applications.journal import follow_events, next_event, purpose_of, stand
from doorstep.applications.keys import mint_event_id
from doorstep.applications.office_keys import (
    load_number_reader,
    load_office_keys,
    load_office_signer,
    load_opener,
)
from doorstep.applications.sealing import Place, seal
from doorstep.applications.store import StoreUnavailable
from doorstep.counter.deciding import approve
from doorstep.counter.errors import NotYours, ReasonUnknown
from doorstep.counter.opening import open_application
from doorstep.counter.peeking import peek_application
from tests.unit.counter.world import (
    AUDITOR,
    CITY_CLERK,
    CLERK,
    DECIDER,
    OTHER_CLERK,
    OTHER_STREET,
    STAFF_OF,
    STREET,
    World,
    signed,
)


def test_the_office_reads_what_was_sent_and_the_log_says_who_and_why(world: World) -> None:
    done = world.submit()
    opened = world.open(done.reference)
    assert opened.instance == opened.original
    assert opened.instance["applicant_name"] == "测试人员"
    assert (opened.standing.office, opened.standing.list, opened.form.id) == (STREET, "unread", opened.head.form)
    (entry,) = world.readings.page().entries
    assert (entry.staff, entry.reference, entry.why, entry.what) == (CLERK.id, done.reference, "check", "answers")


def test_nobody_else_reads_and_nothing_is_recorded_of_what_was_not_opened(world: World) -> None:
    reference = world.submit().reference
    for staff in (OTHER_CLERK, DECIDER, AUDITOR, CITY_CLERK):
        with pytest.raises(NotYours):
            world.open(reference, staff)
    with pytest.raises(ReasonUnknown):
        world.open(reference, why="curiosity")
    with pytest.raises(NotFound):
        world.open("0000-0000-0000-0")
    assert world.readings.page().entries == ()


def test_after_the_hand_over_only_the_next_office_reads(world: World) -> None:
    reference = world.submit().reference
    world.to_decide(reference)
    assert world.open(reference, DECIDER, "decision").instance
    with pytest.raises(NotYours):
        world.open(reference, CLERK)


def test_the_reading_stands_before_anything_is_unsealed(world: World) -> None:
    reference = world.submit().reference
    world.store.fail_next("read-item", StoreUnavailable("the disk is gone"))
    with pytest.raises(StoreUnavailable):
        world.open(reference)
    assert len(world.readings.page().entries) == 1


def test_looking_without_opening_uses_no_key_and_leaves_no_entry(world: World) -> None:
    reference = world.submit().reference
    for staff in (CLERK, AUDITOR):
        peeked = peek_application(world.counter, staff, reference)
        assert (peeked.standing.list, peeked.clock.respond_by) == ("unread", None)
        assert peeked.service["title"] == "申请低保"
    with pytest.raises(NotYours):
        peek_application(world.counter, OTHER_CLERK, reference)
    assert world.readings.page().entries == ()


def test_what_is_opened_shows_nothing_of_it_in_a_log(world: World) -> None:
    opened = world.open(world.submit().reference)
    assert "测试" not in repr(opened)
    assert repr(opened.data_key) not in repr(opened)


def test_intakes_keys_open_nothing(world: World) -> None:
    reference = world.submit().reference
    with_intakes = world.counter._replace(desk=world.intake)
    with pytest.raises(KeyProblem):
        open_application(with_intakes, CLERK, reference, "check")


def test_what_intake_keeps_opens_no_step_of_the_office_either(world: World, var_dir: Path, tmp_path: Path) -> None:
    """Its folder and the whole store, and in them no word of what anybody wrote."""
    reference = world.submit().reference
    world.correct_after_return(reference, {"home_address": "金丝雀地址"})
    world.accept(reference, signatures=signed("金丝雀甲", "金丝雀乙", why="金丝雀改名"))
    shutil.copytree(var_dir / "intake", tmp_path / "intake")
    for load in (load_office_keys, load_opener, load_number_reader, load_office_signer):
        with pytest.raises(KeyProblem):
            load(tmp_path)
    kept = [*world.store.kept.values(), *world.store.items.values()]
    tokens = [part for token in world.head(reference).events for part in token.split(".")]
    said = [base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in tokens]
    for word in ("金丝雀", "请再核对一下", "测试人员", "13900000000"):
        assert not [content for content in (*kept, *said) if word.encode() in content]
    assert world.open(reference).instance["home_address"] == "金丝雀地址"


def moved_routing(head: Head) -> Head:
    return head._replace(routing={"registered_community": "650203002001"})


def moved_queue(head: Head) -> Head:
    return head._replace(queue=f"{OTHER_STREET}/unread")


def without_the_office(head: Head) -> Head:
    return head._replace(wraps={name: wrap for name, wrap in head.wraps.items() if name != "office"})


def other_numbers(head: Head) -> Head:
    return head._replace(wraps={name: wrap for name, wrap in head.wraps.items() if name != "notifier"})


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (moved_routing, "routing"),
        (moved_queue, "queue"),
        (without_the_office, "wrap"),
        (other_numbers, "phone numbers"),
        (lambda head: head._replace(events=()), "head"),
        (lambda head: head._replace(status="approved"), "status"),
        (lambda head: head._replace(sealed={}), "answers"),
        (lambda head: head._replace(form_version="0" * 64), "form_version"),
    ],
)
def test_a_head_that_was_altered_is_named_and_not_shown(
    world: World, change: Callable[[Head], Head], named: str
) -> None:
    reference = world.submit().reference
    world.store.kept[reference] = change(world.head(reference)).to_bytes()
    with pytest.raises(Tampered, match=named):
        world.open(reference)


def test_an_intake_that_sends_it_to_a_wrong_office_is_named(world: World) -> None:
    reference = world.submit(office=OTHER_STREET).reference
    with pytest.raises(Tampered, match="another office"):
        world.open(reference, OTHER_CLERK)


def test_a_guide_that_names_another_kind_of_office_today_spoils_no_open_application(world: World) -> None:
    reference = world.submit().reference
    service = world.counter.service("minimum-living-allowance")
    kinds = {"accept": "civil-affairs", "decide": "civil-affairs"}
    changed = {"minimum-living-allowance": {**service, "office_kinds": kinds}}
    opened = open_application(world.counter._replace(services=changed), CLERK, reference, "check")
    assert opened.standing.office == STREET


def test_an_intake_that_routes_by_another_answer_is_named(world: World) -> None:
    reference = world.submit(routing={"registered_community": "650203002001"}, office=OTHER_STREET).reference
    with pytest.raises(Tampered, match="routing") as refused:
        world.open(reference, OTHER_CLERK)
    assert "another office" in refused.value.what


@pytest.mark.parametrize("phones", [{}, {"phone": "13911111111"}, {"phone": "13900000000", "stranger": "110"}])
def test_an_intake_that_seals_other_numbers_is_named(world: World, phones: dict[str, str]) -> None:
    reference = world.submit(phones=phones).reference
    with pytest.raises(Tampered, match="phone numbers"):
        world.open(reference)


def test_an_intake_that_signs_for_other_answers_is_named(world: World) -> None:
    first, second = world.submit().reference, world.submit({"rooms": 3}).reference
    swapped = world.head(first)._replace(sealed=world.head(second).sealed)
    world.store.kept[first] = follow_events(swapped).to_bytes()
    with pytest.raises(Tampered, match="sealed item missing"):
        world.open(first)
    item = world.store.items[second, swapped.sealed["answers"]]
    world.store.items[first, swapped.sealed["answers"]] = item
    with pytest.raises(Tampered, match="does not belong here"):
        world.open(first)


def test_a_form_that_was_never_published_is_named(world: World) -> None:
    reference = world.submit(form_version="0" * 64).reference
    with pytest.raises(Tampered, match="never published"):
        world.open(reference)


def test_corrections_are_read_whole_with_what_they_changed(world: World) -> None:
    reference = world.submit().reference
    world.correct_after_return(reference, {"home_address": "测试小区（演示用）2号"})
    opened = world.open(reference)
    assert opened.original["home_address"] != opened.instance["home_address"] == "测试小区（演示用）2号"
    (correction,) = opened.corrections
    assert [change["pointer"] for change in correction.content["changes"]] == ["/home_address"]
    (notice,) = opened.written
    assert (notice.event["type"], len(notice.content["fields"])) == ("returned", 1)


def test_a_correction_that_was_altered_or_lost_is_named(world: World) -> None:
    reference = world.submit().reference
    head = world.correct_after_return(reference, {"home_address": "测试小区（演示用）2号"})
    digest = head.sealed["corrected-3"]
    kept = world.store.items.pop((reference, digest))
    with pytest.raises(Tampered, match="missing: corrected-3"):
        world.open(reference)
    world.store.items[reference, digest] = kept[:-1] + bytes([kept[-1] ^ 1])
    with pytest.raises(Tampered, match="altered: corrected-3"):
        world.open(reference)


@pytest.mark.parametrize("content", [b"x", None], ids=["no data key", "data key, and no commitment"])
@pytest.mark.parametrize("kind", ["withdrawn", "corrected", "supplied"])
def test_what_intake_writes_in_the_residents_name_takes_an_access_code(
    world: World, kind: str, content: bytes | None
) -> None:
    """Whoever took intake over signs as intake, for any application: neither office nor resident takes its word."""
    done = world.submit()
    if kind == "corrected":
        world.ask(done.reference, "/home_address")
    if kind == "supplied":
        world.to_decide(done.reference)
        approve(world.counter, world.taking(DECIDER, done.reference), text="同意")
    head, purpose = world.head(done.reference), purpose_of(kind, world.head(done.reference).revision + 1)
    place = Place(head.reference, head.form_version, purpose, head.revision + 1)
    data_key = world.counter.keys.opens.unwrap(head.wraps["office"])
    office = STAFF_OF[stand(head).office]
    said = {"reason": ""} if kind != "corrected" else {"answers": world.open(done.reference).instance, "changes": []}
    forged = Item(sha256(content).hexdigest(), content) if content else (
        seal(data_key, canonical(said), place, secrets.token_bytes))  # fmt: skip
    token = next_event(world.intake.keys.signer, head, event_id=mint_event_id(secrets.token_bytes), kind=kind,
                       at="2001-01-01T00:00:00Z", commitment="x", sealed={purpose: forged.digest})  # fmt: skip
    sealed = head.sealed | {purpose: forged.digest}
    after = follow_events(head.next(events=(*head.events, token), sealed=sealed))
    world.store.commit(after, [forged], expected_revision=head.revision)
    said_of_it = "does not belong here" if content else "who had no access code"
    with pytest.raises(Tampered, match=said_of_it):
        world.open(done.reference, office)
    assert done.access_code
    with pytest.raises(Tampered, match=said_of_it):
        follow(world.intake, done.reference, done.access_code)


def test_the_text_of_what_is_wrong_holds_nothing_of_the_application(world: World) -> None:
    reference = world.submit(phones={"phone": "13911111111"}).reference
    with pytest.raises(Tampered) as refused:
        world.open(reference)
    assert "139" not in json.dumps(refused.value.args, ensure_ascii=False).replace(reference, "")
