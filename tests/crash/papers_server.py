"""One life of the machine that takes papers: intake, examiner, office and sweep, until all is answered or it dies."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from random import Random
from typing import Any, NamedTuple

from doorstep.applications.correct import correct
from doorstep.applications.desk import Desk
from doorstep.applications.encoding import encode
from doorstep.applications.errors import AlreadySubmitted, ApplicationError, NotFound, NotOpen, NotReturned
from doorstep.applications.follow import follow
from doorstep.applications.journal import events, files_of, verify_chain
from doorstep.applications.keyring import Keys
from doorstep.applications.keys import derive
from doorstep.applications.office_keys import ExaminerKeys, OfficeKeys
from doorstep.applications.store import StoreError
from doorstep.applications.submit import earlier, replay, submit
from doorstep.attachments.container import unpack
from doorstep.attachments.envelope import enclose
from doorstep.attachments.files import REFUSED, FileState
from doorstep.attachments.naming import FileKey, file_key
from doorstep.attachments.sweeping import SWEPT_AFTER, sweep
from doorstep.examiner.examine import examine
from tests.crash.office import take_office_step
from tests.crash.papers_schedule import BAD, LATER, PaperDraft, PaperRequest, PaperSchedule
from tests.crash.papers_worlds import PaperWorld
from tests.crash.worlds import Deathbed
from tests.plain_jpeg import content_of, page


class AllKeys(NamedTuple):
    """Of all who are at work on this machine."""

    intake: Keys
    office: OfficeKeys
    examiner: ExaminerKeys


Answer = tuple[str, Any]
"""A kind and what belongs to it: "here" (it was put, or is there), "lacks" and "refused" (papers that hinder),
"receipt" token and whether the bad paper is in it, "already", "asked", "corrected", "not yet" (what must come first
did not), "done", "trouble" what."""


class Resting(NamedTuple):
    """What rests of one draft: `events` and the papers `named` of its head; `stand` of every paper that lies there, as
    often as it does, `states` as intake sees them; `opened` what is in those that are ready.
    """

    problems: tuple[str, ...]
    events: tuple[str, ...]
    named: tuple[str, ...]
    stand: tuple[tuple[str, str], ...]
    states: dict[str, str]
    opened: dict[str, bytes]
    parts: int


class PaperServer:
    """`life` numbers the lives: each draws other random bytes, as a new process would."""

    def __init__(
        self, schedule: PaperSchedule, world: PaperWorld, keys: AllKeys, life: int, dies_at: int | None
    ) -> None:
        self._drafts = schedule.drafts
        self._world = world
        self._random = Random(f"{schedule.seed}/{life}").randbytes
        self._keys = keys
        self._here = world.open(Deathbed(dies_at))

    def answer(self, request: PaperRequest) -> list[Answer]:
        """The answers to all that was done at once."""
        began = self._world.begins(request.day)
        draft = self._drafts[request.draft]
        desk = Desk(self._here.store, self._keys.intake, lambda: began + timedelta(hours=1), self._random)
        works: dict[str, Callable[[], Answer]] = {
            "upload": lambda: self._upload(desk, draft, request.paper),
            "confirm": lambda: self._confirm(desk, draft, bad=request.bad),
            "ask": lambda: self._ask(desk, draft),
            "correct": lambda: self._correct(desk, draft),
            "examine": self._examine,
            "sweep": lambda: self._sweep(desk),
        }
        kinds = ["upload", "examine", "sweep"] if request.kind == "rush" else [request.kind] * request.times
        if len(kinds) == 1:
            return [_answered(works[kinds[0]])]
        with ThreadPoolExecutor(len(kinds)) as threads:
            return list(threads.map(lambda kind: _answered(works[kind]), kinds))

    def rests(self, number: int) -> Resting:
        """What a look at everything shows of this draft."""
        draft = self._drafts[number]
        reference = derive(draft.key).reference
        head = self._here.store.head(reference)
        states = self._here.files.states(reference)
        opened = {}
        for paper in range(len(draft.papers)):
            file = _file(draft, paper)
            container = self._here.files.container(reference, file.name)
            if container is not None:
                opened[file.name] = b"".join(
                    map(content_of, unpack(self._keys.intake.examined_by, reference, file, container).pages)
                )
        return Resting(
            tuple(verify_chain(head, self._keys.intake.public_keys)) if head else (),
            tuple(str(event["type"]) for event in events(head)) if head else (),
            files_of(head) if head else (),
            tuple((one.name, one.state.status) for one in self._here.raw(reference)),
            {name: state.status for name, state in states.items()},
            opened,
            self._here.parts(),
        )

    def _upload(self, desk: Desk, draft: PaperDraft, paper: int) -> Answer:
        """As intake does it: what came in today and is no transport damage need not come again."""
        reference, file = derive(draft.key).reference, _file(draft, paper)
        state = self._here.files.states(reference).get(file.name)
        if state is None or not _counts(desk, state) or state.why == "altered":
            envelope = enclose(self._keys.intake.examiner, reference, file, draft.papers[paper], self._random)
            self._here.files.put(reference, file.name, envelope)
        return "here", paper

    def _confirm(self, desk: Desk, draft: PaperDraft, *, bad: bool) -> Answer:
        papers = [0, 1, BAD] if bad else [0, 1]
        instance = {"papers": [_file(draft, paper).digest for paper in papers]}
        stored = earlier(desk, draft.key)
        if stored is not None:
            return "receipt", (replay(desk, stored, draft.key, instance).receipt, bad)
        hindered = self._hindered(desk, draft, papers)
        if hindered:
            return hindered
        submitted = submit(
            desk,
            form_id="sample",
            form_version="0" * 64,
            service="sample",
            instance=instance,
            routing={},
            key=draft.key,
            filed_by="self",
            office="street",
            files=[_file(draft, paper).name for paper in papers],
        )
        return "receipt", (submitted.receipt, bad)

    def _ask(self, desk: Desk, draft: PaperDraft) -> Answer:
        take_office_step(desk._replace(keys=self._keys.office), derive(draft.key).reference, "returned", draft.asked)
        return "asked", None

    def _correct(self, desk: Desk, draft: PaperDraft) -> Answer:
        derived = derive(draft.key)
        followed = follow(desk, derived.reference, derived.access_code)
        file = _file(draft, LATER)
        if file.name not in files_of(followed.head):
            hindered = self._hindered(desk, draft, [LATER])
            if hindered:
                return hindered
        correct(
            desk,
            followed,
            instance={"papers": [file.digest]},
            changes=(),
            routing={},
            phones=None,
            event_id=draft.corrected,
            files=[file.name],
        )
        return "corrected", None

    def _hindered(self, desk: Desk, draft: PaperDraft, papers: list[int]) -> Answer | None:
        """As intake looks: what is not there, or came in on an earlier day, is missing; what waits counts as there."""
        states = self._here.files.states(derive(draft.key).reference)
        for paper in papers:
            state = states.get(_file(draft, paper).name)
            if state is None or not _counts(desk, state):
                return "lacks", paper
            if state.status == REFUSED:
                return "refused", paper
        return None

    def _examine(self) -> Answer:
        done = examine(
            self._here.quarantine,
            self._keys.examiner,
            self._random,
            make=lambda content, _media_type: (page(content),),
        )
        return ("trouble", done.later) if done.later else ("done", None)

    def _sweep(self, desk: Desk) -> Answer:
        """What is left of earlier days is a day older than anything of this one."""
        began = desk.clock() - timedelta(hours=1)
        swept = sweep(self._here.store, self._here.quarantine, began + SWEPT_AFTER)
        first = "no application is in this store" in swept.trouble
        return ("trouble", swept.trouble) if swept.trouble and not first else ("done", None)


def _file(draft: PaperDraft, paper: int) -> FileKey:
    digest = encode(sha256(draft.papers[paper]).digest())
    return file_key(derive(draft.key).files_key, digest)


def name_of_paper(draft: PaperDraft, paper: int) -> str:
    """What a paper is called in every store."""
    return _file(draft, paper).name


def _counts(desk: Desk, state: FileState) -> bool:
    return state.arrived_at >= desk.clock() - timedelta(hours=1)


def _answered(work: Callable[[], Answer]) -> Answer:
    try:
        return work()
    except AlreadySubmitted:
        return "already", None
    except (NotFound, NotReturned, NotOpen):
        return "not yet", None
    except (ApplicationError, StoreError) as error:
        return "trouble", repr(error)
