from __future__ import annotations

import hmac
import json
import os
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from doorstep.applications import encoding
from doorstep.applications.canonical import canonical
from doorstep.applications.head import HEAD_LIMIT
from doorstep.applications.journal import events
from doorstep.applications.store import OutcomeUnknown, StoreUnavailable
from doorstep.counter.channels import NotSent
from doorstep.counter.notices import due, mark
from doorstep.counter.outbox import LEASE_SECONDS, MOST_IN_A_ROW, PATIENCE_SECONDS, Run, send_all
from doorstep.stores.message_folder import MessageFolder, open_channel
from doorstep.stores.office_file import OfficeFile
from tests.children import told_by_child
from tests.memory_store import MemoryStore
from tests.unit.counter.telling.city import OTHER, PHONES, STREET, City, event_id


class Phone:
    """A channel that keeps what it sent, and fails when told to."""

    name = "sms"

    def __init__(self) -> None:
        self.sent: list[tuple[dict[str, str], str, str]] = []
        self.failure: BaseException | None = None
        self.tries = 0
        self.before: Callable[[], Any] = lambda: None

    def reaches(self, phones: Mapping[str, str]) -> bool:
        return any(number.startswith("1") for number in phones.values())

    def send(self, phones: Mapping[str, str], message: str, key: str) -> None:
        self.before()
        self.tries += 1
        if self.failure is not None:
            raise self.failure
        self.sent.append((dict(phones), message, key))


@pytest.fixture
def phone() -> Phone:
    return Phone()


def run(city: City, phone: Any) -> Run:
    return send_all(city.counter, phone, city.file.leases)


def test_each_is_told_once_and_the_event_says_by_what(city: City, phone: Phone) -> None:
    first, notice = city.due()
    second, _ = city.due("accepted", office=OTHER)
    assert run(city, phone) == Run(sent=2)
    assert run(city, phone) == Run()
    last = events(city.head(first))[-1]
    assert (last["channel"], last["notice"], last["outcome"], last["by"]) == ("sms", notice, "told", "office")
    assert "staff" not in last
    assert [
        message.count(reference[-6:]) for reference, (_, message, _) in zip([first, second], phone.sent, strict=True)
    ] == [1, 1]
    assert due(city.counter, STREET).entries == ()


def test_a_message_holds_the_end_of_the_reference_and_nothing_of_the_application(city: City, phone: Phone) -> None:
    reference, _ = city.due("refused")
    run(city, phone)
    phones, message, key = phone.sent[0]
    assert phones == PHONES
    assert reference[:14] not in message
    assert reference not in key
    assert "低保" not in message
    assert "没有同意" not in message
    assert "不会打电话、发短信向您要查询码、银行卡号、密码和验证码" in message
    assert "收款账户" not in message


def test_the_message_of_an_approval_says_where_the_account_is_filled_in_and_not_what_it_is_for(
    city: City, phone: Phone
) -> None:
    city.due("approved")
    run(city, phone)
    message = phone.sent[0][1]
    assert "收款账户的，只在网站上填，或者来办事窗口填" in message
    assert "低保" not in message
    assert "同意" not in message


def test_who_cannot_be_reached_this_way_stays_on_the_call_list(city: City, phone: Phone) -> None:
    city.due(phones={"phone": "0990-1234567"})
    city.due(phones={})
    assert run(city, phone) == Run()
    assert [one.unsent for one in due(city.counter, STREET).entries] == [False, False]


def test_what_fails_is_tried_for_a_while_and_then_left_to_the_call_list(city: City, phone: Phone) -> None:
    reference, notice = city.due()
    phone.failure = NotSent("the gateway is closed")
    assert run(city, phone) == Run(failed=1)
    assert city.head(reference).revision == 2
    city.clock.forward(seconds=PATIENCE_SECONDS)
    assert run(city, phone) == Run(given_up=1)
    listed = due(city.counter, STREET).entries[0]
    assert (listed.notice, listed.unsent, listed.misses, listed.visit) == (notice, True, 0, False)
    assert run(city, phone) == Run()
    assert phone.tries == 2
    mark(city.counter, city.clerk, reference, notice=notice, outcome="told", event_id=event_id())
    assert due(city.counter, STREET).entries == ()


def test_a_number_that_does_not_exist_is_not_tried_again(city: City, phone: Phone) -> None:
    city.due()
    phone.failure = NotSent("no such number", for_good=True)
    assert run(city, phone) == Run(given_up=1)
    assert due(city.counter, STREET).entries[0].unsent


def test_a_channel_that_breaks_stops_the_run_and_tells_no_number(
    city: City, phone: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(MOST_IN_A_ROW + 2):
        city.due()
    phone.failure = RuntimeError("13012345678 is not valid")
    assert run(city, phone) == Run(failed=MOST_IN_A_ROW, stopped=True)
    assert "RuntimeError" in caplog.text
    assert "13012345678" not in caplog.text
    phone.failure = None
    assert run(city, phone) == Run(sent=MOST_IN_A_ROW + 2)


def test_two_processes_send_it_once(city: City, phone: Phone) -> None:
    city.due()
    other = Phone()
    phone.before = lambda: run(city, other)
    assert run(city, phone) == Run(sent=1)
    assert other.sent == []


def test_a_colleague_who_called_meanwhile_is_believed(city: City, phone: Phone) -> None:
    reference, notice = city.due()
    phone.before = lambda: mark(city.counter, city.clerk, reference, notice=notice, outcome="told", event_id=event_id())
    assert run(city, phone) == Run()
    assert city.head(reference).revision == 3


def test_whether_a_code_was_replaced_by_its_resident_is_asked_by_people(city: City, phone: Phone) -> None:
    reference, _ = city.due("code_issued")
    assert run(city, phone) == Run(sent=1)  # the acceptance before it
    assert run(city, phone) == Run()
    assert [one.kind for one in due(city.counter, STREET).entries] == ["code_issued"]
    assert city.head(reference).revision == 4


def full(city: City, reference: str) -> None:
    """A head that holds nothing more."""
    store = city.store
    assert isinstance(store, MemoryStore)
    head = city.head(reference)
    empty = head._replace(wraps=head.wraps | {"more": {"wrapped": ""}})
    full = {"wrapped": "x" * (HEAD_LIMIT - len(empty.to_bytes()))}
    store.kept[reference] = head._replace(wraps=head.wraps | {"more": full}).to_bytes()


def test_one_record_that_takes_no_note_stops_nobodys_message_and_is_sent_once(
    city: City, phone: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = [city.due()[0] for _ in range(MOST_IN_A_ROW + 1)]
    for reference in blocked:
        full(city, reference)
    city.due()
    assert run(city, phone) == Run(sent=1, unmarked=MOST_IN_A_ROW + 1)
    assert run(city, phone) == Run(unmarked=MOST_IN_A_ROW + 1)
    assert len(phone.sent) == MOST_IN_A_ROW + 2
    assert "not noted by sms: HeadFull" in caplog.text
    assert not [reference for reference in blocked if reference in caplog.text]


def test_what_was_sent_and_could_not_be_marked_is_marked_without_sending_it_again(city: City, phone: Phone) -> None:
    city.due()
    store = city.store
    assert isinstance(store, MemoryStore)
    phone.before = lambda: store.fail_next("before-commit", StoreUnavailable("down"))
    with pytest.raises(StoreUnavailable):
        run(city, phone)
    phone.before = lambda: None
    assert run(city, phone) == Run(sent=1)
    assert len(phone.sent) == 1
    assert due(city.counter, STREET).entries == ()


def test_nobody_can_tell_beforehand_under_which_id_the_office_notes(city: City, phone: Phone) -> None:
    """An id that followed from what everybody can read could be given to a step of a clerk's own."""
    reference, notice = city.due()
    run(city, phone)
    noted = events(city.head(reference))[-1]["id"]
    said = ["sms", reference, notice, "told"]
    assert noted != encoding.encode(sha256(canonical(["doorstep/outbox", "event", *said])).digest()[:16])
    secret = city.counter.keys.signer.secret("doorstep/outbox")
    assert noted == encoding.encode(hmac.digest(secret, canonical(["event", *said]), sha256)[:16])


class Died(BaseException):
    """The process ended here."""


@pytest.mark.parametrize("point", ["read-head", "before-commit", "before-head", "after-head"])
def test_a_death_at_any_point_of_the_store_loses_no_message(city: City, phone: Phone, point: str) -> None:
    reference, _ = city.due()
    store = city.store
    assert isinstance(store, MemoryStore)
    store.fail_next(point, Died())  # type: ignore[arg-type]
    with pytest.raises(Died):
        run(city, phone)
    run(city, phone)
    assert len({key for _, _, key in phone.sent}) == 1
    assert 1 <= len(phone.sent) <= 2
    assert [event["type"] for event in events(city.head(reference))].count("notified") == 1
    assert due(city.counter, STREET).entries == ()


@pytest.mark.parametrize("failure", [StoreUnavailable("down"), OutcomeUnknown("silent")])
@pytest.mark.parametrize("point", ["before-commit", "after-head"])
def test_a_store_in_trouble_loses_no_message(city: City, phone: Phone, point: str, failure: Exception) -> None:
    reference, _ = city.due()
    store = city.store
    assert isinstance(store, MemoryStore)
    store.fail_next(point, failure)
    try:
        run(city, phone)
    except StoreUnavailable:
        run(city, phone)
    assert phone.sent
    assert [event["type"] for event in events(city.head(reference))].count("notified") == 1


@pytest.mark.parametrize("point", ["written", "in place"])
def test_a_process_killed_while_it_sends_is_followed_by_one_that_sends(city: City, tmp_path: Path, point: str) -> None:
    """A real process dies with its lease; the next run waits for the lease to run out, and nothing is lost."""
    reference, _ = city.due()
    folder = tmp_path / "messages"
    office_path = tmp_path / "office" / "office.sqlite3"

    def die(tell: Callable[[object], None]) -> None:
        def boundary(name: str) -> None:
            if name == point:
                tell(name)
                os._exit(1)

        file = OfficeFile(office_path)
        send_all(city.counter, MessageFolder(folder, boundary), file.leases)

    assert list(told_by_child(die)) == [point]
    channel = MessageFolder(folder)
    assert run(city, channel) == Run()  # the dead one still holds it
    later = OfficeFile(office_path, clock=lambda: city.clock.time.replace(year=2099))
    try:
        assert send_all(city.counter, channel, later.leases) == Run(sent=1)
    finally:
        later.close()
    assert LEASE_SECONDS < 600
    files = list(folder.glob("*.json"))
    assert [json.loads(file.read_text())["phones"] for file in files] == [PHONES]
    assert list(folder.glob(".*")) == []
    assert city.head(reference).revision == 3


def test_a_folder_of_messages_is_its_owners_alone_and_says_when_it_cannot_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "messages"
    MessageFolder(folder).send(PHONES, "话", "key")
    assert (folder.stat().st_mode & 0o777, (folder / "key.json").stat().st_mode & 0o777) == (0o700, 0o600)
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(NotSent, match="cannot be written"):
        MessageFolder(blocked).send(PHONES, "话", "key")


def test_the_setting_names_a_channel_or_none(tmp_path: Path) -> None:
    assert open_channel("") is None
    assert isinstance(open_channel(f"folder:{tmp_path / 'messages'}"), MessageFolder)
    for wrong in ("folder:", "sms:+", "folder", "folder:messages"):
        with pytest.raises(ValueError, match="DOORSTEP_CHANNEL"):
            open_channel(wrong)
