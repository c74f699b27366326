"""Guides and the forms that are asked only after approval must know each other: which they are, and who asks which."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from doorstep.portal.facts.guides import Guide
from doorstep.portal.findings.finding import Finding


def asked_after(folder: Path) -> frozenset[str]:
    """The ids of the forms of this folder that no guide's application is made with: they say `x-asked`."""
    return frozenset(path.stem for path in folder.glob("*.json") if _is_asked_after(path))


def check_asked_after(
    guides: Iterable[Guide], after: Collection[str], unread: Collection[str] = ()
) -> Iterator[Finding]:
    """`after`: ids of forms asked after approval, `unread` those of guides that cannot be read."""
    named = set()
    for guide in guides:
        form = guide.facts.get("after_approval")
        named.add(form)
        if form is not None and form not in after:
            remedy = f"改成{'、'.join(sorted(after))}，或者去掉这一行" if after else "去掉这一行"
            yield Finding(
                guide.source, guide.line(("after_approval",)), f"没有批准以后才问的表 {form}", remedy, "form-unknown"
            )
    if not unread:
        for form in sorted(set(after) - named):
            remedy = f"在要问它的指南里写 after_approval: {form}，或者去掉这张表"
            yield Finding(
                f"schemas/forms/{form}.json", 0, "没有指南在批准以后问这张表", remedy, "form-unused", "/x-asked"
            )


def _is_asked_after(path: Path) -> bool:
    try:
        form = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return False  # `check_forms` says so
    return isinstance(form, dict) and "x-asked" in form
