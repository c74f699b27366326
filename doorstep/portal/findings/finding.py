"""What is wrong with content, and the error that carries all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from doorstep.forms.findings import Finding

__all__ = ["ContentError", "Finding", "said_twice", "title_again"]


def said_twice(text: str, places: Mapping[str, int]) -> Iterator[Finding]:
    """A finding at each place (file: line) where `text` stands, for an editor may have touched any of them."""
    for file, line in places.items() if len(places) > 1 else ():
        others = "、".join(other for other in places if other != file)
        remedy = "是一回事就并成一份，不是就把一处换个说法"
        yield Finding(file, line, f"“{text}”在 {others} 里也有", remedy, "said-twice")


def title_again(
    file: str, title: str, aliases: Sequence[str], line: Callable[[tuple[str | int, ...]], int]
) -> Iterator[Finding]:
    """A finding for a title that stands among the page's own aliases: it is searched by anyway."""
    if title in aliases:
        at = line(("aliases", aliases.index(title)))
        yield Finding(file, at, f"aliases 里的“{title}”就是标题", "去掉，或者换一个别的叫法", "alias-title")


class ContentError(Exception):
    """Content that may not be published; raised by the portal's loader with every finding at once."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = sorted(set(findings))
        super().__init__("\n" + "\n".join(str(finding) for finding in self.findings))
