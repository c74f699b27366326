"""What the examiner keeps opens for whoever holds the file's key, in its own place, and not altered."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from random import Random
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from doorstep.applications.canonical import canonical
from doorstep.applications.errors import SealBroken
from doorstep.applications.keys import expand
from doorstep.applications.signing import PublicKeys, Signer
from doorstep.attachments.container import Examined, Page, pack, pages_of, unpack
from doorstep.attachments.naming import FileKey, file_key
from doorstep.attachments.plain import LONG_SIDE
from doorstep.attachments.statements import say_examined
from tests.plain_jpeg import page
from tests.unit.attachments.samples import digest_of

REFERENCE, OTHER = "ABCD-EFGH-JKMN-P", "ABCD-EFGH-JKMN-Q"
FILE = file_key(bytes(32), digest_of(b"a bill"))

SIGNS = Signer("examiner", Ed25519PrivateKey.from_private_bytes(bytes(32)))
BY = PublicKeys([("examiner", SIGNS.public)])

pages = st.builds(page, st.binary(max_size=200), st.integers(1, LONG_SIDE), st.integers(1, LONG_SIDE))
examined = st.builds(
    Examined,
    st.sampled_from(["image/jpeg", "image/heic", "application/pdf"]),
    st.lists(pages, min_size=1, max_size=5).map(tuple),
)
files = st.builds(
    lambda key, content: file_key(key, digest_of(content)), st.binary(min_size=32, max_size=32), st.binary()
)


@given(examined, files)
def test_what_was_packed_comes_out(content: Examined, file: FileKey) -> None:
    assert unpack(BY, REFERENCE, file, pack(SIGNS, REFERENCE, file, content, os.urandom)) == content


@given(examined, st.integers())
def test_the_same_random_bytes_make_the_same_container(content: Examined, seed: int) -> None:
    first, second = (pack(SIGNS, REFERENCE, FILE, content, Random(seed).randbytes) for _ in range(2))
    assert first == second
    assert pack(SIGNS, REFERENCE, FILE, content, os.urandom) != first


@given(examined, files, files)
def test_it_opens_nowhere_else(content: Examined, file: FileKey, other: FileKey) -> None:
    container = pack(SIGNS, REFERENCE, file, content, os.urandom)
    with pytest.raises(SealBroken):
        unpack(BY, OTHER, file, container)
    for wrong in (
        other if other != file else file._replace(key=bytes(31) + b"!"),
        file._replace(name=FILE.name if file.name != FILE.name else "A" * 22),
        file._replace(key=other.key if other.key != file.key else bytes(31) + b"!"),
    ):
        with pytest.raises(SealBroken):
            unpack(BY, REFERENCE, wrong, container)


@given(examined, st.data())
def test_no_bit_of_it_may_change(content: Examined, data: st.DataObject) -> None:
    container = bytearray(pack(SIGNS, REFERENCE, FILE, content, os.urandom))
    container[data.draw(st.integers(0, len(container) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealBroken):
        unpack(BY, REFERENCE, FILE, bytes(container))


@given(examined, st.data())
def test_no_part_of_it_will_do_and_nothing_may_follow(content: Examined, data: st.DataObject) -> None:
    container = pack(SIGNS, REFERENCE, FILE, content, os.urandom)
    for wrong in (container[: data.draw(st.integers(0, len(container) - 1))], container + b"x"):
        with pytest.raises(SealBroken):
            unpack(BY, REFERENCE, FILE, wrong)


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=200).map(lambda rest: b"DSC2" + rest)))
def test_junk_is_refused_without_a_fault(content: bytes) -> None:
    with pytest.raises(SealBroken):
        unpack(BY, REFERENCE, FILE, content)


@given(examined)
def test_it_shows_nothing(content: Examined) -> None:
    container = pack(SIGNS, REFERENCE, FILE, content, os.urandom)
    for part in (
        FILE.key,
        FILE.digest.encode(),
        content.media_type.encode(),
        *(p.jpeg for p in content.pages if len(p.jpeg) > 8),
    ):
        assert part not in container


def test_what_an_examiner_wrote_stays_readable() -> None:
    """The format is for ever: containers rest as long as their applications."""
    content = Examined("image/jpeg", (page(b"one", 2, 3), page(b"two", 4, 5)))
    container = pack(SIGNS, REFERENCE, FILE, content, bytes)
    assert sha256(container).hexdigest() == "ce27e1e467b480f9141916103fdc31769fed72deb40bc4c460a8365fd835a1c7"


@given(examined)
def test_how_many_pages_it_has_is_proven_without_its_key(content: Examined) -> None:
    container = pack(SIGNS, REFERENCE, FILE, content, os.urandom)
    assert pages_of(BY, REFERENCE, FILE.name, container) == len(content.pages)
    for reference, name in ((OTHER, FILE.name), (REFERENCE, "A" * 22)):
        with pytest.raises(SealBroken):
            pages_of(BY, reference, name, container)


def test_what_somebody_else_packed_does_not_open() -> None:
    """Whoever took intake over has the file's key, and the office's folder may even hold another key that signs."""
    content = Examined("image/jpeg", (page(b"x"),))
    stranger = Signer("examiner", Ed25519PrivateKey.generate())
    container = pack(stranger, REFERENCE, FILE, content, os.urandom)
    with pytest.raises(SealBroken, match="the examiner did not sign this"):
        unpack(BY, REFERENCE, FILE, container)
    ours = pack(SIGNS, REFERENCE, FILE, content, os.urandom)
    end = 6 + int.from_bytes(ours[4:6])
    theirs = 6 + int.from_bytes(container[4:6])
    with pytest.raises(SealBroken, match="the examiner did not make this"):
        unpack(BY, REFERENCE, FILE, ours[:end] + container[theirs:])


ONE = page(b"one", 640, 480)
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 "


@pytest.mark.parametrize(
    "wrong",
    [
        (Page(64, 48, WEBP),),
        (Page(64, 48, b"<svg xmlns='http://www.w3.org/2000/svg'/>"),),
        (ONE, ONE._replace(width=641)),
        (ONE._replace(height=0),),
        (ONE._replace(jpeg=ONE.jpeg + b"behind"),),
        (ONE._replace(jpeg=b""),),
        (page(b"", LONG_SIDE + 1, 1),),
    ],
)
def test_nothing_but_plain_pages_is_ever_opened(wrong: tuple[Page, ...]) -> None:
    container = pack(SIGNS, REFERENCE, FILE, Examined("image/jpeg", wrong), os.urandom)
    with pytest.raises(SealBroken):
        unpack(BY, REFERENCE, FILE, container)


def sealed(header: bytes, content: bytes, pages: int = 1) -> bytes:
    """Signed and sealed rightly, whatever is in it."""
    body = len(header).to_bytes(4) + header + content
    place = canonical(["doorstep/1", REFERENCE, FILE.name, "container"])
    inside = bytes(12) + AESGCM(expand(FILE.key, "container", 32)).encrypt(bytes(12), body, place)
    said = say_examined(SIGNS, REFERENCE, FILE.name, pages, inside)
    return b"DSC2" + len(said).to_bytes(2) + said + inside


def header(**other: Any) -> bytes:
    listed = [{"width": 640, "height": 480, "bytes": len(ONE.jpeg)}]
    return json.dumps({"digest": FILE.digest, "media_type": "image/jpeg", "pages": listed} | other).encode()


def test_a_header_as_it_should_be_opens() -> None:
    assert unpack(BY, REFERENCE, FILE, sealed(header(), ONE.jpeg)) == Examined("image/jpeg", (ONE,))


@pytest.mark.parametrize(
    ("written", "content", "count"),
    [
        (header(digest=digest_of(b"another")), ONE.jpeg, 1),
        (header(media_type=5), ONE.jpeg, 1),
        (header(pages=[{"width": 640, "height": 480, "bytes": float(len(ONE.jpeg))}]), ONE.jpeg, 1),
        (header(pages=[{"width": 640, "height": 480, "bytes": True}]), ONE.jpeg, 1),
        (header(pages=[{"width": 640, "height": 480, "bytes": -5}]), ONE.jpeg, 1),
        (header(pages=[{"width": 640, "height": 480, "bytes": len(ONE.jpeg) + 1}]), ONE.jpeg, 1),
        (header(pages={}), ONE.jpeg, 0),
        (header(pages="x"), ONE.jpeg, 1),
        (header(), ONE.jpeg + b"x", 1),
        (header(), ONE.jpeg, 2),
        (b"[]", b"", 0),
        (b"[" * 100_000, b"", 0),
        (b"", b"", 0),
    ],
)
def test_a_header_that_lies_opens_nothing(written: bytes, content: bytes, count: int) -> None:
    with pytest.raises(SealBroken):
        unpack(BY, REFERENCE, FILE, sealed(written, content, count))
