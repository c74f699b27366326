"""What former builds called by a hash stays for a while: a tab that is open across a deploy still loads the search."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

ASSETS = Path("site", "assets")
LEDGER = "assets.json"
"""Beside a build's `site`: whether it was the demonstration, and since when which of its assets are no longer named."""

DAYS = 14
MOST = 32 * 1024 * 1024
"""Bytes of former assets in one build: who builds a hundred times a day keeps the newest."""


def keep_former(before: Path, fresh: Path, *, demo: bool, today: dt.date) -> None:
    """Bring into the build `fresh` what the build `before` has in `assets`, and `fresh` has not, for DAYS from the
    first build that left it out: until then it was served.

    Never from the demonstration into what is published, or back: an index names its pages.
    """
    own = _names(fresh)
    ledger = _ledger(before)
    same = ledger.get("demo") is demo
    left = {name: ledger["left"].get(name, today.isoformat()) for name in _names(before) - own} if same else {}
    kept: dict[str, str] = {}
    room = MOST
    for name, day in sorted(left.items(), key=lambda one: one[1], reverse=True):
        room -= _size(before / ASSETS / name)
        if room >= 0 and today - dt.date.fromisoformat(day) < dt.timedelta(days=DAYS):
            _copy(before / ASSETS / name, fresh / ASSETS / name)
            kept[name] = day
    (fresh / LEDGER).write_text(json.dumps({"demo": demo, "left": kept}, indent=1), encoding="utf-8")


def _names(build: Path) -> set[str]:
    """Of files, their compressed forms among them, and of folders, which go as a whole: scripts name one another."""
    folder = build / ASSETS
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def _ledger(build: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((build / LEDGER).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # the first build, or one from before there were ledgers: nothing is known of it
        return {}
    return found


def _size(path: Path) -> int:
    return sum(_size(one) for one in path.iterdir()) if path.is_dir() else path.stat().st_size


def _copy(path: Path, to: Path) -> None:
    if path.is_dir():
        shutil.copytree(path, to)
    else:
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, to)
