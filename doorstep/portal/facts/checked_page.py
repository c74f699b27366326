"""A page whose front matter has a schema: read and checked in one step, each finding with its line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from jsonschema import Draft202012Validator

from doorstep.portal.facts.data_files import Fault
from doorstep.portal.facts.front_matter import FrontMatter, Unreadable, read_front_matter
from doorstep.portal.findings.explaining import refused
from doorstep.portal.findings.finding import Finding


class PageSchema(NamedTuple):
    """What front matter must fit, and where that is written, for findings to name it."""

    validator: Draft202012Validator
    path: str


def page_schema(root: Path, path: str) -> PageSchema:
    """`path` is below `root`."""
    return PageSchema(Draft202012Validator(json.loads((root / path).read_text(encoding="utf-8"))), path)


def checked_page(
    path: Path, source: str, schema: PageSchema, faults: Callable[[FrontMatter], Iterable[Fault]]
) -> tuple[FrontMatter | None, list[Finding]]:
    """The page, or None and why. `faults` is asked only of what fits the schema, for what a schema cannot say."""
    try:
        page = read_front_matter(path)
    except Unreadable as unreadable:
        return None, [Finding(source, *fault) for fault in unreadable.faults]
    wrong = [
        Finding(source, page.line(at), *fault)
        for at, *fault in refused(schema.validator, page.data, schema=schema.path)
    ]
    wrong = wrong or [Finding(source, page.line(at), *fault) for at, *fault in faults(page)]
    return (None if wrong else page), wrong
