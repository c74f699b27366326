"""What residents do with papers in one schedule, and when the machine dies under them: all drawn from one seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from doorstep.applications.keys import mint_event_id, mint_submission_key

BAD, LATER = 2, 3
"""The paper that is no picture, and the one that comes with the correction. The others are good."""


@dataclass(frozen=True)
class PaperDraft:
    """An application: its key, its four papers, and the event ids of the notice and of the correction."""

    key: str
    papers: tuple[bytes, ...]
    asked: str
    corrected: str


@dataclass(frozen=True)
class PaperRequest:
    """One thing that is done: upload (of `paper`), confirm (with the good papers, with `bad` with all three), ask (the
    office wants another paper), correct, examine, sweep; `times` at once. "rush" is uploading while the examiner and
    the sweep are at work.
    """

    kind: str
    draft: int = 0
    paper: int = 0
    bad: bool = False
    day: int = 0
    times: int = 1


@dataclass(frozen=True)
class PaperSchedule:
    """`deaths` says for each life of the machine at which boundary it ends; the life after the last one goes on."""

    seed: int
    drafts: tuple[PaperDraft, ...]
    requests: tuple[PaperRequest, ...]
    deaths: tuple[int, ...]


def draw(seed: int) -> PaperSchedule:
    """The schedule of this seed."""
    random = Random(seed)
    drafts = tuple(_draft(random) for _ in range(random.choice((1, 1, 2))))
    ways = [_way(random, number) for number in range(len(drafts))]
    requests: list[PaperRequest] = []
    while any(ways):
        requests.append(random.choice([way for way in ways if way]).pop(0))
        if random.random() < 0.35:
            day = max(request.day for request in requests)
            requests.append(PaperRequest(random.choice(("examine", "sweep")), day=day, times=random.choice((1, 1, 2))))
    deaths = tuple(random.randint(1, 30) for _ in range(random.choice((1, 1, 2, 3))))
    return PaperSchedule(seed, drafts, tuple(sorted(requests, key=lambda request: request.day)), deaths)


def _draft(random: Random) -> PaperDraft:
    good = (b"\xff\xd8\xff" + random.randbytes(random.randint(1, 4000)) for _ in range(4))
    papers = tuple(paper if number != BAD else b"no picture" + paper for number, paper in enumerate(good))
    key, asked, corrected = mint_submission_key(random.randbytes), *(mint_event_id(random.randbytes) for _ in range(2))
    return PaperDraft(key, papers, asked, corrected)


def _way(random: Random, draft: int) -> list[PaperRequest]:
    """What is done to one application, in order."""
    bad = random.random() < 0.3
    papers = [0, 1, *([BAD] if bad or random.random() < 0.2 else [])]
    uploads = [paper for paper in papers for _ in range(random.choice((1, 1, 2)))]
    random.shuffle(uploads)
    way = [_upload(random, draft, paper) for paper in uploads]
    confirm_day = random.choice((0, 0, 0, 1))
    if confirm_day:  # they come back the next day, and everything must be sent again
        way += [PaperRequest("sweep", day=1), *(_upload(random, draft, paper, day=1) for paper in papers)]
    way += [PaperRequest("confirm", draft, bad=bad, day=confirm_day, times=random.choice((1, 1, 2)))]
    if random.random() < 0.4:  # Back, to a page from before
        way.append(_upload(random, draft, random.choice(papers), day=confirm_day))
    if random.random() < 0.6:
        way += [
            PaperRequest("ask", draft, day=1),
            _upload(random, draft, LATER, day=1),
            PaperRequest("correct", draft, day=1, times=random.choice((1, 1, 2))),
        ]
    if random.random() < 0.5:
        way.append(PaperRequest("sweep", day=2))
    return way


def _upload(random: Random, draft: int, paper: int, day: int = 0) -> PaperRequest:
    return PaperRequest(random.choice(("upload", "upload", "upload", "rush")), draft, paper, day=day,
                        times=random.choice((1, 1, 2)))  # fmt: skip


def everything(seed: int, dies_at: int, *, days: int = 2) -> PaperSchedule:
    """A resident does all there is, one thing after another, within so many days; one death at this boundary."""
    requests = (
        PaperRequest("upload", paper=0),
        PaperRequest("examine"),
        PaperRequest("upload", paper=1),
        PaperRequest("upload", paper=BAD),
        PaperRequest("confirm", bad=True),
        PaperRequest("examine"),
        PaperRequest("ask", day=min(1, days)),
        PaperRequest("upload", paper=LATER, day=min(1, days)),
        PaperRequest("correct", day=min(1, days)),
        PaperRequest("sweep", day=days),
        PaperRequest("examine", day=days),
    )
    return PaperSchedule(seed, (_draft(Random(seed)),), requests, (dies_at,))
