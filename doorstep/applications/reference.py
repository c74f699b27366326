"""References and access codes: letters that survive being read aloud, copied by hand and typed on a phone.

The alphabet is Crockford's base 32: no I, L, O or U, and on reading those stand for 1, 1, 0 and V.
What handwriting still confuses (2 and Z, 5 and S, 8 and B) a reference's check digit catches.
"""

from __future__ import annotations

import unicodedata

from doorstep.applications.errors import Mistyped

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1, "U": ALPHABET.index("V")}
_REFERENCE_LETTERS = 12
_CODE_LETTERS = 16
_LONGEST_TEXT = 64


def write_reference(content: bytes) -> str:
    """`ABCD-EFGH-JKMN-X` from the first 60 bits of 8 bytes, with its check digit."""
    values = _values_of(content, _REFERENCE_LETTERS)
    return _grouped([*values, _check_digit(values)])


def write_access_code(content: bytes) -> str:
    """`ABCD-EFGH-JKMN-PQRS` from 10 bytes: 80 bits."""
    return _grouped(_values_of(content, _CODE_LETTERS))


def read_reference(text: str) -> str:
    """The reference as it is written and stored, from however it was typed; Mistyped when it can't be one."""
    values = _read(text)
    if len(values) != _REFERENCE_LETTERS + 1:
        raise Mistyped("length")
    if None in values:
        raise Mistyped("character")
    known = [value for value in values if value is not None]
    if _check_digit(known[:-1]) != known[-1]:
        raise Mistyped("check-digit")
    return _grouped(known)


def read_access_code(text: str) -> str | None:
    """The access code as it is written, from however it was typed; None when it can't be one."""
    values = _read(text)
    known = [value for value in values if value is not None]
    return _grouped(known) if len(values) == len(known) == _CODE_LETTERS else None


def _read(text: str) -> list[int | None]:
    if len(text) > _LONGEST_TEXT:
        return []
    folded = unicodedata.normalize("NFKC", text).upper()
    return [_VALUES.get(letter) for letter in folded if not _is_separator(letter)]


def _is_separator(letter: str) -> bool:
    """Spaces, line ends, invisible characters, and every kind of dash or low line a keyboard puts in."""
    return unicodedata.category(letter) in {"Zs", "Zl", "Zp", "Cc", "Cf", "Pd", "Pc"} or letter in "\u2212.·"  # minus


def _values_of(content: bytes, letters: int) -> list[int]:
    number = int.from_bytes(content, "big") >> (len(content) * 8 - letters * 5)
    return [number >> 5 * place & 31 for place in reversed(range(letters))]


def _grouped(values: list[int]) -> str:
    text = "".join(ALPHABET[value] for value in values)
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def _check_digit(values: list[int]) -> int:
    """Each place weighs another power of 2 in GF(32): any one wrong letter and any two swapped ones are seen."""
    total = 0
    for value in values:
        total = _doubled(total ^ value)
    return total


def _doubled(value: int) -> int:
    """Times 2 in GF(32), reduced by x⁵ + x² + 1."""
    value <<= 1
    return value ^ 0b100101 if value > 31 else value
