"""What follows from a key today follows from it for ever: references stand on paper in people's drawers."""

from __future__ import annotations

import hmac
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from doorstep.applications import encoding
from doorstep.applications.desk import Desk
from doorstep.applications.errors import KeyProblem, MalformedKey
from doorstep.applications.key_formats import Keys
from doorstep.applications.keys import EXAMPLE_KEY, derive, expand, mint_event_id, mint_submission_key, read_key
from doorstep.applications.receipt import commitment_to, verify_receipt
from doorstep.applications.sealing import Place, unseal, unwrap_for_resident
from doorstep.applications.signing import PublicKeys, Signer
from tests.unit.applications.conftest import ANSWERS, Counter

KEY = encoding.encode(bytes(range(16)))
SIGNER = Signer("intake", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


def rfc5869(secret: bytes, info: bytes, length: int, salt: bytes = b"") -> bytes:
    """HKDF-SHA256 from the RFC's text, for up to 32 bytes."""
    pseudorandom = hmac.digest(salt or bytes(32), secret, sha256)
    return hmac.digest(pseudorandom, info + b"\x01", sha256)[:length]


def test_derivation_is_hkdf_with_our_labels() -> None:
    secret = bytes(range(16))
    for label, length in [("reference", 8), ("access-code", 10), ("commitment", 32), ("event", 16)]:
        assert expand(secret, label, length) == rfc5869(secret, f"doorstep/1/{label}".encode(), length)
    assert expand(secret, "x", 32, salt=b"s") == rfc5869(secret, b"doorstep/1/x", 32, b"s")


def test_what_a_key_gives_never_changes() -> None:
    derived = derive(KEY)
    assert KEY == "AAECAwQFBgcICQoLDA0ODw"
    assert derived.reference == "EB2B-SX69-EYK6-Z"
    assert derived.access_code == "XSHK-GBG2-386W-NR8K"
    assert derived.event_id == "I_ivi78FCnWq3GFeAa281w"
    assert derived.key_hash == sha256(bytes(range(16))).hexdigest()
    assert commitment_to({"b": "城市", "a": [1, True]}, derived.commitment_key) == (
        "_VTrOQpqKNVxcnLk-kziQOcCrDw3ZXwyKCovpfcvtYQ"
    )
    assert SIGNER.kid == "intake-1IG2tMH7J2wbJZnO"
    assert SIGNER.sign({"a": 1}) == (
        "eyJhbGciOiJFZERTQSIsImtpZCI6ImludGFrZS0xSUcydE1IN0oyd2JKWm5PIiwidHlwIjoiZG9vcnN0ZXAtZXZlbnQifQ."
        "eyJhIjoxfQ."
        "EbshV8Y_pe0N3Fa6p9QvFMLPaE-qhZyaNs2In2Ee5LzMQBZW1Muw_xjP3OA48ZOpUJ1Dy1BOD9aQmKoqeWB1Bw"
    )


def test_what_was_sealed_long_ago_still_opens() -> None:
    place = Place("EB2B-SX69-EYK6-Z", "ab" * 32, "answers", 1)
    sealed = "AWRlZmdoaWprbG1ubxsbXrcN1Vfoee1hBBbX8VUX89FzEEJm"
    assert unseal(bytes(32), encoding.decode(sealed), place) == b"content"
    wrapped = "ZGVmZ2hpamtsbW5vNZrcE9YNz8KAFe9ZIFp3YeJZgxRwE0yybUJWu2O7IG8Xmg_TRpkRMDoEaclefeR3"
    assert unwrap_for_resident(wrapped, "XSHK-GBG2-386W-NR8K", "EB2B-SX69-EYK6-Z", "ab" * 32) == bytes(32)


@given(st.binary(min_size=16, max_size=16).filter(lambda content: len(set(content)) > 1))
def test_keys_are_read_as_they_were_minted(content: bytes) -> None:
    key = mint_submission_key(lambda length: content[:length])
    assert (len(key), read_key(key)) == (22, content)
    assert mint_event_id(lambda length: content[:length]) == key


@pytest.mark.parametrize("byte", range(256))
def test_a_buffer_nobody_filled_is_no_key(byte: int) -> None:
    with pytest.raises(MalformedKey, match="random"):
        derive(encoding.encode(bytes([byte]) * 16))


@given(st.text(max_size=30))
def test_no_two_texts_are_one_key(text: str) -> None:
    try:
        content = read_key(text)
    except MalformedKey:
        return
    assert encoding.encode(content) == text


def test_after_a_rotation_old_receipts_verify_and_replay(counter: Counter) -> None:
    key = counter.key()
    before = counter.submit(key)
    old = counter.desk.keys
    new = Signer("intake", Ed25519PrivateKey.generate())
    with pytest.raises(KeyProblem):
        Keys(new, old.sealed_for, old.public_keys)
    keys = Keys(new, old.sealed_for, PublicKeys([("intake", new.public), ("intake", old.signer.public)]))
    counter.desk = Desk(counter.store, keys, counter.clock, counter.desk.random)
    assert counter.submit(key).receipt == before.receipt
    assert verify_receipt(counter.submit(counter.key(), ANSWERS).receipt, keys.public_keys).form


@pytest.mark.parametrize("content", [b"\0" * 16, b"\0" * 15 + b"\1", b"abcde" * 3 + b"a"])
def test_a_key_nobody_drew_at_random_is_refused(content: bytes) -> None:
    with pytest.raises(MalformedKey):
        read_key(encoding.encode(content))


def test_the_key_that_descriptions_show_is_refused() -> None:
    with pytest.raises(MalformedKey):
        read_key(EXAMPLE_KEY)
