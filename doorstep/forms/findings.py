"""What is wrong with content, where, and what to do, in Chinese: editors read it. Collected first, shown together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """A flaw in content. `file` is relative to the repository (in this package: to the schemas folder).

    `line` counts from 1 (0: the file as a whole, or in a schema not looked up yet); in a schema `pointer`, a JSON
    Pointer, says where too. `rule` is its id in doorstep/portal/findings/rules.py: what such findings mean, how they
    are mended, and whether they are errors.
    """

    file: str
    line: int
    problem: str
    remedy: str
    rule: str = ""
    pointer: str = ""

    def __str__(self) -> str:
        at = f":{self.line}" if self.line else f"#{self.pointer}" if self.pointer else ""
        return f"{self.file}{at}: {self.problem} → {self.remedy}"
