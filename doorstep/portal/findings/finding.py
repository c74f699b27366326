"""What is wrong with content, and the error that carries all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from doorstep.forms.findings import Finding

__all__ = ["ContentError", "Finding", "said_twice"]


def said_twice(text: str, places: Mapping[str, int]) -> Iterator[Finding]:
    """A finding at each place (file: line) where `text` stands, for an editor may have touched any of them."""
    for file, line in places.items() if len(places) > 1 else ():
        others = "、".join(other for other in places if other != file)
        remedy = "是一回事就并成一份，不是就把一处换个说法"
        yield Finding(file, line, f"“{text}”在 {others} 里也有", remedy, "said-twice")


class ContentError(Exception):
    """Content that may not be published; raised by the portal's loader with every finding at once."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = sorted(set(findings))
        super().__init__("\n" + "\n".join(str(finding) for finding in self.findings))
