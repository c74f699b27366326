"""The profile's formats: what no regular expression says, the same functions for both validators.

They see text that `filler` has made uniform, and are strict: [0-9] only, the whole text. Lengths are the schema's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from operator import mul

from doorstep.attachments.naming import is_digest
from doorstep.places import Places

FormatCheck = Callable[[str], bool]

# It begins with a province of GB/T 2260: also Taiwan, Hong Kong and Macao, and 83 for Taiwan residents' permits.
_RESIDENT_ID = re.compile(r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])[0-9]{15}[0-9X]")
_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
_ZEROS = 48 * sum(_WEIGHTS)
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(?:(?:010|02[0-9]|0[3-9][0-9]{2})-)?[2-9][0-9]{6,7}")
_MONEY = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{2})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BANK_CARD = re.compile(r"[0-9]{12,19}")
_CREDIT_CODE = re.compile(r"[0-9A-Z]{18}")
_NAME_MARKS = frozenset("· -'.")
_CHINA = timezone(timedelta(hours=8))


def today_in_china() -> date:
    return datetime.now(_CHINA).date()


def formats(places: Places, today: Callable[[], date]) -> Mapping[str, FormatCheck]:
    """Name → check, for every format a form schema may use."""
    return {
        "resident-id": lambda text: is_resident_id(text, today()),
        "phone": is_phone,
        "person-name": is_person_name,
        "money": is_money,
        "date": is_date,
        "past-date": lambda text: is_past_date(text, today()),
        "community": places.is_answer,
        "bank-card": is_bank_card,
        "credit-code": is_credit_code,
        "attachment": is_digest,
    }


def is_resident_id(text: str, today: date) -> bool:
    """18 characters, a known province, a real birthday not in the future, the right check digit.

    No rule ties the area to the birthday: people are older than their district.
    """
    if not _RESIDENT_ID.fullmatch(text):
        return False
    born = _real_date(text[6:14])
    return born is not None and born <= today and _check_digit(text) == text[17]


def is_phone(text: str) -> bool:
    """A mobile number, or a landline with or without its area code; no extension."""
    return bool(_MOBILE.fullmatch(text) or _LANDLINE.fullmatch(text))


def is_person_name(text: str) -> bool:
    """Letters of any script, every Han character, and the marks that join them; no rule about surnames."""
    # Most names are letters and the dot between them, told at a glance; others are looked at one by one.
    return text.replace("·", "").isalpha() or _is_rare_name(text)


def _is_rare_name(text: str) -> bool:
    return any(_is_letter(char) for char in text) and all(
        char in _NAME_MARKS or _is_letter(char) or unicodedata.category(char)[0] == "M" for char in text
    )


def is_money(text: str) -> bool:
    return bool(_MONEY.fullmatch(text))


def is_date(text: str) -> bool:
    return bool(_DATE.fullmatch(text)) and _real_date(text) is not None


def is_past_date(text: str, today: date) -> bool:
    """Today or a day before: what is said to have happened."""
    return is_date(text) and date.fromisoformat(text) <= today


def is_bank_card(text: str) -> bool:
    """12 to 19 digits with Luhn's check digit."""
    if not _BANK_CARD.fullmatch(text):
        return False
    digits = [int(char) for char in reversed(text)]
    return (sum(digits[0::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])) % 10 == 0


def is_credit_code(text: str) -> bool:
    if not _CREDIT_CODE.fullmatch(text):
        return False
    from stdnum.cn import uscc  # noqa: PLC0415 (14 ms of imports that most requests have no need of)

    return bool(uscc.is_valid(text))


def _check_digit(resident_id: str) -> str:
    """GB 11643's (ISO 7064 MOD 11-2) for the first 17 digits; a test holds it against python-stdnum."""
    # Bytes count from 48, the code of "0"; this runs once a person on the way of every valid application.
    return "10X98765432"[(sum(map(mul, _WEIGHTS, resident_id.encode())) - _ZEROS) % 11]


def _real_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _is_letter(char: str) -> bool:
    # Planes 2 and 3 are Han alone; Python's tables may be older than a rare character in somebody's name.
    return char.isalpha() or char == "〇" or "\u4e00" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003fffd"
