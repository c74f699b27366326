"""A schedule of papers from its first request to the last look, with what residents were told beside it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from doorstep.attachments.files import READY, REFUSED
from tests.children import told_by_child
from tests.crash.ledger import Violation
from tests.crash.papers_schedule import BAD, LATER, PaperRequest, PaperSchedule
from tests.crash.papers_server import AllKeys, Answer, PaperServer, Resting, name_of_paper
from tests.crash.papers_worlds import PaperWorld

LAST_DAY = 3


def run(schedule: PaperSchedule, world: PaperWorld, keys: AllKeys) -> int:
    """How many times the machine died. Raises Violation, naming the seed that replays this schedule."""
    try:
        return PaperRun(schedule, world, keys).whole()
    except Violation as violation:
        replay = f".venv/bin/python -m pytest tests/crash -k 'papers and random' --seed {schedule.seed}"
        raise Violation(f"{violation}\nReplay it: {replay}") from violation


class PaperRun:
    def __init__(self, schedule: PaperSchedule, world: PaperWorld, keys: AllKeys) -> None:
        self._schedule = schedule
        self._world = world
        self._keys = keys
        self._pending = list(schedule.requests)
        self._here: dict[tuple[int, int], int] = {}
        self._receipts: dict[int, tuple[str, bool]] = {}
        self._corrected: set[int] = set()

    def whole(self) -> int:
        """The number of deaths."""
        deaths = 0
        for life, dies_at in zip_longest(range(len(self._schedule.deaths) + 1), self._schedule.deaths):
            self._live(life, dies_at)
            deaths += bool(self._pending)
            self._look()
        self._end()
        return deaths

    def _live(self, life: int, dies_at: int | None) -> None:
        requests = list(self._pending)

        def live(tell: Callable[[Any], None]) -> None:
            server = PaperServer(self._schedule, self._world, self._keys, life, dies_at)
            for request in requests:
                tell(server.answer(request))

        for answers in told_by_child(live):
            self._told(self._pending.pop(0), answers)

    def _told(self, request: PaperRequest, answers: list[Answer]) -> None:
        """Note the answers; what contradicts one that was given before is a violation."""
        for kind, told in answers:
            if kind == "trouble":
                raise Violation(f"draft {request.draft}: {request.kind}: {told}")
            if kind == "here":
                self._here[request.draft, told] = request.day
            if kind == "lacks" and self._here.get((request.draft, told)) == request.day:
                raise Violation(f"draft {request.draft}: paper {told} was taken today, and is not there")
            if kind == "refused" and told != BAD:
                raise Violation(f"draft {request.draft}: paper {told} is good, and was refused")
            if kind == "receipt" and self._receipts.setdefault(request.draft, told) != told:
                raise Violation(f"draft {request.draft}: a second receipt, or one receipt for two contents")
            if kind == "corrected":
                self._corrected.add(request.draft)
            if kind == "not yet" and request.draft in (self._corrected if request.kind == "correct" else ()):
                raise Violation(f"draft {request.draft}: an acknowledged correction was refused")

    def _look(self) -> None:
        """Between two lives: no head names what is nowhere, and what lies there is whole."""
        for draft, rests in enumerate(self._resting()):
            if rests.problems:
                raise Violation(f"draft {draft}: {'; '.join(rests.problems)}")
            if dangling := set(rests.named) - set(rests.states):
                raise Violation(f"draft {draft}: its head names {len(dangling)} papers that are nowhere")
            for paper, content in enumerate(self._schedule.drafts[draft].papers):
                name = name_of_paper(self._schedule.drafts[draft], paper)
                if rests.states.get(name) == READY and rests.opened.get(name) != content:
                    raise Violation(f"draft {draft}: what was kept of paper {paper} is another one")

    def _resting(self) -> list[Resting]:
        def look(tell: Callable[[Any], None]) -> None:
            server = PaperServer(self._schedule, self._world, self._keys, 99, None)
            tell([server.rests(draft) for draft in range(len(self._schedule.drafts))])

        return list(next(told_by_child(look)))

    def _end(self) -> None:
        """Everybody tries again until it is done, the examiner finishes, the sweep comes; then all is as it should."""
        asked = {request.draft for request in self._schedule.requests if request.kind == "ask"}
        for draft in range(len(self._schedule.drafts)):
            self._pending += [PaperRequest("upload", draft, paper, day=LAST_DAY) for paper in (0, 1)]
            self._pending.append(PaperRequest("confirm", draft, bad=self._with_bad(draft), day=LAST_DAY))
            if draft in asked:
                self._pending.append(PaperRequest("ask", draft, day=LAST_DAY))
                self._pending.append(PaperRequest("upload", draft, LATER, day=LAST_DAY))
                self._pending.append(PaperRequest("correct", draft, day=LAST_DAY))
        self._pending += [PaperRequest("examine", day=LAST_DAY), PaperRequest("sweep", day=LAST_DAY + 1)]
        self._live(98, None)
        self._look()
        for draft, rests in enumerate(self._resting()):
            self._settled(draft, rests, asked=draft in asked)

    def _with_bad(self, draft: int) -> bool:
        known = self._receipts.get(draft)
        return known[1] if known else False

    def _settled(self, number: int, rests: Resting, *, asked: bool) -> None:
        draft = self._schedule.drafts[number]
        if number not in self._receipts or (asked and number not in self._corrected):
            raise Violation(f"draft {number}: it cannot be sent, or not be corrected")
        papers = [0, 1, *([BAD] if self._receipts[number][1] else []), *([LATER] if asked else [])]
        names = [name_of_paper(draft, paper) for paper in papers]
        if sorted(rests.named) != sorted(names):
            raise Violation(f"draft {number}: its head names {len(rests.named)} papers; {len(names)} were sent")
        expected = [(name, REFUSED if paper == BAD else READY) for paper, name in zip(papers, names, strict=True)]
        if sorted(rests.stand) != sorted(expected):
            raise Violation(
                f"draft {number}: {sorted(one for _, one in rests.stand)} lie there for {len(names)} papers"
            )
        if rests.parts:
            raise Violation(f"{rests.parts} half written files are left")


def warm_up(keys: AllKeys, world: PaperWorld, schedule: PaperSchedule) -> None:
    """Do here what is slow the first time, so that not every child has to."""
    server = PaperServer(schedule, world, keys, 0, None)
    for request in schedule.requests:
        server.answer(request)
