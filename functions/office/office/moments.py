"""Moments as staff read them: short, in Beijing's time."""

from __future__ import annotations

import datetime as dt

from weblib.moments import BEIJING


def short_time(moment: str) -> str:
    """'2026年11月22日 13:04' of a UTC time as events write it."""
    local = dt.datetime.fromisoformat(moment).astimezone(BEIJING)
    return f"{short_day(moment)} {local.hour:02d}:{local.minute:02d}"


def short_day(moment: str) -> str:
    """'2026年11月22日' of a UTC time as events write it."""
    local = dt.datetime.fromisoformat(moment).astimezone(BEIJING)
    return f"{local.year}年{local.month}月{local.day}日"
