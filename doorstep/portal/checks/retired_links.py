"""Links to a guide whose service is no longer offered: the words around them send people where nothing is to be had."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from doorstep.portal.facts.guides import Guide
from doorstep.portal.findings.finding import Finding

_LINK = re.compile(r"\]\(\s*<?(/services/[a-z0-9-]+/)")


def check_retired_links(root: Path, guides: Iterable[Guide]) -> Iterator[Finding]:
    """A finding for each link of a page below docs/ to a guide that was retired."""
    retired = {guide.url: guide for guide in guides if guide.retired}
    for path in sorted((root / "docs").rglob("*.md")) if retired else ():
        source = path.relative_to(root).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            for found in _LINK.finditer(line):
                if (guide := retired.get(found[1])) and guide.source != source:
                    remedy = "把这一句改掉，或者说现在到哪里办"
                    yield Finding(source, number, f"连着“{guide.title}”，这项业务停办了", remedy, "link-retired")
