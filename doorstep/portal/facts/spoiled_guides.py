"""A guide with faults of its own: what of its front matter has none is compared with the lists all the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from doorstep.portal.facts.front_matter import Unreadable, read_front_matter
from doorstep.portal.facts.guides import Guide
from doorstep.portal.findings.explaining import refused


def what_stands(path: Path, *, root: Path, schema: dict[str, Any]) -> Guide | None:
    """The guide with those `facts` alone that its schema takes, for checks that look each up; None where no line of it
    can be trusted.
    """
    try:
        page = read_front_matter(path)
    except Unreadable:
        return None
    wrong = [at for at, *_ in refused(Draft202012Validator(schema), page.data)]
    if () in wrong and any("：" in str(name) or "，" in str(name) for name in page.data):
        return None
    facts = {name: value for name, value in page.data.items() if name not in {at[0] for at in wrong if at}}
    source = path.relative_to(root).as_posix()
    return Guide(path.stem, "", "", facts.get("theme", ""), None, (), facts, source, page.line)
