"""Moments as people here read them."""

from __future__ import annotations

import datetime as dt

BEIJING = dt.timezone(dt.timedelta(hours=8))


def beijing_time(moment: str | dt.datetime) -> str:
    """'2026年11月22日21点05分（北京时间）' of a UTC time, written as RFC 3339 or as a datetime."""
    if isinstance(moment, str):
        moment = dt.datetime.fromisoformat(moment)
    local = moment.astimezone(BEIJING)
    return f"{local.year}年{local.month}月{local.day}日{local.hour}点{local.minute:02d}分（北京时间）"
