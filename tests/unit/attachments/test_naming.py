"""Names and keys follow from an application's key and a file's content, and from nothing a device said."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.applications.encoding import decode, encode
from doorstep.attachments.naming import FileKey, file_key, is_digest, is_name, name_of
from tests.unit.attachments.samples import digest_of

secrets = st.binary(min_size=32, max_size=32)
contents = st.binary(max_size=64)


@given(secrets, contents)
def test_the_same_file_of_the_same_application_is_called_the_same(files_key: bytes, content: bytes) -> None:
    first, second = (file_key(files_key, digest_of(content)) for _ in range(2))
    assert first == second
    assert first.name == name_of(first.key)
    assert is_name(first.name)
    assert is_digest(first.digest)
    assert len(first.key) == 32


@given(st.lists(st.tuples(secrets, contents), unique=True, min_size=2, max_size=5))
def test_no_two_files_share_name_or_key(pairs: list[tuple[bytes, bytes]]) -> None:
    files = [file_key(files_key, digest_of(content)) for files_key, content in pairs]
    assert len({file.name for file in files}) == len({file.key for file in files}) == len(files)


@given(secrets, contents)
def test_neither_name_nor_words_about_it_tell_key_or_content(files_key: bytes, content: bytes) -> None:
    file = file_key(files_key, digest_of(content))
    for secret in (encode(file.key), encode(files_key), file.digest):
        assert file.name not in secret
        assert secret not in repr(file)
    assert repr(file.key) not in repr(file)
    assert str(file) == f"FileKey({file.name})"


def test_names_stay_for_ever() -> None:
    """What rests in stores is called so: another name would be a lost file."""
    file = file_key(bytes(range(32)), digest_of(b"a bill"))
    assert file.digest == "0a2icbvRhRwEhQIIy6NwXiBEh5afVdRAdnp9Bw1EJx0"
    assert file == FileKey(
        file.digest,
        "DWj0tsOvOPCUDyQxeUxckQ",
        bytes.fromhex("13582db5a00ce169193a12676e592739362de4b4a7dd17824084769558503036"),
    )


@given(st.binary(min_size=32, max_size=32))
def test_a_digest_is_written_in_one_way(content: bytes) -> None:
    text = encode(content)
    assert is_digest(text)
    # The last character holds four bits: three others read as the same bytes, and are refused.
    others = [text[:-1] + last for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"]
    same = [other for other in others if base64.urlsafe_b64decode(other + "=") == content]
    assert len(same) == 4
    assert [other for other in same if is_digest(other)] == [text]


@given(st.binary(min_size=16, max_size=16))
def test_a_name_is_written_in_one_way(content: bytes) -> None:
    text = encode(content)
    assert is_name(text)
    others = [text[:-1] + last for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"]
    assert [other for other in others if is_name(other) and decode(other) == content] == [text]


@given(st.text(max_size=60))
def test_no_other_text_is_digest_or_name(text: str) -> None:
    for accepted, length in ((is_digest, 32), (is_name, 16)):
        if accepted(text):
            assert len(decode(text)) == length
        assert not accepted(f"{text}\n")
        assert not accepted(f"../{text}")


@pytest.mark.parametrize(
    "digest", ["", "x" * 43, digest_of(b"") + "=", digest_of(b"")[:-1], "é" * 43, f"{digest_of(b'')}\n"]
)
def test_what_is_no_digest_names_no_file(digest: str) -> None:
    with pytest.raises(ValueError, match="not the SHA-256 of a file"):
        file_key(bytes(32), digest)
