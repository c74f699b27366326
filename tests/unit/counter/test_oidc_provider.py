"""The provider's side as it may be: right, down, lying, changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from doorstep.counter.oidc_login import begin_attempt
from doorstep.counter.oidc_provider import DOWN_SECONDS, OidcProblem, OidcSettings, Provider, safe_address
from tests.unit.counter.conftest import NOON, chance
from tests.unit.counter.tokens import CLIENT, ISSUER, OTHER, PRIVATE, public_jwk, token

BACK = "https://office.test/sign-in/callback"
ATTEMPT = begin_attempt("/", now=NOON, random=chance().randbytes)


class Answers:
    """A provider that answers what it was told to, and remembers what it was asked."""

    def __init__(self, **changes: Any) -> None:
        self.described = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize?tenant=1",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
        } | changes
        self.keys: Any = [public_jwk("ES256", PRIVATE["ES256"])]
        self.token: Any = token(nonce=ATTEMPT.nonce)
        self.status = 200
        self.asked: list[tuple[str, bytes | None, Mapping[str, str]]] = []
        self.now = 0.0

    def fetch(self, address: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
        self.asked.append((address, body, headers))
        last = urlsplit(address).path.rpartition("/")[2]
        told = {"openid-configuration": self.described, "keys": {"keys": self.keys}, "token": {"id_token": self.token}}
        return self.status, json.dumps(told[last]).encode()

    def provider(self, secret: str = "") -> Provider:
        return Provider(OidcSettings(ISSUER, CLIENT, secret), self.fetch, lambda: self.now)

    def asked_for(self, last: str) -> int:
        return sum(address.endswith(last) for address, _, _ in self.asked)


def subject(provider: Provider, issuer: str | None = None) -> str:
    return provider.subject("the-code", issuer, ATTEMPT, BACK, NOON)


def test_the_browser_is_sent_with_everything_that_binds_the_answer() -> None:
    address = Answers().provider().address(ATTEMPT, BACK)
    assert address.startswith(f"{ISSUER}/authorize?tenant=1&")
    assert {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()} == {
        "tenant": "1", "response_type": "code", "scope": "openid", "client_id": CLIENT, "redirect_uri": BACK,
        "state": ATTEMPT.state, "nonce": ATTEMPT.nonce, "code_challenge": ATTEMPT.challenge,
        "code_challenge_method": "S256",
    }  # fmt: skip
    assert ATTEMPT.secret not in address
    assert ATTEMPT.verifier not in address


def test_a_code_names_its_subject() -> None:
    answers = Answers()
    assert subject(answers.provider()) == "sub-1"
    body = parse_qs((answers.asked[1][1] or b"").decode())
    assert body["code_verifier"] == [ATTEMPT.verifier]
    assert (body["code"], body["redirect_uri"], body["client_id"]) == (["the-code"], [BACK], [CLIENT])
    assert "client_secret" not in body


@pytest.mark.parametrize("methods", [None, ["client_secret_basic", "client_secret_post"], "nonsense"])
def test_a_secret_goes_in_the_header(methods: Any) -> None:
    answers = Answers(token_endpoint_auth_methods_supported=methods)
    subject(answers.provider("a:b%"))
    assert answers.asked[1][2]["Authorization"] == "Basic ZG9vcnN0ZXA6YSUzQWIlMjU="
    assert b"client_secret" not in (answers.asked[1][1] or b"")


def test_or_in_the_body_where_the_provider_wants_it() -> None:
    answers = Answers(token_endpoint_auth_methods_supported=["client_secret_post"])
    subject(answers.provider("a:b%"))
    assert "Authorization" not in answers.asked[1][2]
    assert b"client_secret=a%3Ab%25" in (answers.asked[1][1] or b"")


def test_description_and_keys_are_kept_for_a_while() -> None:
    answers = Answers()
    provider = answers.provider()
    for _ in range(3):
        subject(provider)
    assert (answers.asked_for("openid-configuration"), answers.asked_for("/keys")) == (1, 1)
    answers.now = 3600
    subject(provider)
    assert (answers.asked_for("openid-configuration"), answers.asked_for("/keys")) == (2, 1)


def test_new_keys_are_fetched_when_needed_and_not_for_every_forgery() -> None:
    answers = Answers()
    provider = answers.provider()
    subject(provider)
    answers.keys = [public_jwk("ES256", OTHER["ES256"], kid="newer")]
    answers.token = token("ES256", OTHER["ES256"], kid="newer", nonce=ATTEMPT.nonce)
    answers.now = 60
    assert subject(provider) == "sub-1"
    answers.token = token("ES256", OTHER["ES256"], kid="invented", nonce=ATTEMPT.nonce)
    for _ in range(5):
        with pytest.raises(OidcProblem, match="does not list"):
            subject(provider)
    assert answers.asked_for("/keys") == 2


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"issuer": ISSUER + "/"}, "another issuer"),
        ({"issuer": "https://elsewhere.test"}, "another issuer"),
        ({"token_endpoint": "http://provider.test/token"}, "token_endpoint is no https"),
        ({"jwks_uri": "file:///etc/passwd"}, "jwks_uri is no https"),
        ({"token_endpoint": None}, "token_endpoint is no https"),
    ],
)
def test_a_wrong_description_is_not_followed(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(OidcProblem, match=told):
        subject(Answers(**changes).provider())


@pytest.mark.parametrize(
    ("issuer", "named", "right"),
    [
        (None, False, True), (ISSUER, False, True), ("https://elsewhere.test", False, False),
        (None, True, False), (ISSUER, True, True), ("", True, False),
    ],
)  # fmt: skip
def test_the_answers_issuer_counts_where_it_is_named(issuer: str | None, named: bool, right: bool) -> None:
    provider = Answers(authorization_response_iss_parameter_supported=named).provider()
    if right:
        assert subject(provider, issuer) == "sub-1"
        return
    with pytest.raises(OidcProblem, match="another issuer"):
        subject(provider, issuer)


def test_a_token_of_another_attempt_is_refused() -> None:
    answers = Answers()
    answers.token = token(nonce=begin_attempt("/", now=NOON, random=chance(9).randbytes).nonce)
    with pytest.raises(OidcProblem, match="nonce"):
        subject(answers.provider())


def test_a_provider_that_is_down_is_left_alone_for_a_moment() -> None:
    moment, asked = [0.0], []

    def down(address: str, _body: bytes | None, _headers: Mapping[str, str]) -> tuple[int, bytes]:
        asked.append(address)
        raise TimeoutError

    provider = Provider(OidcSettings(ISSUER, CLIENT), down, lambda: moment[0])
    for _ in range(3):
        with pytest.raises(OidcProblem, match="does not answer"):
            provider.address(ATTEMPT, BACK)
    assert len(asked) == 1
    moment[0] = DOWN_SECONDS
    with pytest.raises(OidcProblem, match="does not answer"):
        provider.address(ATTEMPT, BACK)
    assert len(asked) == 2


def test_what_goes_wrong_is_said_without_code_or_token() -> None:
    def down(_address: str, _body: bytes | None, _headers: Mapping[str, str]) -> tuple[int, bytes]:
        raise TimeoutError("the-code")

    for provider in (
        Provider(OidcSettings(ISSUER, CLIENT), down, lambda: 0.0),
        Provider(OidcSettings(ISSUER, CLIENT), lambda *_: (500, b"the-code"), lambda: 0.0),
        Provider(OidcSettings(ISSUER, CLIENT), lambda *_: (200, b"the-code"), lambda: 0.0),
        Provider(OidcSettings(ISSUER, CLIENT), lambda *_: (200, b"[" * 100_000), lambda: 0.0),
        Provider(OidcSettings(ISSUER, CLIENT), lambda *_: (302, b"{}"), lambda: 0.0),
    ):
        with pytest.raises(OidcProblem) as told:
            subject(provider)
        assert "the-code" not in str(told.value)


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://provider.test/x", True), ("http://127.0.0.1:3000", True), ("http://localhost/x", True),
        ("http://[::1]:3000/", True), ("http://provider.test", False), ("http://127.0.0.1.provider.test", False),
        ("https://", False), ("https://provider.test/#x", False), ("//provider.test", False), ("https://[x", False),
    ],
)  # fmt: skip
def test_safe_addresses(address: str, safe: bool) -> None:
    assert safe_address(address) == safe
