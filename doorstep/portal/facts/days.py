"""Days as people write them."""

from __future__ import annotations


def day(text: str) -> str:
    """“2026-11-02” as people write it: 2026年11月2日."""
    year, month, number = (int(part) for part in text.split("-"))
    return f"{year}年{month}月{number}日"
