"""What is wrong with content, and the error that carries all of it."""

from __future__ import annotations

from collections.abc import Iterable

from doorstep.forms.findings import Finding

__all__ = ["ContentError", "Finding"]


class ContentError(Exception):
    """Content that may not be published; raised by the portal's loader with every finding at once."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = sorted(set(findings))
        super().__init__("\n" + "\n".join(str(finding) for finding in self.findings))
