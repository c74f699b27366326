"""Forged, foreign and stale tokens prove nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from jwt.warnings import InsecureKeyLengthWarning

from doorstep.counter.id_token import LEEWAY, OLDEST, TokenNotAccepted, UnknownKey, check_id_token
from tests.unit.counter.conftest import NOON
from tests.unit.counter.tokens import CLIENT, ISSUER, KEYS, NONCE, OTHER, PRIVATE, claims, public_jwk, spelled, token


def check(sent: str, *, keys: Any = KEYS, seconds: float = 0) -> str:
    now = NOON + dt.timedelta(seconds=seconds)
    return check_id_token(sent, keys, issuer=ISSUER, client_id=CLIENT, nonce=NONCE, now=now)


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "EdDSA"])
def test_a_right_token_names_its_subject(algorithm: str) -> None:
    assert check(token(algorithm)) == "sub-1"
    assert check(token(algorithm, aud=[CLIENT])) == "sub-1"
    assert check(token(algorithm, aud=[CLIENT, "other"], azp=CLIENT)) == "sub-1"
    assert check(token(algorithm, kid=None)) == "sub-1"  # the provider has one key of this type


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "EdDSA"])
def test_another_key_proves_nothing(algorithm: str) -> None:
    with pytest.raises(TokenNotAccepted, match="InvalidSignature"):
        check(token(algorithm, OTHER[algorithm]))
    with pytest.raises(UnknownKey):
        check(token(algorithm, OTHER[algorithm], kid="key-of-theirs"))


def test_a_key_that_came_with_the_token_is_not_looked_at() -> None:
    own = public_jwk("ES256", OTHER["ES256"])
    for header in ({"jwk": own}, {"jku": "https://elsewhere.test/keys"}, {"x5u": "https://elsewhere.test/cert"}):
        sent = jwt.encode(claims(), OTHER["ES256"], "ES256", headers={"kid": "key-ES256", **header})
        with pytest.raises(TokenNotAccepted):
            check(sent)


@pytest.mark.parametrize("alg", ["none", "None", "NONE", "", None, 5, "HS256", "RS512", "PS256", "ES384"])
def test_no_other_algorithm(alg: Any) -> None:
    with pytest.raises(TokenNotAccepted):
        check(spelled({"alg": alg, "typ": "JWT", "kid": "key-RS256"}, claims()))


@pytest.mark.parametrize("spelling", ["pem", "der", "n"])
def test_a_public_key_is_no_shared_secret(spelling: str) -> None:
    public = PRIVATE["RS256"].public_key()
    secret = {
        "pem": public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "der": public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        "n": KEYS[0]["n"].encode(),
    }[spelling]
    unsigned = spelled({"alg": "HS256", "typ": "JWT", "kid": "key-RS256"}, claims()).rpartition(".")[0]
    made = hmac.new(secret, unsigned.encode(), hashlib.sha256).digest()
    with pytest.raises(TokenNotAccepted, match="algorithm"):
        check(spelled({"alg": "HS256", "typ": "JWT", "kid": "key-RS256"}, claims(), made))


def test_a_key_serves_its_own_algorithm_only() -> None:
    """A token of one algorithm under the key id of another."""
    with pytest.raises(UnknownKey):
        check(token("ES256", kid="key-RS256"))
    with pytest.raises(UnknownKey):
        check(token(), keys=[public_jwk("ES256", PRIVATE["ES256"], use="enc")])
    with pytest.raises(UnknownKey):
        check(token("RS256"), keys=[public_jwk("RS256", PRIVATE["RS256"], alg="RS512")])


def test_a_small_key_is_not_enough() -> None:
    small = generate_private_key(65537, 1024)
    with pytest.warns(InsecureKeyLengthWarning):
        sent = token("RS256", small)
    with pytest.raises(TokenNotAccepted, match="too small"):
        check(sent, keys=[public_jwk("RS256", small)])


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"iss": "https://elsewhere.test"}, "another issuer"),
        ({"iss": ISSUER + "/"}, "another issuer"),
        ({"iss": None}, "another issuer"),
        ({"aud": "other"}, "another client"),
        ({"aud": None}, "another client"),
        ({"aud": []}, "another client"),
        ({"aud": [CLIENT, "other"]}, "given to another"),
        ({"azp": "other"}, "given to another"),
        ({"aud": [CLIENT, "other"], "azp": "other"}, "given to another"),
        ({"nonce": "of another attempt"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"nonce": 5}, "nonce"),
        ({"exp": int(NOON.timestamp()) - LEEWAY}, "expired"),
        ({"exp": None}, "does not say when"),
        ({"exp": "tomorrow"}, "does not say when|cannot be read|DecodeError"),
        ({"exp": True}, "does not say when"),
        ({"exp": float("nan")}, "expired|cannot be read"),
        ({"iat": None}, "does not say when"),
        ({"iat": int(NOON.timestamp()) - OLDEST - LEEWAY}, "not made just now"),
        ({"iat": int(NOON.timestamp()) + LEEWAY}, "not made just now"),
        ({"nbf": int(NOON.timestamp()) + LEEWAY}, "does not count yet"),
        ({"sub": None}, "no subject"),
        ({"sub": ""}, "no subject"),
        ({"sub": 5}, "no subject|form"),
        ({"sub": "x" * 256}, "no subject"),
    ],
)
def test_every_claim_counts(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(TokenNotAccepted, match=told):
        check(spelled_by_provider(changes))


def spelled_by_provider(changes: dict[str, Any]) -> str:
    """Signed as it stands: PyJWT would not write some of it."""
    return jwt.PyJWS().encode(
        json.dumps(claims(**changes)).encode(), PRIVATE["ES256"], "ES256", headers={"kid": "key-ES256"}
    )


def test_critical_extensions_are_not_ignored() -> None:
    sent = jwt.encode(claims(), PRIVATE["ES256"], "ES256", headers={"kid": "key-ES256", "crit": ["b64"], "b64": True})
    with pytest.raises(TokenNotAccepted, match="signature or form"):
        check(sent)


def test_without_a_key_id_one_key_must_be_meant() -> None:
    two = [public_jwk("ES256", PRIVATE["ES256"], kid="a"), public_jwk("ES256", OTHER["ES256"], kid="b")]
    with pytest.raises(UnknownKey):
        check(token(kid=None), keys=two)
    assert check(token(kid="a"), keys=two) == "sub-1"


@given(st.data())
def test_no_changed_token_is_accepted(data: st.DataObject) -> None:
    right = token("EdDSA")
    place = data.draw(st.integers(0, len(right) - 1))
    letter = data.draw(st.sampled_from("ABCabc012-_.é"))
    changed = right[:place] + letter + right[place + 1 :]
    try:
        assert check(changed) == "sub-1"
    except TokenNotAccepted:
        return
    assert changed == right or place == len(right) - 1  # the last letter's spare bits sign nothing


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200).map(lambda it: it.decode("latin-1"))))
def test_nonsense_is_refused_and_never_fails(text: str) -> None:
    with pytest.raises(TokenNotAccepted):
        check(text)


@given(
    st.dictionaries(
        st.sampled_from(["iss", "aud", "azp", "exp", "iat", "nbf", "nonce", "sub"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
            lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
            max_leaves=4,
        ),
        min_size=1,
    )
)
def test_whatever_a_provider_signs_is_refused_or_right(changes: dict[str, Any]) -> None:
    payload = json.dumps(claims() | changes).encode()
    sent = jwt.PyJWS().encode(payload, PRIVATE["EdDSA"], "EdDSA", headers={"kid": "key-EdDSA"})
    try:
        subject = check(sent)
    except TokenNotAccepted:
        return
    told = json.loads(payload)
    assert told["iss"] == ISSUER
    assert told["nonce"] == NONCE
    assert subject == told["sub"]


def test_keys_that_are_no_keys() -> None:
    for keys in ([], [None], ["x"], [{"kty": "EC", "crv": "P-256", "kid": "key-ES256"}], [{"kty": "oct", "k": "eA"}]):
        with pytest.raises(TokenNotAccepted):
            check(token(), keys=keys)
