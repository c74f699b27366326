"""What one-time notices ask for, as staff read it: in the order of the form and of the guide's list, whatever order a
stored notice has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from doorstep.counter.opening import Opened
from doorstep.counter.papers import notice_papers
from doorstep.forms.marks import order_of, title_at


def asked(opened: Opened, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a one-time notice asks for, title and reason: fields, then papers."""
    return [*fields_asked(opened, content), *papers_asked(opened, content)]


def fields_asked(opened: Opened, content: Mapping[str, Any], *, photos: bool | None = None) -> list[tuple[str, str]]:
    """The fields it asks to correct: what the question is called, and why. `photos`: those alone that ask for photos,
    or none of them.
    """
    marks = [
        (str(one["pointer"]), str(one["reason"]))
        for one in content.get("fields", [])
        if photos is None or photos == _asks_photos(opened, str(one["pointer"]))
    ]
    return [
        (title_at(opened.form, opened.instance, pointer) or title_at(opened.form, opened.original, pointer), reason)
        for pointer, reason in sorted(marks, key=lambda mark: order_of(opened.form, mark[0]))
    ]


def _asks_photos(opened: Opened, pointer: str) -> bool:
    field = opened.form.field(pointer.removeprefix("/"))
    return field is not None and field.kind == "attachment"


def papers_asked(opened: Opened, content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The papers it asks for: what the guide called them that day, and why."""
    return _in_order(opened, content.get("papers", []))


def papers_awaited(opened: Opened) -> list[tuple[str, str]]:
    """The papers of the newest notice that nobody has said to have seen: correcting online brings none."""
    return _in_order(opened, notice_papers(opened))


def _in_order(opened: Opened, papers: Iterable[Mapping[str, str]]) -> list[tuple[str, str]]:
    listed = [paper["id"] for paper in opened.peeked.service.get("materials", [])]
    found = sorted(
        papers,
        key=lambda paper: listed.index(paper["material"]) if paper["material"] in listed else len(listed),
    )
    return [(str(one["title"]), str(one["reason"])) for one in found]
