"""The front page: the few services it names, which its front matter lists as `popular`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from doorstep.portal.facts.front_matter import Unreadable, read_front_matter
from doorstep.portal.findings.finding import Finding

SOURCE = "docs/index.md"
MOST = 4
"""Of services that the front page names: more would be a list to search in, and below stand all themes."""


def check_front(root: Path, known: Iterable[str]) -> Iterator[Finding]:
    """A finding for each service named there that has no guide. `known` are ids of guides, readable or not."""
    try:
        page = read_front_matter(root / SOURCE)
    except Unreadable as unreadable:
        yield from (Finding(SOURCE, *fault) for fault in unreadable.faults)
        return
    popular, ids = page.data.get("popular", []), set(known)
    remedy = "写成 popular: [甲, 乙]，每个都是 docs/services 里一份指南的 id"
    if not isinstance(popular, list) or len(popular) > MOST:
        yield Finding(SOURCE, page.line(("popular",)), f"popular 要有不超过{MOST}份指南", remedy, "popular")
        return
    for at, name in enumerate(popular):
        if name not in ids:
            yield Finding(SOURCE, page.line(("popular", at)), f"popular 里的 {name} 没有指南", remedy, "popular")


def popular(meta: Mapping[str, Any], guides: Iterable[Any]) -> list[Any]:
    """The guides of the front page in its order; one that is not published is left out."""
    named = meta.get("popular", [])
    by_id = {guide.id: guide for guide in guides} if named else {}
    return [by_id[name] for name in named if name in by_id]
