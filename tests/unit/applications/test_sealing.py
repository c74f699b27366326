"""What is sealed opens in its own place, with its own keys, and nowhere else."""

from __future__ import annotations

import dataclasses
import itertools
import json
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from doorstep.applications import encoding
from doorstep.applications.errors import SealBroken
from doorstep.applications.follow import follow
from doorstep.applications.keys import derive, expand, mint_event_id
from doorstep.applications.office_keys import OFFICE, PUBLIC_KEYS, load_opener
from doorstep.applications.sealing import Place, seal, unseal, unwrap_for_resident, wrap_for_resident
from doorstep.applications.withdraw import withdraw
from tests.unit.applications.conftest import ANSWERS, Counter

PLACE = Place("AAAA-AAAA-AAAA-A", "ab" * 32, "answers", 1)


def test_a_sealed_item_opens_only_in_its_place() -> None:
    key = bytes(32)
    item = seal(key, b"content", PLACE, secrets.token_bytes)
    assert unseal(key, item.content, PLACE) == b"content"
    for changed in [
        PLACE._replace(reference="BBBB-AAAA-AAAA-A"),
        PLACE._replace(form_version="ac" * 32),
        PLACE._replace(purpose="withdrawn"),
        PLACE._replace(revision=2),
    ]:
        with pytest.raises(SealBroken):
            unseal(key, item.content, changed)
    with pytest.raises(SealBroken):
        unseal(bytes(31) + b"\1", item.content, PLACE)


def test_every_changed_byte_of_a_sealed_item_is_refused() -> None:
    item = seal(bytes(32), b"content", PLACE, secrets.token_bytes)
    for place in range(len(item.content)):
        changed = bytearray(item.content)
        changed[place] ^= 1
        with pytest.raises(SealBroken):
            unseal(bytes(32), bytes(changed), PLACE)
    for short in range(len(item.content)):
        with pytest.raises(SealBroken):
            unseal(bytes(32), item.content[:short], PLACE)


def test_no_two_seals_share_a_nonce_or_a_key(counter: Counter) -> None:
    heads = [counter.store.head(counter.submit(counter.key()).reference) for _ in range(20)]
    contents = list(counter.store.items.values())
    assert len({content[1:13] for content in contents}) == len(contents)
    assert len({head.wraps["office"]["wrapped"] for head in heads if head}) == 20


def test_a_resident_wrap_opens_only_for_its_code_and_reference() -> None:
    code = derive(mint_event_id(secrets.token_bytes)).access_code
    wrapped = wrap_for_resident(bytes(32), code, "A", "v", secrets.token_bytes)
    assert unwrap_for_resident(wrapped, code, "A", "v") == bytes(32)
    for other in [(code, "B", "v"), (code, "A", "w"), (code[:-1] + ("0" if code[-1] != "0" else "1"), "A", "v")]:
        with pytest.raises(SealBroken):
            unwrap_for_resident(wrapped, *other)
    for broken in ["", "AAAA", wrapped[:-2], wrapped + "=", "é"]:
        with pytest.raises(SealBroken):
            unwrap_for_resident(broken, code, "A", "v")


def test_the_office_opens_what_intake_sealed(counter: Counter, var_dir: Path) -> None:
    head = counter.store.head(counter.submit(counter.key()).reference)
    assert head
    office = load_opener(var_dir)
    data_key = office.unwrap(head.wraps["office"])
    content = counter.store.items[(head.reference, head.sealed["answers"])]
    place = Place(head.reference, head.form_version, "answers", 1)
    assert json.loads(unseal(data_key, content, place))["answers"] == ANSWERS
    wrap = head.wraps["office"]
    for broken in [{}, wrap | {"key": "office-other"}, wrap | {"wrapped": "AAAA"}, {"key": wrap["key"]}]:
        with pytest.raises(SealBroken):
            office.unwrap(broken)


def test_all_that_intake_retains_opens_no_application(counter: Counter, var_dir: Path) -> None:
    """Every byte string within intake's reach is tried as a key, as a code and as HKDF input on every ciphertext."""
    done = counter.submit(counter.key())
    followed = follow(counter.desk, done.reference, done.access_code or "")
    withdraw(counter.desk, followed, reason="not for others", event_id=mint_event_id(secrets.token_bytes))
    answers = [part.encode() for part in ("阿依古丽·买买提", "王小明", "1200.00", "not for others")]
    files = [path for path in (var_dir / "intake").iterdir() if path.is_file()]
    assert {path.name for path in files} == {"signing.json", "office-public.json", PUBLIC_KEYS.name}
    private = {(var_dir / name).read_bytes() for name in OFFICE}
    assert not private & {path.read_bytes() for path in files}
    retained = {path.read_bytes() for path in files} | set(counter.store.kept.values())
    retained |= set(counter.store.items.values()) | {seed_of(counter)}
    documents = [*(path.read_bytes() for path in files), *counter.store.kept.values()]
    retained |= {text.encode() for document in documents for text in texts(json.loads(document))}
    retained |= {decoded for text in list(retained) for decoded in decodings(text)}
    assert not [text for text, answer in itertools.product(retained, answers) if answer in text]

    head = counter.store.head(done.reference)
    assert head
    places = [Place(head.reference, head.form_version, purpose, revision)
              for purpose in ("answers", "withdrawn", "resident-wrap") for revision in (1, 2)]  # fmt: skip
    sealed = [item[1:] for item in counter.store.items.values()]
    sealed.append(encoding.decode(head.wraps["resident"]["wrapped"]))
    keys = set(candidates(retained, head.reference))
    assert followed.data_key not in keys
    for key, content, place in itertools.product(keys, sealed, places):
        with pytest.raises(SealBroken):
            unseal(key, b"\x01" + content, place)
    # The same attack with the one thing intake does not keep succeeds: the test can tell.
    code_key = expand((done.access_code or "").encode(), "resident-wrap", 32, salt=head.reference.encode())
    assert unseal(code_key, b"\x01" + sealed[-1], places[4]) == followed.data_key


def seed_of(counter: Counter) -> bytes:
    return counter.desk.keys.signer._private.private_bytes_raw()


def texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from texts(inner)


def decodings(content: bytes) -> Iterator[bytes]:
    for part in content.split(b".") if len(content) < 3000 else ():
        with suppress(ValueError):
            yield encoding.decode(part.decode("ascii"))
        with suppress(ValueError):
            yield bytes.fromhex(part.decode("ascii"))


def candidates(retained: set[bytes], reference: str) -> Iterator[bytes]:
    for secret in retained:
        if len(secret) == 32:
            yield secret
        if len(secret) <= 128:
            for label in ("resident-wrap", "commitment", "access-code", "reference", "event"):
                yield expand(secret, label, 32)
                yield expand(secret, label, 32, salt=reference.encode())


def test_secrets_do_not_show_in_what_is_printed(counter: Counter) -> None:
    key = counter.key()
    done = counter.submit(key)
    followed = follow(counter.desk, done.reference, done.access_code or "")
    shown = f"{derive(key)!r} {done!r} {dataclasses.replace(followed)!r} {counter.desk.keys!r}"
    assert (done.access_code or "") not in shown
    assert repr(followed.data_key) not in shown
    assert repr(derive(key).commitment_key) not in shown
