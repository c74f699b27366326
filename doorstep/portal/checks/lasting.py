"""Ids that stay for ever, because applications under way stand at them: kinds of office and the stages of a service.

`doorstep publish` adds those of the day to the archive; nothing is ever taken out of it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, TypedDict

from doorstep.portal.facts.confirmed import RETIRED
from doorstep.portal.facts.guides import Guide
from doorstep.portal.facts.office_kinds import SOURCE
from doorstep.portal.findings.finding import Finding

ARCHIVE = "schemas/archive/lasting.json"


class Lasting(TypedDict):
    """`offices`: ids of kinds with their levels; `stages`: by the service's id the ids of its stages."""

    offices: dict[str, str]
    stages: dict[str, list[str]]


def keep_lasting(root: Path, kinds: Iterable[dict[str, Any]], guides: Iterable[Guide]) -> None:
    """Add what the offices and guides have now to the archive."""
    kept = _read(root)
    for kind in kinds:
        kept["offices"].setdefault(kind["id"], kind["level"])
    for guide in guides:
        known = kept["stages"].setdefault(guide.id, [])
        known += [stage["id"] for stage in guide.facts.get("stages", []) if stage["id"] not in known]
    (root / ARCHIVE).write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def check_lasting(
    root: Path, kinds: list[dict[str, Any]], guides: Iterable[Guide], unread: Collection[str] = ()
) -> Iterator[Finding]:
    """A finding for each id of the archive that is gone or means another level now, and for each guide that is gone:
    nobody could be told how its applications go on. `unread` are guides that are there and cannot be read.
    """
    try:
        kept = _read(root)
    except (ValueError, KeyError, TypeError, AttributeError):
        yield Finding(ARCHIVE, 0, "这个文件读不出来", "从版本历史里找回来", "archive-index")
        return
    levels = {kind["id"]: kind["level"] for kind in kinds}
    for name, level in kept["offices"].items():
        if kinds and levels.get(name) != level:
            problem = f"{level} 级的 {name} 不见了，申请和工作人员还归它"
            yield Finding(SOURCE, 0, problem, f"写回 id: {name}, level: {level}；title 和 name 可以改", "lasting-gone")
    guides = list(guides)
    for gone in sorted(kept["stages"].keys() - {guide.id for guide in guides} - set(unread)):
        remedy = f"从版本历史里找回来；停办了就在里面写 {RETIRED}: 停办那一天"
        yield Finding(f"docs/services/{gone}.md", 0, "这份指南不见了，有的申请可能还没办完", remedy, "lasting-gone")
    for guide in guides:
        now = {stage["id"] for stage in guide.facts.get("stages", [])}
        for name in kept["stages"].get(guide.id, []):
            if name not in now:
                problem = f"stages 里的 {name} 不见了，有的申请可能正停在这一步"
                line = guide.line(("stages",))
                yield Finding(guide.source, line, problem, f"写回 id: {name}；不用了就加 retired: true", "lasting-gone")


def _read(root: Path) -> Lasting:
    path = root / ARCHIVE
    if not path.exists():
        return {"offices": {}, "stages": {}}
    kept: Any = json.loads(path.read_text(encoding="utf-8"))
    return {"offices": dict(kept["offices"]), "stages": {name: list(ids) for name, ids in kept["stages"].items()}}
