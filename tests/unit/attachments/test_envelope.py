"""What waits for the examiner opens for the examiner alone, where it was put, as it was sent."""

from __future__ import annotations

import os
import secrets

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from hypothesis import given, settings
from hypothesis import strategies as st

from doorstep.applications.errors import SealBroken
from doorstep.applications.keys import derive, mint_submission_key
from doorstep.applications.sealing import Unlock
from doorstep.attachments.envelope import disclose, enclose, wrap_for_examiner
from doorstep.attachments.files import Uploaded
from doorstep.attachments.naming import FileKey, file_key
from tests.unit.attachments.conftest import Draft
from tests.unit.attachments.samples import digest_of

CONTENT = b"a bill, as a phone took it"
quickly = settings(max_examples=40, deadline=None)


@pytest.fixture(scope="session")
def another() -> Unlock:
    return Unlock(generate_private_key(65537, 3072), "examiner")


def envelope_of(examiner: Unlock, draft: Draft, file: FileKey, content: bytes = CONTENT) -> bytes:
    return enclose(examiner.lock, draft.reference, file, content, os.urandom)


@given(content=st.binary(max_size=3000))
@quickly
def test_the_examiner_gets_what_was_sent(examiner: Unlock, content: bytes) -> None:
    draft = Draft()
    file = draft.file(content)
    through_intake = Uploaded(envelope_of(examiner, draft, file, content))
    by_ticket = Uploaded(content, wrap_for_examiner(examiner.lock, file))
    for uploaded in (through_intake, by_ticket):
        assert disclose(examiner, draft.reference, file.name, uploaded) == (file, content)


def test_an_envelope_shows_nothing_and_is_never_the_same(examiner: Unlock, draft: Draft) -> None:
    file = draft.file(CONTENT)
    first, second = (envelope_of(examiner, draft, file) for _ in range(2))
    assert first != second
    for secret in (CONTENT, file.key, file.digest.encode()):
        assert secret not in first


def test_nobody_else_opens_it(examiner: Unlock, another: Unlock, draft: Draft) -> None:
    file = draft.file(CONTENT)
    for uploaded in (
        Uploaded(envelope_of(examiner, draft, file)),
        Uploaded(CONTENT, wrap_for_examiner(examiner.lock, file)),
    ):
        with pytest.raises(SealBroken):
            disclose(another, draft.reference, file.name, uploaded)


def test_it_opens_in_no_other_place(examiner: Unlock, draft: Draft) -> None:
    file, other = draft.file(CONTENT), draft.file(b"another file")
    uploaded = Uploaded(envelope_of(examiner, draft, file))
    for reference, name in ((Draft().reference, file.name), (draft.reference, other.name), (draft.reference, "")):
        with pytest.raises(SealBroken):
            disclose(examiner, reference, name, uploaded)


def test_a_wrap_opens_no_other_files_content(examiner: Unlock, draft: Draft) -> None:
    file = draft.file(CONTENT)
    wrap = wrap_for_examiner(examiner.lock, file)
    with pytest.raises(SealBroken, match="not what its digest says"):
        disclose(examiner, draft.reference, file.name, Uploaded(b"something else", wrap))
    with pytest.raises(SealBroken, match="another file's"):
        disclose(examiner, draft.reference, draft.file(b"other").name, Uploaded(CONTENT, wrap))


def test_a_sender_that_encloses_what_its_digest_does_not_say_is_found_out(examiner: Unlock, draft: Draft) -> None:
    file = draft.file(CONTENT)
    with pytest.raises(SealBroken, match="not what its digest says"):
        disclose(examiner, draft.reference, file.name, Uploaded(envelope_of(examiner, draft, file, b"a virus")))


@given(data=st.data())
@quickly
def test_no_bit_of_it_may_change(examiner: Unlock, data: st.DataObject) -> None:
    draft = Draft()
    file = draft.file(CONTENT)
    envelope = bytearray(envelope_of(examiner, draft, file))
    envelope[data.draw(st.integers(0, len(envelope) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealBroken):
        disclose(examiner, draft.reference, file.name, Uploaded(bytes(envelope)))


@given(data=st.data())
@quickly
def test_no_part_of_it_will_do(examiner: Unlock, data: st.DataObject) -> None:
    draft = Draft()
    file = draft.file(CONTENT)
    envelope = envelope_of(examiner, draft, file)
    with pytest.raises(SealBroken):
        disclose(
            examiner, draft.reference, file.name, Uploaded(envelope[: data.draw(st.integers(0, len(envelope) - 1))])
        )


@given(content=st.one_of(st.binary(max_size=400), st.binary(max_size=400).map(lambda rest: b"DSE1" + rest)))
def test_junk_is_refused_without_a_fault(examiner: Unlock, content: bytes) -> None:
    with pytest.raises(SealBroken):
        disclose(examiner, "reference", "name", Uploaded(content))


@pytest.mark.parametrize(
    "wrap",
    [
        *("[]", "7", "null", "{}", "[" * 3000, '{"key":"KID"}', '{"key":7,"wrapped":"x"}'),
        *('{"wrapped":7,"key":"KID"}', '{"wrapped":null,"key":"KID"}', '{"wrapped":"é","key":"KID"}'),
    ],
)
def test_a_wrap_that_is_none_is_refused_without_a_fault(examiner: Unlock, wrap: str) -> None:
    said = wrap.replace("KID", examiner.lock.kid).encode()
    with pytest.raises(SealBroken):
        disclose(examiner, "reference", "name", Uploaded(b"DSE1" + len(said).to_bytes(2) + said + bytes(60)))


def test_the_key_of_another_application_makes_another_file(examiner: Unlock, draft: Draft) -> None:
    """The same paper in two applications: neither's envelope opens as the other's."""
    other = derive(mint_submission_key(secrets.token_bytes))
    mine, theirs = draft.file(CONTENT), file_key(other.files_key, digest_of(CONTENT))
    assert mine.name != theirs.name
    with pytest.raises(SealBroken):
        disclose(examiner, other.reference, theirs.name, Uploaded(envelope_of(examiner, draft, mine)))
