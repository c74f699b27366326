"""How an answer is shown to people, one function a kind: the lines of a description list's entry."""

from __future__ import annotations

from typing import Any

from doorstep.forms.fields import Field
from doorstep.places import UNKNOWN_COMMUNITY, UNKNOWN_COMMUNITY_TITLE, Places


def show_text(value: Any, _field: Field, _places: Places) -> tuple[str, ...]:
    return tuple(str(value).split("\n"))


def show_choice(value: Any, field: Field, _places: Places) -> tuple[str, ...]:
    return (field.choice_title(value) or str(value),)


def show_choices(value: Any, field: Field, _places: Places) -> tuple[str, ...]:
    return tuple(field.choice_title(part) or str(part) for part in value)


def show_attachment(value: Any, _field: Field, _places: Places) -> tuple[str, ...]:
    """How many there are: a digest is nothing to read. `attached.lines` says how each stands."""
    return (f"{len(value)}份" if isinstance(value, list) else str(value),)


def show_yes_no(value: Any, _field: Field, _places: Places) -> tuple[str, ...]:
    return ("是" if value is True else "否" if value is False else str(value),)


def show_consent(value: Any, _field: Field, _places: Places) -> tuple[str, ...]:
    return ("已打勾" if value is True else "没打勾",)


def show_with_unit(value: Any, field: Field, _places: Places) -> tuple[str, ...]:
    return (f"{value}{field.unit}" if field.unit else str(value),)


def show_date(value: Any, _field: Field, _places: Places) -> tuple[str, ...]:
    parts = str(value).split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return (str(value),)
    year, month, day = (int(part) for part in parts)
    return (f"{year}年{month}月{day}日",)


def show_community(value: Any, _field: Field, places: Places) -> tuple[str, ...]:
    if value == UNKNOWN_COMMUNITY:
        return (UNKNOWN_COMMUNITY_TITLE,)
    community = places.community(str(value))
    return (f"{community.district_name} {community.street_name} {community.name}" if community else str(value),)


def show_resident_id(value: Any, _field: Field, _places: Places) -> tuple[str, ...]:
    """Place, birthday, rest: the groups in which people read their number aloud."""
    number = str(value)
    return (f"{number[:6]} {number[6:14]} {number[14:]}",)


def show_in_fours(value: Any, _field: Field, _places: Places) -> tuple[str, ...]:
    number = str(value)
    return (" ".join(number[start : start + 4] for start in range(0, len(number), 4)),)


def show_phone(value: Any, _field: Field, _places: Places) -> tuple[str, ...]:
    number = str(value)
    mobile = len(number) == 11 and number[0] == "1"
    return (f"{number[:3]} {number[3:7]} {number[7:]}" if mobile else number,)
