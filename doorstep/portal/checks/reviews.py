"""Pages that nobody has looked over for so long that what they say may have changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from doorstep.portal.facts.front_matter import FrontMatter
from doorstep.portal.findings.finding import Finding


def is_due(facts: Mapping[str, Any], after: timedelta | None, today: date | None) -> bool:
    """Whether it is time to look over a page that was `checked_on` a day. Without `today` nothing is due."""
    if after is None or today is None:
        return False
    try:
        return date.fromisoformat(str(facts.get("checked_on"))) + after < today
    except ValueError:
        return False  # it has no such day, or one that does not exist


def check_reviews(
    pages: Iterable[tuple[str, FrontMatter]], after: timedelta | None, today: date | None
) -> Iterator[Finding]:
    """A finding for each page that is due, of these with their sources."""
    for source, page in pages:
        if after is not None and is_due(page.data, after, today):
            problem = f"{page.data['checked_on']} 以后没有复核过，超过了 {after.days} 天"
            remedy = "照依据重新核对一遍，改好以后把 checked_on 写成核对的那一天"
            yield Finding(source, page.line(("checked_on",)), problem, remedy, "review-due")
