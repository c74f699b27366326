"""Links to a guide whose service is no longer offered: the words around them send people where nothing is to be had."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from doorstep.portal.facts.guides import Guide
from doorstep.portal.findings.finding import Finding

_LINK = re.compile(r"\]\(\s*<?(/services/[a-z0-9-]+/)")


def check_retired_links(pages: Iterable[tuple[str, str]], guides: Iterable[Guide]) -> Iterator[Finding]:
    """A finding for each link to a guide that was retired, of these pages: source and text."""
    retired = {guide.url: guide for guide in guides if guide.retired}
    for source, text in pages if retired else ():
        for number, line in enumerate(text.splitlines(), 1):
            for found in _LINK.finditer(line):
                if (guide := retired.get(found[1])) and guide.source != source:
                    remedy = "把这一句改掉，或者说现在到哪里办"
                    yield Finding(source, number, f"连着“{guide.title}”，这项业务停办了", remedy, "link-retired")
