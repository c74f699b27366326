from __future__ import annotations

import datetime as dt
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.applications import encoding
from doorstep.counter.oidc_login import ATTEMPT_LIFETIME, Attempt, begin_attempt, read_attempt
from tests.unit.counter.conftest import NOON, chance


def begun(going: str = "/", seed: int = 0) -> Attempt:
    return begin_attempt(going, now=NOON, random=chance(seed).randbytes)


@given(st.text(max_size=50), st.integers(0, 9))
def test_the_cookie_brings_the_attempt_back(going: str, seed: int) -> None:
    attempt = begun(going, seed)
    assert read_attempt(attempt.cookie(), attempt.state, now=NOON) == attempt


def test_state_nonce_and_verifier_are_of_one_secret_and_tell_nothing_of_each_other() -> None:
    attempt = begun()
    parts = {attempt.secret, attempt.state, attempt.nonce, attempt.verifier, attempt.challenge}
    assert len(parts) == 5
    assert {len(part) for part in parts} == {43}
    assert attempt.challenge == encoding.encode(sha256(attempt.verifier.encode()).digest())


def test_another_browsers_state_does_not_fit() -> None:
    mine, theirs = begun(seed=1), begun(seed=2)
    assert read_attempt(mine.cookie(), theirs.state, now=NOON) is None
    assert read_attempt(mine.cookie(), "", now=NOON) is None
    assert read_attempt("", "", now=NOON) is None


def test_nothing_in_the_cookie_can_be_changed() -> None:
    attempt = begun("/queue")
    for changed in (attempt._replace(going="/elsewhere"), attempt._replace(began_at="2026-11-23T05:00:00Z")):
        assert read_attempt(changed.cookie(), attempt.state, now=NOON) is None


def test_an_attempt_is_short() -> None:
    attempt = begun()
    late = NOON + ATTEMPT_LIFETIME
    assert read_attempt(attempt.cookie(), attempt.state, now=late - dt.timedelta(seconds=1))
    assert read_attempt(attempt.cookie(), attempt.state, now=late) is None
    assert read_attempt(attempt.cookie(), attempt.state, now=NOON - dt.timedelta(minutes=2)) is None


@given(st.text(max_size=80))
def test_nonsense_is_no_attempt(text: str) -> None:
    assert read_attempt(text, text, now=NOON) is None


@pytest.mark.parametrize("cookie", ["..", "a.b.c", "A" * 43 + "..", "A" * 43 + ".AA.AA", "é.é.é"])
def test_half_an_attempt_is_none(cookie: str) -> None:
    assert read_attempt(cookie, "x", now=NOON) is None
