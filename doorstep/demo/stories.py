"""The demonstration's made-up applications: one line each, from the day it came to where it stands now.

Nobody's story is told here: every one is filled in with the form's own test person.
"""

from __future__ import annotations

from typing import NamedTuple

HOME, NEXT_DOOR, FAR, UNKNOWN = "650203001001", "650203001002", "650203002001", "unknown"


class Act(NamedTuple):
    """What staff or resident did (`living.ACTS`), `days` before today."""

    name: str
    days: int


class Story(NamedTuple):
    """What came `days` ago from `place`, and what was done. `reachable`: a number was given. `due`: acts of 0 days, the
    acceptance first, happened on the day from which the answer is due this many days from today.
    """

    what: str
    place: str
    days: int
    acts: tuple[Act, ...] = ()
    reachable: bool = True
    due: int | None = None


def acts(*steps: tuple[str, int]) -> tuple[Act, ...]:
    return tuple(Act(*step) for step in steps)


STORIES = (
    Story("just came in", HOME, 0),
    Story("came twice within a day: the first", NEXT_DOOR, 1),
    Story("came twice within a day: the second", NEXT_DOOR, 1),
    Story("nobody knows the community: the city's desk", UNKNOWN, 2),
    Story("the city's desk found out and handed it on", UNKNOWN, 3, acts(("assign", 2))),
    Story("waits for the resident, told by telephone", HOME, 6, acts(("return", 5), ("told", 4))),
    Story("waits for the resident, missed once", HOME, 7, acts(("return", 5), ("missed", 4))),
    Story(
        "waits for the resident, missed twice: a visit", NEXT_DOOR, 9, acts(("return", 7), ("missed", 6), ("missed", 5))
    ),
    Story("waits for the resident, no number at all", HOME, 4, acts(("return", 3)), reachable=False),
    Story("came back corrected", HOME, 8, acts(("return", 7), ("told", 7), ("correct", 1))),
    Story("accepted, being looked into", HOME, 12, acts(("accept", 9), ("told", 9))),
    Story("accepted, not told yet", FAR, 5, acts(("accept", 1))),
    Story("at the public notice", HOME, 20, acts(("accept", 16), ("told", 16), ("advance", 6))),
    Story(
        "with the district, which decides",
        HOME,
        30,
        acts(("accept", 24), ("told", 24), ("advance", 12), ("advance", 3)),
    ),
    Story("with the district, due today", NEXT_DOOR, 60, acts(("accept", 0), ("advance", 12), ("advance", 4)), due=0),
    Story("with the street, overdue", HOME, 70, acts(("accept", 0), ("told", 0)), due=-3),
    Story("extended", FAR, 75, acts(("accept", 0), ("extend", 10), ("told", 9)), due=-2),
    Story("approved", HOME, 55, acts(("accept", 50), ("advance", 30), ("advance", 20), ("approve", 8), ("told", 7))),
    Story(
        "approved, and the account came",
        NEXT_DOOR,
        58,
        acts(("accept", 52), ("advance", 32), ("advance", 22), ("approve", 9), ("told", 8), ("supply", 6)),
    ),
    Story(
        "approved, not told yet", NEXT_DOOR, 40, acts(("accept", 36), ("advance", 20), ("advance", 10), ("approve", 0))
    ),
    Story("refused", FAR, 65, acts(("accept", 60), ("advance", 40), ("advance", 30), ("refuse", 14), ("told", 13))),
    Story("not accepted", HOME, 25, acts(("not-accept", 22), ("told", 21))),
    Story("transferred", NEXT_DOOR, 18, acts(("transfer", 15), ("told", 14))),
    Story("ended", HOME, 28, acts(("return", 25), ("told", 25), ("end", 2))),
    Story("withdrawn", HOME, 10, acts(("withdraw", 9))),
    Story("a new access code", HOME, 11, acts(("accept", 8), ("void-code", 3), ("issue-code", 3))),
)
