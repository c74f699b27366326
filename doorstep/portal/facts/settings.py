"""What holds for the whole site: docs/_data/site.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from doorstep.portal.facts.confirmed import BY, ON, by_faults
from doorstep.portal.facts.data_files import Fault, read_data_file
from doorstep.portal.facts.resources import day_faults
from doorstep.portal.findings.finding import Finding

SOURCE, SCHEMA = "docs/_data/site.yml", "schemas/content/site.json"


@dataclass(frozen=True)
class Settings:
    """`review_after`: how long a page's facts count as looked over, None where that could not be read. `data_licence`:
    {id, confirmed_by?, confirmed_on?}, empty where nobody has named one.
    """

    review_after: timedelta | None = None
    data_licence: Mapping[str, Any] = field(default_factory=dict)


def read_settings(root: Path, today: date | None = None) -> tuple[Settings, list[Finding]]:
    """The settings, as far as nothing is wrong. Without `today` no day is late."""
    known, findings = read_data_file(root, SOURCE, SCHEMA, lambda value: _faults(value, today))
    if known is None:
        return Settings(), findings
    return Settings(timedelta(days=known["review_after_days"]), known.get("data_licence", {})), findings


def _faults(known: Mapping[str, Any], today: date | None) -> Iterator[Fault]:
    licence = known.get("data_licence", {})
    yield from ((("data_licence", BY), *fault) for fault in by_faults(licence))
    if ON in licence:
        yield from ((("data_licence", ON), *fault) for fault in day_faults(ON, licence[ON], today))
