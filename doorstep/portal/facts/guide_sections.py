"""A guide's prose as built, cut at its fixed headings, so that the page and its printed notice may place each part."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import count

from doorstep.portal.facts.guides import HEADINGS
from doorstep.search.index import QUESTIONS, question_anchor

_HEADING = re.compile(rf'<h2 id="({"|".join(HEADINGS)})">.*?</h2>', re.DOTALL)
_ASKED = re.compile(r'<h3 id="[^"]*">')


@dataclass(frozen=True)
class Section:
    """`html` is what stands below the heading."""

    id: str
    title: str
    html: str


def sections(html: str) -> dict[str, Section]:
    """By id, in the order they stand in. What stands before the first heading belongs to none, and is nothing."""
    _, *parts = _HEADING.split(html)  # id, what follows, id, …
    found = {id_: Section(id_, HEADINGS[id_], text) for id_, text in zip(parts[::2], parts[1::2], strict=True)}
    if QUESTIONS in found:
        found[QUESTIONS] = replace(found[QUESTIONS], html=_numbered(found[QUESTIONS].html))
    return found


def _numbered(html: str) -> str:
    numbers = count(1)
    return _ASKED.sub(lambda _: f'<h3 id="{question_anchor(next(numbers))}">', html)
