"""A YAML file of docs/_data that has a schema: read and checked in one step, each finding with its line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from doorstep.portal.findings.explaining import refused
from doorstep.portal.findings.finding import Finding
from doorstep.portal.findings.yaml_faults import line_of, plain, read_yaml

Fault = tuple[tuple[str | int, ...], str, str, str]
"""Where in the value, what is wrong there, and what to do."""


def read_data_file(
    root: Path, source: str, schema: str, faults: Callable[[Any], Iterable[Fault]]
) -> tuple[Any, list[Finding]]:
    """The value of `source`, days as ISO text, or None and why. `schema` is a path below `root`; `faults` is asked only
    of what fits it, for what a schema cannot say.
    """
    value, node, findings = read_yaml(root / source, source)
    if findings:
        return None, findings
    value = plain(value)
    validator = Draft202012Validator(json.loads((root / schema).read_text(encoding="utf-8")))
    findings = [Finding(source, line_of(node, at), *fault) for at, *fault in refused(validator, value, schema=schema)]
    if not findings:
        findings = [Finding(source, line_of(node, at), *fault) for at, *fault in faults(value)]
    return (None, sorted(set(findings))) if findings else (value, [])


def doubled(rows: Iterable[dict[str, Any]], key: str, before: tuple[str | int, ...] = ()) -> Iterable[Fault]:
    """A fault for each row whose `key` another row had before; `before` is where the rows stand."""
    seen: set[str] = set()
    for number, row in enumerate(rows):
        if row[key] in seen:
            yield (
                (*before, number, key),
                f"有两条的 {key} 都是 {row[key]}",
                "一样只写一条，不是一样就换个名字",
                "list-twice",
            )
        seen.add(row[key])
