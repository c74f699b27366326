"""What is wrong with content, where, and what to do. Collected first, shown together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """A flaw in content. `file` is relative to the repository.

    `line` counts from 1 (0: the file as a whole); in a schema `pointer`, a JSON Pointer, says where instead.
    """

    file: str
    line: int
    problem: str
    remedy: str
    pointer: str = ""

    @property
    def at(self) -> str:
        """Where in the file: a line or a pointer, empty for the file as a whole."""
        return self.pointer or (str(self.line) if self.line else "")

    def __str__(self) -> str:
        place = (
            f"{self.file}#{self.pointer}" if self.pointer else f"{self.file}:{self.line}" if self.line else self.file
        )
        return f"{place}: {self.problem} → {self.remedy}"


class ContentError(Exception):
    """Content that may not be published; raised by the portal's loader with every finding at once."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = sorted(set(findings))
        super().__init__("\n" + "\n".join(str(finding) for finding in self.findings))
