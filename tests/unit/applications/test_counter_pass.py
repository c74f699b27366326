"""A pass says who sits at the counter, for four hours; no event passes for one, nor one for an event."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from doorstep.applications.counter_pass import issue, read
from doorstep.applications.errors import PassRefused, ReceiptRefused
from doorstep.applications.journal import verify_chain
from doorstep.applications.office_keys import load_office_signer
from doorstep.applications.receipt import verify_receipt
from doorstep.applications.signing import Signer
from tests.unit.applications.conftest import Counter

NOW = dt.datetime(2026, 11, 22, 5, 4, 3, tzinfo=dt.UTC)


@pytest.fixture
def office(var_dir: Path) -> Signer:
    return load_office_signer(var_dir)


@pytest.mark.parametrize(("hours", "valid"), [(0, True), (3.99, True), (4, False), (-0.05, True), (-1, False)])
def test_a_pass_is_valid_for_four_hours(office: Signer, counter: Counter, hours: float, valid: bool) -> None:
    token, keys, then = issue(office, "s-123", NOW), counter.desk.keys.public_keys, NOW + dt.timedelta(hours=hours)
    if valid:
        assert read(token, keys, then) == "s-123"
    else:
        with pytest.raises(PassRefused, match="expired"):
            read(token, keys, then)


def test_no_event_is_a_pass_and_no_pass_an_event(office: Signer, counter: Counter) -> None:
    keys = counter.desk.keys.public_keys
    done = counter.submit(counter.key())
    head = counter.desk.head(done.reference)
    assert head is not None
    with pytest.raises(PassRefused, match="not-a-pass"):
        read(done.receipt, keys, NOW)
    token = issue(office, "s-123", NOW)
    with pytest.raises(ReceiptRefused):
        verify_receipt(token, keys)
    assert verify_chain(head._replace(events=(token,)), keys)
    assert verify_chain(head._replace(events=(*head.events, token), revision=2), keys)


@pytest.mark.parametrize(
    "changes", [{"at": "2026-11-22"}, {"staff": ""}, {"staff": 1}, {"type": "returned"}, {"v": 2}, {"reference": "x"}]
)
def test_what_the_office_signed_is_no_pass_unless_it_is_one(
    office: Signer, counter: Counter, changes: dict[str, Any]
) -> None:
    payload = {"v": 1, "type": "counter-pass", "staff": "s-1", "at": "2026-11-22T05:04:03Z"} | changes
    with pytest.raises(PassRefused):
        read(office.sign(payload), counter.desk.keys.public_keys, NOW)


def test_only_the_office_gives_passes(counter: Counter, office: Signer) -> None:
    keys = counter.desk.keys.public_keys
    with pytest.raises(PassRefused, match="not-a-pass"):
        read(issue(counter.desk.keys.signer, "s-1", NOW), keys, NOW)
    token = issue(office, "s-1", NOW)
    for spoilt in ("", "x", token[:-4] + "AAAA", token.replace(".", "", 1), "字" * 20):
        with pytest.raises(PassRefused):
            read(spoilt, keys, NOW)
