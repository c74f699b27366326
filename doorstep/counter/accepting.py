"""Accepting (正式受理): the identity is checked, every paper seen and every authorisation signed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from doorstep.applications.authorisations import Authorisation, authorisations
from doorstep.applications.head import Head
from doorstep.counter.counter import Counter
from doorstep.counter.opening import Opened
from doorstep.counter.papers import Paper, Seen, check_papers, cleaned_papers, needed_papers
from doorstep.counter.signers import LONGEST_NAME, people, same_name, signers
from doorstep.counter.stages import DECIDES, next_stage, office_at
from doorstep.counter.taking import Taking, Writing, take
from doorstep.counter.texts import Faults, cleaned

MOST_SIGNATURES = 60
LONGEST_REASON = 200

_DATE = re.compile(r"[0-9]{1,4}-[0-9]{1,4}-[0-9]{1,4}")
"""Year, month and day are all there; whether there is such a day is another question."""


class Signature(NamedTuple):
    """Who signed which paper and when: `paper` is an authorisation's id, `on` a date, 2026-11-22; `why` the name is not
    as it stands in the answers, "" where it is.
    """

    paper: str
    who: str
    on: str
    why: str = ""


def accept(
    counter: Counter,
    taking: Taking,
    *,
    identity_checked: bool,
    signatures: Sequence[Signature],
    papers: Sequence[Seen],
) -> Head:
    """Accept the application: it goes to the office of the first stage. Raises what `take` raises.

    Sealed as `accepted-<revision>`: {"identity_checked": true, "signatures": [{"paper", "title", "who", "on"}], with
    "why" where one was given, "papers_seen": [{"material", "title", "seen": true}], or "why" instead of "seen"}.
    Faults' `where`: `identity_checked`, `seen:<material>`, `signature:<row>` (from 0, its `who`, `on` and `why`),
    `paper:<id>` (not yet all signed).
    """
    signed, seen = [_cleaned(part) for part in signatures], cleaned_papers(papers)
    said: dict[str, Any] = {"identity_checked": identity_checked, "signatures": signed, "papers_seen": seen}

    def write(opened: Opened) -> Writing:
        needed = needed_signatures(counter, opened)
        to_see = papers_to_see(counter, opened, [part["material"] for part in seen])
        _check(counter, said, needed, expected_signers(counter, opened), to_see)
        titles = {paper.id: paper.title for paper in needed}
        named = [{**part, "title": titles[part["paper"]]} for part in signed]
        called = {paper.id: paper.title for paper in to_see}
        shown = [{**part, "title": called[part["material"]]} for part in seen]
        return Writing(first_stage(counter, opened), said | {"signatures": named, "papers_seen": shown})

    return take(counter, taking, "accept", said, write).head


def needed_signatures(counter: Counter, opened: Opened) -> tuple[Authorisation, ...]:
    """What service and answers require to be signed; at least one person signs each."""
    return tuple(authorisations(opened.peeked.service, opened.instance, counter.today()))


def expected_signers(counter: Counter, opened: Opened) -> dict[str, list[str]]:
    """Paper's id → who should sign it, by name, as the answers have it."""
    needed = needed_signatures(counter, opened)
    return signers(opened.form, opened.instance, needed, counter.today())


def is_alone(opened: Opened) -> bool:
    """Whether the answers name one person alone, the applicant: to check their identity is to see its papers."""
    return people(opened.form, opened.instance) == 1


def papers_to_see(counter: Counter, opened: Opened, said: Collection[str] = ()) -> tuple[Paper, ...]:
    """The papers beside those that are signed: somebody sees each, or says why it need not be seen. `said`: ids of
    those that something was said of, which stay though their photos can be looked at by now.
    """
    return needed_papers(counter, opened, [paper.id for paper in needed_signatures(counter, opened)], said)


def first_stage(counter: Counter, opened: Opened) -> dict[str, str]:
    """The stage it begins with and the office that holds it; without stages the office that decides."""
    service, now = opened.peeked.service, opened.standing
    stage = next_stage(service, now)
    role = stage["office"] if stage else DECIDES
    if role not in service.get("office_kinds", {}):
        return {"stage": "", "office": now.office}
    office = office_at(counter, service, role, now.office, opened.head)
    return {"stage": stage["id"] if stage else "", "office": office}


def _cleaned(part: Signature) -> dict[str, str]:
    said = {"paper": part.paper, "who": cleaned(part.who), "on": part.on.strip()}
    return said | ({"why": why} if (why := cleaned(part.why)) else {})


def _check(
    counter: Counter,
    said: dict[str, Any],
    needed: tuple[Authorisation, ...],
    expected: dict[str, list[str]],
    to_see: tuple[Paper, ...],
) -> None:
    faults, signed = Faults(), said["signatures"][:MOST_SIGNATURES]
    if said["identity_checked"] is not True:
        faults.add("identity_checked", "identity")
    check_papers(faults, said["papers_seen"], to_see)
    if len(said["signatures"]) > len(signed):
        faults.add("", "too-long")
    before: list[tuple[str, str]] = []
    for row, part in enumerate(signed):
        signer = (part["paper"], same_name(part["who"]))
        what = _wrong_with(part, expected, counter.today())
        # Two of one household may bear one name.
        if not what and before.count(signer) >= max(expected[signer[0]].count(signer[1]), 1):
            what = "same-person"
        if what:
            faults.add(f"signature:{row}", what)
        before.append(signer)
    for paper in needed:
        # A row with a fault of its own is no missing one: putting it right may be all that is left to do.
        if sum(part["paper"] == paper.id for part in signed) < max(paper.people, 1):
            faults.add(f"paper:{paper.id}", "missing-signature")
    faults.stop()


def _wrong_with(part: dict[str, str], expected: dict[str, list[str]], today: dt.date) -> str:
    if part["paper"] not in expected:
        return "unknown-paper"
    if not part["who"] or len(part["who"]) > LONGEST_NAME:
        return "too-long" if part["who"] else "who"
    on = _date(part["on"])
    if on is None:
        return "no-date" if _DATE.fullmatch(part["on"]) else "on"
    if on > today:
        return "future"
    if len(part.get("why", "")) > LONGEST_REASON:
        return "long-why"
    known = map(same_name, expected[part["paper"]])
    return "" if "why" in part or same_name(part["who"]) in known else "stranger"


def _date(written: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(written, "%Y-%m-%d").date()  # noqa: DTZ007 — a date on paper has no zone
    except ValueError:
        return None
