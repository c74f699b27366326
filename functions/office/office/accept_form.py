"""Accepting as it is typed: who signed what and when, some rows for each paper; all is kept whatever is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from doorstep.applications.authorisations import Authorisation
from doorstep.counter.accepting import MOST_SIGNATURES, Signature
from doorstep.counter.errors import FAULTS, Fault
from office.posted import Posted
from office.seen_form import NAME, SeenTyped, read_seen

PARTS = ("who", "why", "year", "month", "day")

DATED = frozenset({"on", "no-date", "future"})
"""Faults of a row's date, the others are of its name or of its reason."""

EXPLAINED = "long-why"

WHO = {
    "agent": "申请人签，交给替他办的人",
    "each_adult": "家里满18岁的人，每人签一份",
}


class Row(NamedTuple):
    """One signer of `paper`, as typed; `number` counts the paper's rows from 1."""

    paper: str
    number: int
    who: str = ""
    why: str = ""
    year: str = ""
    month: str = ""
    day: str = ""

    @property
    def id(self) -> str:
        return f"sign-{self.paper}-{self.number}"

    @property
    def blank(self) -> bool:
        """Nothing typed: the year alone stands there already."""
        return not (self.who.strip() or self.why.strip() or self.month.strip() or self.day.strip())

    @property
    def on(self) -> str:
        """2026-11-22; what is no date stays as it was typed, and is refused."""
        parts = [part.strip() for part in (self.year, self.month, self.day)]
        if all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
            return "-".join((parts[0], parts[1].zfill(2), parts[2].zfill(2)))
        return "-".join(parts)


class AcceptTyped(NamedTuple):
    """All that was typed and ticked."""

    identity_checked: bool = False
    rows: tuple[Row, ...] = ()
    seen: SeenTyped = SeenTyped()

    def filled(self) -> list[Row]:
        """The rows that say anything, in the order they are sent to the use case."""
        return [row for row in self.rows if not row.blank]

    def signatures(self) -> list[Signature]:
        """As the use case takes them."""
        return [Signature(row.paper, row.who, row.on, row.why) for row in self.filled()]

    def with_row(self, paper: str) -> AcceptTyped:
        """One more row for this paper."""
        last = max((row.number for row in self.rows if row.paper == paper), default=0)
        if len(self.rows) >= MOST_SIGNATURES:
            return self
        return self._replace(rows=(*self.rows, Row(paper, last + 1)))


def read_acceptance(form: Posted) -> AcceptTyped:
    """What somebody sent; rows by their names `sign-<paper>-<number>-<part>`."""
    found: dict[tuple[str, int], dict[str, str]] = {}
    for name, value in form.pairs:
        head, _, part = name.rpartition("-")
        stem, _, number = head.rpartition("-")
        if stem.startswith("sign-") and part in PARTS and number.isascii() and number.isdigit() and len(number) < 4:
            found.setdefault((stem.removeprefix("sign-"), int(number)), {})[part] = value
    rows = tuple(Row(paper, number, **parts) for (paper, number), parts in sorted(found.items()))
    return AcceptTyped(form.get("identity_checked") == "yes", rows, read_seen(form))


def papers_of(
    needed: Sequence[Authorisation],
    service: Mapping[str, Any],
    typed: AcceptTyped,
    today: dt.date,
    expected: Mapping[str, Sequence[str]],
) -> list[dict[str, Any]]:
    """Each paper with its rows: those that were typed, and at least one for everybody who signs it, with the name that
    is `expected` there.
    """
    listed = needed or _typed_only(service, typed)
    return [
        {
            "id": paper.id,
            "title": paper.title,
            "who": WHO.get(paper.who, "") + (f"，照填的内容一共{paper.people}人" if paper.people else ""),
            "basis": paper.basis,
            "rows": list(_rows(paper, typed, today, expected.get(paper.id, ()))),
        }
        for paper in listed
    ]


def _rows(paper: Authorisation, typed: AcceptTyped, today: dt.date, expected: Sequence[str]) -> Iterable[Row]:
    known = {row.number: row for row in typed.rows if row.paper == paper.id}
    for number in range(1, max(paper.people, *known, 1) + 1):
        name = expected[number - 1] if number <= len(expected) else ""
        row = known.get(number, Row(paper.id, number, name, year=str(today.year)))
        yield row._replace(year=str(today.year)) if row.blank and not row.year else row


def _typed_only(service: Mapping[str, Any], typed: AcceptTyped) -> list[Authorisation]:
    """The papers something was typed for, where the answers may not be opened any more."""
    named = {row.paper for row in typed.rows}
    return [
        Authorisation(paper["id"], paper["title"], paper["who"], paper["basis"], 0)
        for paper in service.get("signatures", [])
        if paper["id"] in named
    ]


class Wrong(NamedTuple):
    """One fault: the id of its control, what the summary says, what stands at the control."""

    target: str
    summary: str
    message: str


def wrong_with(
    faults: Iterable[Fault], typed: AcceptTyped, papers: Sequence[Mapping[str, Any]], seen: Mapping[str, str]
) -> list[Wrong]:
    """Where each fault stands on the page; `seen`: the papers to see, id → title."""
    filled, titles = typed.filled(), {paper["id"]: paper["title"] for paper in papers}
    listed = []
    for fault in faults:
        kind, _, what = fault.where.partition(":")
        said = FAULTS[fault.what]
        if kind == "signature":
            row = filled[int(what)]
            target = f"{row.id}-year" if fault.what in DATED else f"{row.id}-why" if fault.what == EXPLAINED else row.id
            listed.append(Wrong(target, f"第{row.number}个签字的人：{said}", said))
        elif kind == NAME and what not in seen:  # the guide has changed meanwhile
            listed.append(Wrong("identity_checked", said, said))
        elif kind == NAME:
            target = f"{NAME}-{what}-other" if fault.what == EXPLAINED else f"{NAME}-{what}"
            listed.append(Wrong(target, f"{seen[what]}：{said}", said))
        elif kind == "paper":
            listed.append(Wrong(f"paper-{what}", f"{titles.get(what, '')}：{said}", said))
        else:
            listed.append(Wrong(kind or "identity_checked", said, said))
    return listed
