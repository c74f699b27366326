"""Moments as the counter writes them: UTC to the second, so that texts sort as times do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def written(moment: datetime, *, later: timedelta = timedelta()) -> str:
    """2026-11-22T05:04:03Z of an aware datetime, or of the moment `later` after it."""
    return (moment + later).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
