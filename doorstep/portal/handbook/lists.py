"""What the editors' handbook lists beside its prose in docs/editing: the rules, the plain words, the names of facts.

It stands in the demonstration and in the preview, never in the published site.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from doorstep.portal.facts.data import read_data
from doorstep.portal.findings.rules import HEADINGS, RULES, WARNING, Rule
from doorstep.portal.handbook.drafts import flow

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
FOLDER = "editing/"
STYLE = f"{FOLDER}handbook.css"
#: By the name of their include the schemas whose facts an editor writes.
SCHEMAS = {f"{kind}-facts": f"schemas/content/{kind}.json" for kind in ("guide", "resource", "place")}


class Fact(NamedTuple):
    """One name of front matter, for editors; `example` is the whole line, empty where nobody may invent one."""

    name: str
    title: str
    text: str
    required: bool
    example: str


@dataclass(frozen=True)
class Handbook:
    """What templates see as `handbook`."""

    rules: dict[str, Rule]
    headings: dict[str, str]
    words: dict[str, str]
    facts: dict[str, tuple[Fact, ...]]

    def is_warning(self, rule: Rule) -> bool:
        return rule.severity == WARNING


def read_handbook(root: Path) -> Handbook:
    facts = {name: tuple(_facts(json.loads((root / path).read_text("utf-8")))) for name, path in SCHEMAS.items()}
    return Handbook(RULES, HEADINGS, read_data(root)[0].words, facts)


def handbook_style(root: Path) -> bytes:
    """Residents' pages never load it."""
    return (root / "theme" / "assets" / "handbook.css").read_bytes()


def _facts(schema: dict[str, Any]) -> list[Fact]:
    return [
        Fact(
            name,
            fact.get("title", ""),
            fact.get("description", ""),
            name in schema["required"],
            f"{name}: {flow(_value(fact['examples'][0]))}" if "examples" in fact else "",
        )
        for name, fact in schema["properties"].items()
    ]


def _value(example: Any) -> Any:
    """A day is written without quotes."""
    is_day = isinstance(example, str) and _DAY.fullmatch(example)
    return date.fromisoformat(example) if is_day else example
