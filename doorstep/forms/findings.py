"""What is wrong with content an editor or an engineer wrote."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`file` is relative to the schemas folder, `pointer` a JSON Pointer into it, `remedy` what to do."""

    file: str
    pointer: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}{'#' if self.pointer else ''}{self.pointer}: {self.problem} → {self.remedy}"
