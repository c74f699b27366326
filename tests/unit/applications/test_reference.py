"""References and codes survive how people write, say and type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.applications.errors import Mistyped
from doorstep.applications.reference import (
    ALPHABET,
    read_access_code,
    read_reference,
    write_access_code,
    write_reference,
)

REFERENCES = st.binary(min_size=8, max_size=8).map(write_reference)
CODES = st.binary(min_size=10, max_size=10).map(write_access_code)


def test_the_alphabet_has_no_look_alikes_of_its_digits() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


@given(REFERENCES)
def test_references_are_read_however_they_are_typed(reference: str) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in reference)
    looks = reference.replace("0", "O").replace("1", "l").replace("V", "u")
    dashes = reference.replace("-", "\u2014\u2014")
    for typed in [
        reference.lower(), reference.replace("-", ""), f"  {reference}\r\n", wide, looks, dashes,
        "\u3000".join(reference), reference.replace("-", "\u200b"), reference.replace("-", "·"),
    ]:  # fmt: skip
        assert read_reference(typed) == reference


@given(CODES)
def test_codes_are_read_however_they_are_typed(code: str) -> None:
    for typed in [code.lower(), code.replace("-", " "), "".join(chr(ord(letter) + 0xFEE0) for letter in code)]:
        assert read_access_code(typed) == code


@given(REFERENCES, st.integers(0, 12), st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_seen(reference: str, place: int, letter: str) -> None:
    bare = reference.replace("-", "")
    if bare[place] != letter:
        with pytest.raises(Mistyped) as mistyped:
            read_reference(bare[:place] + letter + bare[place + 1 :])
        assert mistyped.value.reason == "check-digit"


@given(REFERENCES, st.integers(0, 12), st.integers(0, 12))
def test_two_swapped_letters_are_seen(reference: str, one: int, other: int) -> None:
    letters = list(reference.replace("-", ""))
    if letters[one] != letters[other]:
        letters[one], letters[other] = letters[other], letters[one]
        with pytest.raises(Mistyped):
            read_reference("".join(letters))


@given(st.text(max_size=80))
def test_any_text_is_a_reference_or_mistyped(text: str) -> None:
    said = ""
    try:
        assert len(read_reference(text)) == 16
    except Mistyped as mistyped:
        said = str(mistyped)
    assert said in {"", "not a reference: length", "not a reference: character", "not a reference: check-digit"}
    assert read_access_code(text) is None or len(read_access_code(text) or "") == 19


def test_reasons_are_told_apart() -> None:
    good = write_reference(bytes(8))
    for text, reason in [
        ("", "length"),
        (good + "0", "length"),
        ("*" + good[1:], "character"),
        ("人" * 13, "character"),
    ]:
        with pytest.raises(Mistyped) as mistyped:
            read_reference(text)
        assert mistyped.value.reason == reason


def test_the_first_60_and_80_bits_are_kept() -> None:
    assert write_reference(b"\xff" * 7 + b"\xf0") == write_reference(b"\xff" * 8)
    assert write_reference(b"\x01" + bytes(7)).startswith("0400-0000-0000-")
    assert write_access_code(b"\xff" * 10) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
