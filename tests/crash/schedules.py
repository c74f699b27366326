"""What residents do in one schedule, and when the server dies under them: all of it drawn from one seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from doorstep.applications.keys import mint_event_id, mint_submission_key


@dataclass(frozen=True)
class Draft:
    """One application somebody is making: its key, the contents its pages may send, the event ids of its withdrawing,
    the steps of two staff members and the approval, each with its event id, and the event ids of what its resident
    fills in after that.
    """

    key: str
    contents: tuple[dict[str, Any], ...]
    withdrawals: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    supplies: tuple[str, ...]


@dataclass(frozen=True)
class Request:
    """One thing people do: `clicks` are sent at once, each with its content (confirm), event id (withdraw, supply) or
    step (office). In a race the resident withdraws (0) while a staff member takes a step (1).
    """

    kind: str
    draft: int
    clicks: tuple[int, ...]
    day: int = 0
    asks_first: bool = False


@dataclass(frozen=True)
class Schedule:
    """`deaths` says for each life of the server at which boundary it ends; the life after the last one goes on."""

    seed: int
    drafts: tuple[Draft, ...]
    requests: tuple[Request, ...]
    deaths: tuple[int, ...]
    gives_up: tuple[bool, ...]


Clicks = list[tuple[int, ...]]

CONFIRMING: dict[str, Clicks] = {
    "plain": [(0,)],
    "double click": [(0, 0)],
    "impatient": [(0, 0, 0), (0,)],
    "lost response": [(0,), (0,)],
    "two tabs": [(0, 1)],
    "back and change": [(0,), (1,)],
    "change, then back": [(1,), (0,), (1,)],
}

WITHDRAWING: dict[str, Clicks] = {
    "never": [],
    "plain": [(0,)],
    "double click": [(0, 0)],
    "lost response": [(0,), (0,)],
    "two tabs": [(0, 1)],
    "another page": [(0,), (1,)],
}

SUPPLYING: dict[str, Clicks] = {
    "plain": [(0,)],
    "double click": [(0, 0)],
    "lost response": [(0,), (0,)],
    "two tabs": [(0, 1)],
    "corrected by sending it again": [(0,), (1,), (0,)],
}

APPROVAL = 2
"""Which of a draft's steps it is."""

OFFICE: dict[str, Clicks] = {
    "plain": [(0,)],
    "double click": [(0, 0)],
    "lost response": [(0,), (0,)],
    "two colleagues": [(0, 1)],
    "a colleague's old page": [(0,), (1,), (0,)],
}


def draw(seed: int) -> Schedule:
    """The schedule of this seed."""
    random = Random(seed)
    drafts = tuple(_draft(random, number) for number in range(random.choice((1, 1, 2))))
    ways = [_way(random, number) for number in range(len(drafts))]
    requests = []
    while any(ways):
        requests.append(random.choice([way for way in ways if way]).pop(0))
    deaths = tuple(random.randint(1, 18) for _ in range(random.choice((0, 1, 1, 1, 2, 2, 3))))
    gives_up = tuple(random.random() < 0.3 for _ in deaths)
    return Schedule(seed, drafts, tuple(requests), deaths, gives_up)


def _draft(random: Random, number: int) -> Draft:
    contents = tuple({"draft": number, "version": version, "text": "答" * random.randint(1, 400)} for version in (0, 1))
    key, *ids = mint_submission_key(random.randbytes), *(mint_event_id(random.randbytes) for _ in range(7))
    kinds = ("accepted", random.choice(("accepted", "transferred")), "approved")
    return Draft(key, contents, tuple(ids[:2]), tuple(zip(kinds, ids[2:5], strict=True)), tuple(ids[5:]))


def _way(random: Random, draft: int) -> list[Request]:
    """What is done to one application, in order."""
    way = [
        Request("confirm", draft, clicks, asks_first=random.random() < 0.5)
        for clicks in CONFIRMING[random.choice(list(CONFIRMING))]
    ]
    if random.random() < 0.3:
        way.append(Request("confirm", draft, (0,), day=1, asks_first=random.random() < 0.5))
    if random.random() < 0.5:
        way.append(Request("follow", draft, (0,)))
    if random.random() < 0.5:
        way += [Request("office", draft, clicks) for clicks in OFFICE[random.choice(list(OFFICE))]]
        if random.random() < 0.5:
            way.append(Request("office", draft, (APPROVAL,)))
            way += [Request("supply", draft, clicks) for clicks in SUPPLYING[random.choice(list(SUPPLYING))]]
    withdrawing = [Request("withdraw", draft, clicks) for clicks in WITHDRAWING[random.choice(list(WITHDRAWING))]]
    if withdrawing and random.random() < 0.3:
        withdrawing.append(Request("withdraw", draft, withdrawing[-1].clicks[-1:], day=1))
    if withdrawing and random.random() < 0.5:
        withdrawing[0] = Request("race", draft, (0, 1))
    way += withdrawing
    if withdrawing and random.random() < 0.3:  # Back, to a page from before
        way.append(Request("confirm", draft, (random.choice((0, 1)),), day=2))
    return way


def one_draft(seed: int, kind: str, dies_at: int) -> Schedule:
    """A resident confirms, then something of this kind is done, then it is done again; one death at this boundary."""
    draft = _draft(Random(seed), 0)
    again = Request(kind, 0, (0, 1) if kind == "race" else (0,))
    before = [Request("confirm", 0, (0,))]
    if kind == "supply":
        before += [Request("office", 0, (0,)), Request("office", 0, (APPROVAL,))]
    return Schedule(seed, (draft,), (*before, again, again), (dies_at,), (False,))
