"""Stages of a guide that no application could go through: each has an id and an office of its own guide, and the last
one is where it is decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def check_stages(stages: Any, offices: Any) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """(index, (problem, remedy, rule)) for a guide's `stages` and `offices` as YAML has them.

    What the schema refuses is left to it.
    """
    if not isinstance(stages, list) or not isinstance(offices, dict):
        return
    listed = [(index, stage) for index, stage in enumerate(stages) if isinstance(stage, dict)]
    seen: set[str] = set()
    last = max((index for index, stage in listed if not stage.get("retired")), default=None)
    for index, stage in listed:
        role, name = str(stage.get("office")), str(stage.get("id"))
        if role not in offices:
            yield index, ("这一步的 office 在 offices 里没有", "写成 offices 里的名字", "stage-office")
        elif index == last and offices[role] != offices.get("decide"):
            remedy = "最后一步的 office 写 decide；别的单位的步骤放在前面"
            yield index, ("最后一步不在作决定的单位", remedy, "stage-office")
        if name in seen:
            yield index, (f"有两步的 id 都是 {name}", "一步一个 id，不能重复", "stage-twice")
        seen.add(name)
