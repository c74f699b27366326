"""How a typed or sent value becomes an answer, one reader a kind.

A reader gives None for "not answered". What it cannot read it leaves as the text typed, and what is no text at all it
leaves as a value of the wrong type, so that validation says so: a reader never raises and never decides.
Every reader gives back its own result unchanged, so an instance may be filled again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from doorstep.forms import text
from doorstep.forms.fields import Field

# Stands where a text or a number should, for a value that cannot even be kept as text.
NOT_TEXT = False
NOT_READABLE = "?"

_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")
_MONEY = re.compile(r"(?:¥|人民币)?([0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(\.[0-9]{0,4})?(万)?(?:元|块|块钱|元整)?")
_DATE = re.compile(r"([0-9]{4}) ?[-/.年] ?([0-9]{1,2}) ?[-/.月] ?([0-9]{1,2}) ?日?")
_DIGITS_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_LANDLINE = re.compile(r"\(?(010|02[0-9]|0[3-9][0-9]{2})\)?-?([0-9]{7,8})")
_CODE = re.compile(r"[0-9A-Z]+")
_WORDS = {
    "yes": True, "true": True, "on": True, "1": True, "是": True, "有": True,
    "no": False, "false": False, "off": False, "0": False, "否": False, "没有": False,
}  # fmt: skip


class Filling(NamedTuple):
    """What a reader may need besides the value: how an item of a group is filled."""

    fill_item: Callable[[tuple[Field, ...], Any], dict[str, Any]]


def read_text(value: Any, field: Field, _filling: Filling) -> Any:
    return _read_string(value, text.sentence, field)


def read_long_text(value: Any, field: Field, _filling: Filling) -> Any:
    return _read_string(value, text.lines, field)


def read_line(value: Any, field: Field, _filling: Filling) -> Any:
    return _read_string(value, text.one_line, field)


def read_name(value: Any, field: Field, _filling: Filling) -> Any:
    return _read_string(value, text.name, field)


def read_code(value: Any, field: Field, _filling: Filling) -> Any:
    """Resident ID, bank card, credit code: spaces and hyphens dropped, letters upper case."""
    line = _read_string(value, text.one_line, field)
    if not isinstance(line, str):
        return line
    code = text.fold_dashes(line).replace(" ", "").replace("-", "").upper()
    return code if _CODE.fullmatch(code) else line


def read_phone(value: Any, field: Field, _filling: Filling) -> Any:
    """Digits alone for a mobile number, area code and number with one hyphen for a landline; +86 dropped."""
    line = _read_string(value, text.one_line, field)
    if not isinstance(line, str):
        return line
    number = text.fold_dashes(line).replace(" ", "").removeprefix("+86").removeprefix("(+86)").lstrip("-")
    landline = _LANDLINE.fullmatch(number)
    if landline:
        return f"{landline[1]}-{landline[2]}"
    digits = number.replace("-", "")
    return digits if re.fullmatch("[0-9]+", digits) else line


def read_money(value: Any, field: Field, _filling: Filling) -> Any:
    """Yuan as a decimal text: "1200" or "1200.50", from 1,200元, １２００, 3万, 1200.5 or a JSON number."""
    if isinstance(value, float):
        value = repr(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**15 else NOT_READABLE
    line = _read_string(value, text.one_line, field)
    if not isinstance(line, str):
        return line
    match = _MONEY.fullmatch(line.replace(" ", ""))
    if not match:
        return line
    amount = Decimal(match[1].replace(",", "") + (match[2] or "")) * (10_000 if match[3] else 1)
    cents = amount * 100
    if cents != int(cents):
        return line
    return f"{int(amount)}" if amount == int(amount) else f"{amount:.2f}"


def read_integer(value: Any, field: Field, _filling: Filling) -> Any:
    if isinstance(value, bool):
        return NOT_READABLE
    if isinstance(value, int):
        return value if abs(value) < 10**15 else NOT_READABLE
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 10**15 else NOT_READABLE
    line = _read_string(value, text.one_line, field)
    if line is NOT_TEXT:
        return NOT_READABLE
    if line is None:
        return None
    number = line.removesuffix(field.unit).strip() if field.unit else line
    return int(number) if _INTEGER.fullmatch(number) else line


def read_yes_no(value: Any, field: Field, _filling: Filling) -> Any:
    if isinstance(value, bool):
        return value
    line = _read_string(value, text.one_line, field)
    if line is NOT_TEXT:
        return NOT_READABLE
    return None if line is None else _WORDS.get(line.lower(), line)


def read_consent(value: Any, field: Field, filling: Filling) -> Any:
    """A box not ticked is a question not answered."""
    answer = read_yes_no(value, field, filling)
    return None if answer is False else answer


def read_date(value: Any, field: Field, _filling: Filling) -> Any:
    """ISO from 年/月/日 parts or from one text; whether the day exists is for validation to say."""
    if isinstance(value, dict) and value.keys() <= {"year", "month", "day"}:
        parts = [_read_string(value.get(name), text.one_line, field) for name in ("year", "month", "day")]
        if all(part is None for part in parts):
            return None
        if any(part is NOT_TEXT for part in parts):
            return NOT_TEXT
        value = "-".join(part or "" for part in parts)
    line = _read_string(value, text.one_line, field)
    if not isinstance(line, str):
        return line
    match = _DATE.fullmatch(line) or _DIGITS_DATE.fullmatch(line)
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else line


def read_choices(value: Any, field: Field, _filling: Filling) -> Any:
    """The chosen values, each once, in the form's order; behind them one that is no choice, should there be any.

    One is enough for validation to refuse, and thousands would cost it seconds.
    """
    values = value if isinstance(value, list) else [value]
    chosen: dict[str, None] = {}
    for part in values:
        line = _read_string(part, text.one_line, field)
        if line is not None:
            chosen[line if isinstance(line, str) else NOT_READABLE] = None
    known = [choice.value for choice in field.choices if choice.value in chosen]
    strangers = (part for part in chosen if part not in known)
    return [*known, *islice(strangers, 1)] or None


def read_attachment(value: Any, field: Field, _filling: Filling) -> Any:
    """The digests of the files sent, each once, in the order sent; what is no digest stays, for validation to refuse.

    More than allowed are cut to one too many, which validation refuses.
    """
    given = value if isinstance(value, list) else [value]
    digests: dict[str, None] = {}
    for part in given:
        line = _read_string(part, text.one_line, field)
        if line is not None:
            digests[line if isinstance(line, str) else NOT_READABLE] = None
    return list(islice(digests, one_too_many(field))) or None


def read_group(value: Any, field: Field, filling: Filling) -> Any:
    """The items that hold anything; more than allowed are cut to one too many, which validation refuses."""
    if value in (None, "", {}):
        return None
    if not isinstance(value, list):
        return NOT_READABLE
    filled = (filling.fill_item(field.fields, item) for item in value if item is not None and item != "")
    return list(islice((item for item in filled if item), one_too_many(field))) or None


def one_too_many(field: Field) -> int | None:
    """As many of a group's items, or files, as anybody looks at: validation refuses them, the page shows them."""
    return None if field.max_items is None else field.max_items + 1


def _read_string(value: Any, tidy: Callable[[str, int], str | None], field: Field) -> Any:
    if value is None or value in ([], {}):
        return None
    if not isinstance(value, str):
        return NOT_TEXT
    # Room for spaces and separators, and for letters typed with their marks apart.
    tidied = tidy(value, 4 * (field.max_length or 16) + 64)
    return NOT_TEXT if tidied is None else tidied or None
