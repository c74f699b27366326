"""How findings are printed: for people, for programs, and for GitHub, which shows them beside the lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from doorstep.portal.findings.finding import Finding
from doorstep.portal.findings.rules import RULES, severity


def as_text(findings: Sequence[Finding]) -> str:
    """A line each, whatever a file holds: its own line ends and controls are written out."""
    return "\n".join(_one_line(str(found)) for found in findings) or "没有问题"


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() or letter == "\u3000" else repr(letter)[1:-1] for letter in text)


def as_json(findings: Sequence[Finding]) -> str:
    """A list of {file, line, pointer, rule, severity, problem, remedy}."""
    listed = [
        {
            "file": found.file,
            "line": found.line,
            "pointer": found.pointer,
            "rule": found.rule,
            "severity": severity(found),
            "problem": found.problem,
            "remedy": found.remedy,
        }
        for found in findings
    ]
    return json.dumps(listed, ensure_ascii=False, indent=1)


def as_github(findings: Sequence[Finding]) -> str:
    """Workflow commands: an annotation each."""
    return "\n".join(map(_annotation, findings))


def _annotation(found: Finding) -> str:
    title = RULES[found.rule].means.rstrip("。") if found.rule in RULES else found.rule
    where = f"file={_property(found.file)},line={max(found.line, 1)},title={_property(title)}"
    return f"::{severity(found)} {where}::{_data(f'{found.problem} → {found.remedy}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {"text": as_text, "json": as_json, "github": as_github}
