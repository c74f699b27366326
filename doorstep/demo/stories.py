"""The demonstration's made-up applications: one line each, from the day it came to where it stands now.

Nobody's story is told here: every one is filled in with the form's own test person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

ALLOWANCE, MEDICAL, HOME_CARE = "minimum-living-allowance", "medical-assistance", "home-care-for-elderly"

HOME, NEXT_DOOR, FAR, UNKNOWN = "650203001001", "650203001002", "650203002001", "unknown"
THIRD, FOURTH, FIFTH = "650203001003", "650203001004", "650203001005"
"""Communities; all but FAR belong to one street. Two alike within a day are shown as perhaps one sent twice."""


class Act(NamedTuple):
    """What staff or resident did (`living.ACTS`), `days` before today."""

    name: str
    days: int


class Story(NamedTuple):
    """What came `days` ago from `place`, and what was done. `reachable`: a number was given. `due`: acts of 0 days, the
    acceptance first, happened on the day from which the answer is due this many days from today. `answers` are those
    that differ from the test person's, `papers` what was photographed, by field (`papers.TITLES`).
    """

    what: str
    place: str
    days: int
    acts: tuple[Act, ...] = ()
    reachable: bool = True
    due: int | None = None
    service: str = ALLOWANCE
    answers: Mapping[str, Any] = {}
    papers: Mapping[str, tuple[str, ...]] = {}


def acts(*steps: tuple[str, int]) -> tuple[Act, ...]:
    return tuple(Act(*step) for step in steps)


def medical(
    what: str, place: str, days: int, steps: tuple[Act, ...] = (), *, papers: tuple[str, ...] = (), **answers: Any
) -> Story:
    """Help with medical costs; `papers` are its bills, photographed."""
    photographed = {"settled": "some_not", "papers_how": "photo"} if papers else {}
    sent = {"bill_papers": papers} if papers else {}
    return Story(what, place, days, steps, service=MEDICAL, answers=photographed | answers, papers=sent)


def home_care(what: str, place: str, days: int, steps: tuple[Act, ...] = (), **answers: Any) -> Story:
    """Care at home; whoever says that the result of an assessment comes as a photo sends one."""
    sent = {"assessment_papers": ("assessment",)} if answers.get("assessed") == "photo" else {}
    return Story(what, place, days, steps, service=HOME_CARE, answers=answers, papers=sent)


FAMILY = [
    {"name": "测试家人", "relation": "spouse", "resident_id": "650203197208090037", "income_work": "1200"},
    {"name": "测试孩子", "relation": "minor_child", "resident_id": "650203201506010022"},
]
CHILD: Mapping[str, Any] = {
    "patient_is_applicant": False,
    "patient_name": "测试孩子",
    "patient_id": "650203201506010022",
}
POOR: Mapping[str, Any] = {
    "situation": "poverty",
    "income_transfer": "2800",
    "has_household": True,
    "household_members": FAMILY,
}

THE_ALLOWANCE = (
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

MEDICAL_COSTS = (
    medical("just came in with photographed bills", FIFTH, 0, papers=("bill", "invoice")),
    medical("a child is ill", THIRD, 1, papers=("bill", "bill", "invoice"), **CHILD),
    medical("a photo was damaged on the way", FOURTH, 1, papers=("bill", "broken")),
    medical("brings the bills to the counter", FIFTH, 2, settled="some_not", papers_how="counter"),
    medical("settled in hospital: no bills at all", NEXT_DOOR, 3, insurance_kind="employee"),
    medical("waits for a bill that is missing", HOME, 6, acts(("return", 5), ("told", 4)), papers=("bill",)),
    medical(
        "came back with the missing bill", HOME, 7, acts(("return", 6), ("told", 6), ("correct", 1)), papers=("bill",)
    ),
    medical("poor by illness, being looked into", HOME, 12, acts(("accept", 9), ("told", 9)), papers=("bill",), **POOR),
    medical("at the public notice", HOME, 20, acts(("accept", 16), ("told", 16), ("advance", 6)), papers=("bill",)),
    medical(
        "with the insurance bureau, which decides",
        HOME,
        25,
        acts(("accept", 20), ("told", 20), ("advance", 12), ("advance", 3)),
        papers=("bill", "invoice"),
    ),
    medical(
        "approved, and the account is known",
        HOME,
        45,
        acts(
            ("accept", 40), ("told", 40), ("advance", 30), ("advance", 20), ("approve", 8), ("told", 7), ("supply", 6)
        ),
        papers=("bill", "invoice"),
    ),
    medical(
        "refused",
        NEXT_DOOR,
        50,
        acts(("accept", 44), ("told", 44), ("advance", 30), ("advance", 20), ("refuse", 9), ("told", 8)),
    ),
)

CARE_AT_HOME = (
    home_care("just came in", HOME, 0),
    home_care(
        "sure of nothing",
        NEXT_DOOR,
        2,
        wanted=["unsure"],
        help_needed=["unsure"],
        assessed="unsure",
        living_with="spouse",
    ),
    home_care("photographed an earlier assessment", THIRD, 1, assessed="photo", wanted=["subsidy"]),
    home_care("waits for the house number", HOME, 5, acts(("return", 4), ("told", 4))),
    home_care("being assessed", HOME, 10, acts(("accept", 8), ("told", 8)), assessed="photo"),
    home_care("reviewed by the street", HOME, 16, acts(("accept", 14), ("told", 14), ("advance", 5))),
    home_care(
        "with the district, which decides",
        HOME,
        22,
        acts(("accept", 20), ("told", 20), ("advance", 12), ("advance", 2)),
    ),
    home_care(
        "approved",
        NEXT_DOOR,
        35,
        acts(("accept", 32), ("told", 32), ("advance", 22), ("advance", 15), ("approve", 6), ("told", 5)),
    ),
)

STORIES = THE_ALLOWANCE + MEDICAL_COSTS + CARE_AT_HOME
