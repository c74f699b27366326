"""The reading log as it is read: every entry stays, and those of one person at one thing stand in one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from doorstep.applications.desk import read_time
from doorstep.counter.readings import WHAT, Reading, read_file_page
from office.moments import short_day, short_time

TOGETHER = dt.timedelta(minutes=30)

NAMED_BY = 6
"""Letters of a file's name that stand for it: enough to tell the files of one application apart."""


def short_code(name: str) -> str:
    """What a file is called where its opaque name is too long."""
    return name[:NAMED_BY]


class Readings(NamedTuple):
    """Entries of one person, application, reason and thing within TOGETHER, newest first; at least one. The pages of
    one file are one thing.
    """

    entries: tuple[Reading, ...]

    @property
    def one(self) -> Reading:
        return self.entries[0]

    @property
    def when(self) -> str:
        """'2026年11月22日 10:09', or '2026年11月22日 10:02–10:09，×6'."""
        first, last = self.entries[-1].at, self.one.at
        if len(self.entries) == 1:
            return short_time(last)
        if short_time(first) == short_time(last):
            return f"{short_time(last)}，×{len(self.entries)}"
        until = short_time(last).removeprefix(f"{short_day(first)} ")
        return f"{short_time(first)}–{until}，×{len(self.entries)}"

    @property
    def numbers(self) -> str:
        """Which entries of the log these are: '12', '7–12', '4、7–9'."""
        return _ranges(entry.number for entry in self.entries)

    @property
    def singly(self) -> list[str]:
        """Each of several, by itself: number, moment, and what. Empty for one alone."""
        alone = [Readings((entry,)) for entry in self.entries] if len(self.entries) > 1 else []
        return [f"{one.numbers}：{one.when}，{one.what}" for one in alone]

    @property
    def what(self) -> str:
        """What was read. A file goes by the beginning of its opaque name: nobody learns here what paper it is,
        and the pages that show the paper print the same letters.
        """
        pages = [page for entry in self.entries if (page := read_file_page(entry.what))]
        if pages:
            return f"一份材料（{short_code(pages[0].name)}）的第{_ranges({one.page for one in pages})}页"
        return WHAT.get(self.one.what, self.one.what)


def together(entries: Sequence[Reading]) -> list[Readings]:
    """These entries, newest first, grouped; a group stands where its newest entry stood."""
    groups: list[list[Reading]] = []
    newest: dict[tuple[str, ...], list[Reading]] = {}
    for entry in entries:
        page = read_file_page(entry.what)
        key = (entry.staff, entry.reference, entry.why, page.name if page else entry.what)
        group = newest.get(key)
        if group is not None and read_time(group[0].at) - read_time(entry.at) <= TOGETHER:
            group.append(entry)
        else:
            newest[key] = [entry]
            groups.append(newest[key])
    return [Readings(tuple(group)) for group in groups]


def _ranges(numbers: Iterable[int]) -> str:
    """'12', '7–12', '4、7–9'."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return "、".join(f"{part[0]}–{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts)
