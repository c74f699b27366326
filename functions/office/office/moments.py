"""Moments as staff read them: short, in Beijing's time."""

from __future__ import annotations

import datetime as dt

from weblib.moments import BEIJING


def short_time(moment: str) -> str:
    """'2026年11月22日 13:04' of a UTC time as events write it; of anything else, that it cannot be read."""
    local = _local(moment)
    if local is None:
        return "时间 读不出来"
    return f"{short_day(moment)} {local.hour:02d}:{local.minute:02d}"


def short_day(moment: str) -> str:
    """'2026年11月22日' of a UTC time as events write it; of anything else, that it cannot be read."""
    local = _local(moment)
    return f"{local.year}年{local.month}月{local.day}日" if local else "日期读不出来"


def _local(moment: str) -> dt.datetime | None:
    """A list's column may have been spoiled by somebody: that costs its own row only."""
    try:
        return dt.datetime.fromisoformat(moment).astimezone(BEIJING)
    except (ValueError, OverflowError):
        return None
