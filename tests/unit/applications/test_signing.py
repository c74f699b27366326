"""A token has exactly one spelling: any changed byte is refused."""

from __future__ import annotations

import base64
import json
import string
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from doorstep.applications import encoding
from doorstep.applications.canonical import canonical
from doorstep.applications.errors import ReceiptRefused, TokenRefused
from doorstep.applications.receipt import verify_receipt
from doorstep.applications.signing import PublicKeys, Signer, peek
from tests.unit.applications.conftest import Counter

SIGNER = Signer("intake", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
KEYS = PublicKeys([("intake", SIGNER.public)])
PAYLOAD = {"b": "城市", "a": 1}
TOKEN = SIGNER.sign(PAYLOAD)


def refused(token: str) -> str:
    with pytest.raises(TokenRefused) as error:
        KEYS.verify(token)
    return error.value.reason


def signed_by_hand(header: bytes, payload: bytes) -> str:
    """What a careless JWS library would accept: a good signature over any header and any payload."""
    signed = f"{encoding.encode(header)}.{encoding.encode(payload)}"
    signature = Ed25519PrivateKey.from_private_bytes(bytes(range(32))).sign(signed.encode())
    return f"{signed}.{encoding.encode(signature)}"


def test_a_token_verifies_and_reads_without_keys() -> None:
    assert KEYS.verify(TOKEN) == (PAYLOAD, "intake")
    assert peek(TOKEN) == PAYLOAD


def test_every_changed_byte_of_a_receipt_is_refused(counter: Counter) -> None:
    receipt = counter.submit(counter.key()).receipt
    keys = counter.desk.keys.public_keys
    for place in range(len(receipt)):
        for bit in (0x01, 0x20, 0x80):
            other = chr(ord(receipt[place]) ^ bit)
            with pytest.raises(ReceiptRefused):
                verify_receipt(receipt[:place] + other + receipt[place + 1 :], keys)
        with pytest.raises(ReceiptRefused):
            verify_receipt(receipt[:place] + receipt[place + 1 :], keys)
        with pytest.raises(ReceiptRefused):
            verify_receipt(receipt[:place] + "A" + receipt[place:], keys)
    verify_receipt(receipt, keys)


def test_no_other_spelling_of_the_last_letters_is_accepted() -> None:
    for part in range(3):
        parts = TOKEN.split(".")
        for letter in string.ascii_letters + string.digits + "-_+/":
            if letter != TOKEN.split(".")[part][-1]:
                parts[part] = TOKEN.split(".")[part][:-1] + letter
                refused(".".join(parts))


@pytest.mark.parametrize("around", ["{} ", " {}", "{}\n", "{}=", "{}==", "{}.", ".{}", "\ufeff{}", "{}\0"])
def test_nothing_around_a_token_is_tolerated(around: str) -> None:
    refused(around.format(TOKEN))


@pytest.mark.parametrize("token", ["", ".", "..", "...", "a.b.c", "é.é.é", "x" * 10000, "\ud800.a.b"])
def test_what_is_no_token_is_refused(token: str) -> None:
    assert refused(token) in {"unreadable", "unknown-key"}


def test_other_headers_are_refused_even_when_signed() -> None:
    kid = SIGNER.kid
    good = {"alg": "EdDSA", "kid": kid, "typ": "doorstep-event"}
    for header in [
        good | {"alg": "none"},
        good | {"alg": "HS256"},
        good | {"kid": "intake-other"},
        good | {"crit": ["x"]},
        {"alg": "EdDSA", "kid": kid},
    ]:
        assert refused(signed_by_hand(canonical(header), canonical(PAYLOAD))) == "unknown-key"
    assert refused(signed_by_hand(json.dumps(good).encode(), canonical(PAYLOAD))) == "unknown-key"
    unsigned = f"{encoding.encode(canonical(good | {'alg': 'none'}))}.{TOKEN.split('.')[1]}."
    refused(unsigned)
    refused(f"{TOKEN.rpartition('.')[0]}.")


@pytest.mark.parametrize(
    "payload",
    [
        b'{"b":"x","a":1}',
        b'{"a": 1}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":NaN}',
        b'{"a":"\\u57ce"}',
        b"[1]",
        b"null",
        b"",
        b"\xff",
        b"[" * 3000,
        b'{"a":' + b"9" * 5000 + b"}",
    ],
)
def test_only_canonical_payloads_count_even_when_signed(payload: bytes) -> None:
    header = base64.urlsafe_b64decode(TOKEN.split(".")[0] + "==")
    assert refused(signed_by_hand(header, payload)) == "changed"


def test_another_key_under_a_known_kid_is_refused() -> None:
    other = Signer("intake", Ed25519PrivateKey.generate())
    assert refused(other.sign(PAYLOAD)) == "unknown-key"
    assert refused(f"{TOKEN.rpartition('.')[0]}.{other.sign(PAYLOAD).rpartition('.')[2]}") == "changed"


def test_public_keys_are_published_as_a_jwk_set() -> None:
    office = Signer("office", Ed25519PrivateKey.generate())
    keys = PublicKeys([("intake", SIGNER.public), ("office", office.public)])
    listed = json.loads(json.dumps(keys.jwk_set()))
    assert {key["kty"] for key in listed["keys"]} == {"OKP"}
    assert "d" not in listed["keys"][0]
    read = PublicKeys.from_jwk_set(listed)
    assert read.verify(office.sign(PAYLOAD)).role == "office"
    assert SIGNER.kid in read


def test_a_jwk_set_that_lies_about_a_role_is_refused() -> None:
    listed = KEYS.jwk_set()
    listed["keys"][0]["kid"] = listed["keys"][0]["kid"].replace("intake", "office")
    PublicKeys.from_jwk_set(listed)  # a role is what the publisher says it is …
    with pytest.raises(TokenRefused):
        PublicKeys.from_jwk_set(listed).verify(TOKEN)  # … and tokens of another role do not verify
    bad_sets: list[Any] = [None, [], {}, {"keys": [{}]}, {"keys": [listed["keys"][0] | {"x": "AA"}]}, {"keys": [None]}]
    for bad in bad_sets:
        with pytest.raises(ValueError, match="JWK Set"):
            PublicKeys.from_jwk_set(bad)
    with pytest.raises(ValueError, match="kid"):
        PublicKeys.from_jwk_set({"keys": [listed["keys"][0] | {"kid": "intake-something"}]})


def test_only_a_first_event_is_a_receipt() -> None:
    with pytest.raises(ReceiptRefused) as error:
        verify_receipt(TOKEN, KEYS)
    assert error.value.reason == "not-a-receipt"


def test_a_filer_is_named_by_a_text_or_not_at_all() -> None:
    names = ("reference", "service", "form", "form_version", "at", "filed_by", "commitment")
    event = dict.fromkeys(names, "x") | {"v": 1, "type": "received"}
    assert verify_receipt(SIGNER.sign(event), KEYS).filer is None
    assert verify_receipt(SIGNER.sign(event | {"filer": "s-0123"}), KEYS).filer == "s-0123"
    with pytest.raises(ReceiptRefused):
        verify_receipt(SIGNER.sign(event | {"filer": 1}), KEYS)
