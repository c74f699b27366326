"""The form's questions as controls of a page, with answers as typed, errors, and the files of attachments."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from doorstep.forms.attached import Attached, rows_of
from doorstep.forms.control import Control, Item, SectionView
from doorstep.forms.errors import FieldError
from doorstep.forms.fields import Field, Form
from doorstep.forms.kinds import KINDS, RADIOS_AT_MOST
from doorstep.places import UNKNOWN_COMMUNITY, UNKNOWN_COMMUNITY_TITLE

_ASK = {"choice": "请选", "choices": "请选", "community": "请选", "consent": "请打勾", "attachment": "请上传"}
# What `fill` leaves of an unreadable text is false, which nobody typed.
_TICKED = {"yes-no", "consent"}


def section_views(
    form: Form,
    tree: Mapping[str, Any],
    errors: Sequence[FieldError],
    focus: str | None = None,
    attached: Mapping[str, Attached] = {},
) -> tuple[SectionView, ...]:
    """Every section with its questions, asked or not (a page without scripts shows them all), values kept as typed.

    `focus` names the section, the group or the attachment the page should open at; `attached` says by digest how
    files stand.
    """
    messages = {error.pointer: error.message for error in errors}
    everything = with_rows(controls_of(form.fields, tree, messages, name="", pointer=""), attached)
    if focus is not None:
        everything = with_focus(everything, focus)
    return tuple(
        SectionView(section, tuple(control for control in everything if control.field.section == section.id))
        for section in form.sections
    )


def all_controls(controls: Sequence[Control]) -> list[Control]:
    """The controls and those of their groups' items, in the page's order."""
    found = []
    for control in controls:
        found.append(control)
        for item in control.items:
            found.extend(all_controls(item.controls))
    return found


def with_rows(controls: Sequence[Control], attached: Mapping[str, Attached]) -> tuple[Control, ...]:
    """The form's own controls, attachments with their files listed."""
    return tuple(
        replace(control, files=rows_of(control.values, attached)) if control.field.kind == "attachment" else control
        for control in controls
    )


def with_focus(controls: tuple[Control, ...], focus: str) -> tuple[Control, ...]:
    """Marks the first question of the section, or the first of the group's last item (the group when it has none)."""
    for index, control in enumerate(controls):
        if focus not in (control.field.section, control.name):
            continue
        if control.items:
            # Who comes to a section begins at its top; who added an item goes on in the new one.
            at = -1 if focus == control.name else 0
            items = list(control.items)
            first, *rest = items[at].controls
            items[at] = replace(items[at], controls=(replace(first, focus=True), *rest))
            marked = replace(control, items=tuple(items))
        else:
            marked = replace(control, focus=True)
        return (*controls[:index], marked, *controls[index + 1 :])
    return controls


def controls_of(
    fields: Sequence[Field], tree: Mapping[str, Any], messages: Mapping[str, str], *, name: str, pointer: str
) -> tuple[Control, ...]:
    """The questions of one object of the tree: the form's own, or those of a group's item.

    `messages` are the errors by pointer; `name` and `pointer` stand before each field's own.
    """
    by_name = {field.name: field for field in fields}
    controls = []
    said: set[tuple[str | None, str]] = set()
    for field in fields:
        value = tree.get(field.name)
        if isinstance(value, bool) and field.kind not in _TICKED:
            value = None
        here = f"{name}{field.name}"
        where = f"{pointer}/{field.name}"
        # The same reason once a section, not at every amount.
        why = field.why_text if _shows_why(field) and (field.section, field.why_text) not in said else None
        said.add((field.section, field.why_text))
        controls.append(
            Control(
                field=field,
                name=here,
                pointer=where,
                template=_template(field),
                values=_texts(value),
                parts=_date_parts(value) if KINDS[field.kind].template == "date" else {},
                items=_items(field, value, messages, name=here, pointer=where) if field.kind == "group" else (),
                error=messages.get(where),
                why=why,
                condition=_condition(field, by_name),
                asked_if=_asked_if(field),
            )
        )
    return tuple(controls)


def _items(field: Field, value: Any, messages: Mapping[str, str], *, name: str, pointer: str) -> tuple[Item, ...]:
    items = value if isinstance(value, list) else []
    return tuple(
        Item(
            index,
            item_title(field, index),
            controls_of(
                field.fields,
                item if isinstance(item, dict) else {},
                messages,
                name=f"{name}-{index}-",
                pointer=f"{pointer}/{index}",
            ),
        )
        for index, item in enumerate(items)
    )


def item_title(field: Field, index: int) -> str:
    """What an item of this group is called, by its place from 0."""
    return (field.item_title or field.title).replace("{n}", str(index + 1))


def _shows_why(field: Field) -> bool:
    return bool(field.why_text) and (field.why_show or field.sensitive is not None)


def _template(field: Field) -> str:
    template = KINDS[field.kind].template
    if template == "choice":
        return "select" if len(field.choices) > RADIOS_AT_MOST else "radios"
    return template


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(part for item in value for part in _texts(item))
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, str):
        return (value,) if value else ()
    # A huge integer has no text Python would make; nobody typed it into a page.
    return (str(value),) if isinstance(value, int) and abs(value) < 10**15 else ()


def _date_parts(value: Any) -> dict[str, str]:
    """Year, month, day as typed, or taken from an instance's ISO text; what fits neither is shown as the year."""
    if isinstance(value, dict):
        return {part: "".join(_texts(value.get(part))) for part in ("year", "month", "day")}
    texts = _texts(value)
    parts = texts[0].split("-") if texts else []
    if len(parts) == 3:
        return dict(zip(("year", "month", "day"), (part.lstrip("0") or part for part in parts), strict=True))
    return {"year": texts[0] if texts else "", "month": "", "day": ""}


def _condition(field: Field, by_name: Mapping[str, Field]) -> str | None:
    if not field.asked_if:
        return None
    wanted = "，又".join(
        "选了" + "或".join(f"“{_answer_title(by_name[condition.field], value)}”" for value in condition.values)
        for condition in field.asked_if
    )
    return f"如果您{wanted}，{_ASK.get(KINDS[field.kind].template, '请填')}："


def _answer_title(field: Field, value: str | bool) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.kind == "community" and value == UNKNOWN_COMMUNITY:
        return UNKNOWN_COMMUNITY_TITLE
    return field.choice_title(value) or value


def _asked_if(field: Field) -> str | None:
    """For the browser's scripts: [{"field": name in the same object, "values": as the schema says them}], all hold."""
    if not field.asked_if:
        return None
    conditions = [{"field": condition.field, "values": condition.values} for condition in field.asked_if]
    return json.dumps(conditions, ensure_ascii=False, separators=(",", ":"))
