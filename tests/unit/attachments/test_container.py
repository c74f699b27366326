"""What the examiner keeps opens for whoever holds the file's key, in its own place, and not altered."""

from __future__ import annotations

import os
from hashlib import sha256
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.applications.errors import SealBroken
from doorstep.attachments.container import Examined, Page, pack, unpack
from doorstep.attachments.naming import FileKey, file_key
from tests.unit.attachments.samples import digest_of

REFERENCE, OTHER = "ABCD-EFGH-JKMN-P", "ABCD-EFGH-JKMN-Q"
FILE = file_key(bytes(32), digest_of(b"a bill"))

pages = st.builds(Page, st.integers(1, 9999), st.integers(1, 9999), st.binary(max_size=200))
examined = st.builds(
    Examined, st.sampled_from(["image/jpeg", "image/heic", "application/pdf"]), st.lists(pages, max_size=5).map(tuple)
)
files = st.builds(
    lambda key, content: file_key(key, digest_of(content)), st.binary(min_size=32, max_size=32), st.binary()
)


@given(examined, files)
def test_what_was_packed_comes_out(content: Examined, file: FileKey) -> None:
    assert unpack(REFERENCE, file, pack(REFERENCE, file, content, os.urandom)) == content


@given(examined, st.integers())
def test_the_same_random_bytes_make_the_same_container(content: Examined, seed: int) -> None:
    first, second = (pack(REFERENCE, FILE, content, Random(seed).randbytes) for _ in range(2))
    assert first == second
    assert pack(REFERENCE, FILE, content, os.urandom) != first


@given(examined, files, files)
def test_it_opens_nowhere_else(content: Examined, file: FileKey, other: FileKey) -> None:
    container = pack(REFERENCE, file, content, os.urandom)
    with pytest.raises(SealBroken):
        unpack(OTHER, file, container)
    for wrong in (
        other if other != file else file._replace(key=bytes(31) + b"!"),
        file._replace(name=FILE.name if file.name != FILE.name else "A" * 22),
        file._replace(key=other.key if other.key != file.key else bytes(31) + b"!"),
    ):
        with pytest.raises(SealBroken):
            unpack(REFERENCE, wrong, container)


@given(examined, st.data())
def test_no_bit_of_it_may_change(content: Examined, data: st.DataObject) -> None:
    container = bytearray(pack(REFERENCE, FILE, content, os.urandom))
    container[data.draw(st.integers(0, len(container) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealBroken):
        unpack(REFERENCE, FILE, bytes(container))


@given(examined, st.data())
def test_no_part_of_it_will_do_and_nothing_may_follow(content: Examined, data: st.DataObject) -> None:
    container = pack(REFERENCE, FILE, content, os.urandom)
    for wrong in (container[: data.draw(st.integers(0, len(container) - 1))], container + b"x"):
        with pytest.raises(SealBroken):
            unpack(REFERENCE, FILE, wrong)


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=200).map(lambda rest: b"DSC1" + rest)))
def test_junk_is_refused_without_a_fault(content: bytes) -> None:
    with pytest.raises(SealBroken):
        unpack(REFERENCE, FILE, content)


@given(examined)
def test_it_shows_nothing(content: Examined) -> None:
    container = pack(REFERENCE, FILE, content, os.urandom)
    for part in (
        FILE.key,
        FILE.digest.encode(),
        content.media_type.encode(),
        *(p.jpeg for p in content.pages if len(p.jpeg) > 8),
    ):
        assert part not in container


def test_what_an_examiner_wrote_stays_readable() -> None:
    """The format is for ever: containers rest as long as their applications."""
    content = Examined("image/jpeg", (Page(2, 3, b"one"), Page(4, 5, b"two")))
    container = pack(REFERENCE, FILE, content, bytes)
    assert sha256(container).hexdigest() == "23840a7864b9585aec0068cecb0fd9fa23dcee34004f2ae383a0b2353fe8745c"
