"""The one-time notice as it is typed: a tick and a reason at each question and paper, kept whatever is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from doorstep.applications.authorisations import authorisations
from doorstep.applications.called_for import is_called_for
from doorstep.applications.keys import mint_event_id
from doorstep.counter.counter import Counter
from doorstep.counter.errors import FAULTS, Fault
from doorstep.counter.opening import Opened
from doorstep.counter.returning import Mark, asked_before, materials
from doorstep.forms.brought import TO_THE_COUNTER
from doorstep.forms.conditions import asked_fields
from doorstep.forms.marks import objects_of, title_at
from office.posted import Posted
from office.visitor import Visit

QUICK = {
    "unclear": "看不清，请重新拍清楚",
    "pages": "缺页，请把每一页都交上",
    "wrong": "不是这份材料，请交要的那一份",
    "lost": "有的没有传好，请重新交",
}
"""What is said of photos every day, as the resident reads it: a tick, and nobody types it."""


_NUMBER = re.compile("[1-9][0-9]?")

MOST_NUMBERED = 99

SHARED = "数据共享能查到，一般不用居民交"
"""Said beside a paper that the office finds by itself."""


class NoticeTyped(NamedTuple):
    """What was ticked and typed: by (kind, what) of a mark, as the page lists them; kinds are "field" and "paper".
    `quick`: the keys of QUICK that were ticked there, `files` the numbers of the files that are meant.
    """

    ticked: tuple[tuple[str, str], ...] = ()
    quick: tuple[tuple[tuple[str, str], str], ...] = ()
    files: tuple[tuple[tuple[str, str], str], ...] = ()
    reasons: tuple[tuple[tuple[str, str], str], ...] = ()
    justification: str = ""
    event: str = ""
    faults: tuple[Fault, ...] = ()

    def marks(self, kind: str) -> list[Mark]:
        """The ticked marks of this kind, with their reasons."""
        return [Mark(what, self._reason((kind, what))) for sort, what in self.ticked if sort == kind]

    def _reason(self, mark: tuple[str, str]) -> str:
        """What was ticked and what was typed, as one text: which files, and what is the matter with them."""
        said = [words for key, words in QUICK.items() if (mark, key) in self.quick]
        typed = dict(self.reasons).get(mark, "")
        text = "；".join([*said, *([typed] if typed.strip() else [])])
        which = "、".join(f"第{number}份" for number in sorted({int(one) for at, one in self.files if at == mark}))
        return f"{which}：{text}" if which and text else text

    def message(self, where: str) -> str:
        """What is wrong there; "" for nothing."""
        return next((FAULTS[fault.what] for fault in self.faults if fault.where == where), "")

    def listed(self, form: dict[str, Any]) -> list[tuple[str, str]]:
        """(id to go to, message) for the summary."""
        ids = {f"{mark['kind']}:{mark['what']}": mark for mark in [*form["fields"].values(), *form["papers"]]}
        listed = []
        for fault in self.faults:
            mark = ids.get(fault.where)
            target = f"{mark['id']}-why" if mark else "justification" if fault.where == "justification" else "notice"
            title = f"{mark['title']}：" if mark else ""
            listed.append((target, title + FAULTS[fault.what]))
        return listed

    def texts(self) -> list[str]:
        """All that was typed, where the form cannot be shown any more."""
        quick = dict.fromkeys(QUICK[key] for _, key in self.quick if key in QUICK)
        return [*quick, *(text for _, text in self.reasons if text)] + (
            [self.justification] if self.justification else []
        )


def read_notice(form: Posted) -> NoticeTyped:
    """The notice somebody sent."""
    ticked, quick, files, reasons = [], [], [], []
    for name, value in form.pairs:
        if name in ("field", "paper"):
            ticked.append((name, value))
        kind, separator, what = name.partition("-why:")
        if separator and kind in ("field", "paper"):
            reasons.append(((kind, what), value))
        kind, separator, what = name.partition("-quick:")
        if separator and kind == "field":
            quick.append(((kind, what), value))
        kind, separator, what = name.partition("-file:")
        if separator and kind == "field" and _NUMBER.fullmatch(value):
            files.append(((kind, what), value))
    once = tuple(dict.fromkeys(ticked))
    return NoticeTyped(once, tuple(quick), tuple(files), tuple(reasons), form.get("justification"), form.get("_event"))


def notice_form(visit: Visit, opened: Opened, typed: NoticeTyped) -> dict[str, Any]:
    """What the page needs to show the notice's form with what was typed."""
    house, reference = visit.house, opened.head.reference
    address = f"/applications/{reference}/return"
    message = typed.message("justification")
    return {
        "form": {
            "csrf": visit.csrf(address),
            "event": typed.event or mint_event_id(house.random),
            "seen": opened.head.revision,
        },
        "fields": {mark["what"]: mark for mark in _fields(opened, typed)},
        "papers": list(_papers(_offered(house.counter, opened, typed), typed)),
        "photographed": list(_could_be_photographed(opened)),
        "again": asked_before(opened),
        "still_asked": opened.standing.status == "returned",
        "justification": typed.justification,
        "errors": {"justification": message} if message else {},
    }


def _fields(opened: Opened, typed: NoticeTyped) -> Iterable[dict[str, Any]]:
    for fields, answers, where in objects_of(opened.form, opened.instance):
        for field in asked_fields(fields, answers):
            pointer = f"{where}/{field.name}"
            title = title_at(opened.form, opened.instance, pointer)
            mark = _mark("field", pointer, title, "f" + pointer.replace("/", "-"), typed)
            if field.kind == "attachment":
                mark["quick"] = [(key, words, (("field", pointer), key) in typed.quick) for key, words in QUICK.items()]
                numbers = range(1, len(answers.get(field.name, ())) + 1)
                mark["files"] = [
                    (one, (("field", pointer), str(one)) in typed.files) for one in numbers[:MOST_NUMBERED]
                ]
            yield mark


def _could_be_photographed(opened: Opened) -> Iterable[str]:
    """The questions at which its resident chose to bring papers: a mark there opens the photos' questions with it."""
    ways = (one.field for field in opened.form.fields if field.material for one in field.asked_if)
    brought = [name for name in dict.fromkeys(ways) if opened.instance.get(name) == TO_THE_COUNTER]
    return (title_at(opened.form, opened.instance, f"/{name}") for name in brought)


def _offered(counter: Counter, opened: Opened, typed: NoticeTyped) -> Iterable[tuple[str, str, str]]:
    """The papers that can be missing, (id, title, what to know): none that the answers themselves are, none that these
    answers do not call for; but whatever was ticked already.
    """
    service = opened.peeked.service
    listed = {str(paper["id"]): paper for paper in service.get("materials", [])}
    how = {name: str(paper.get("how")) for name, paper in listed.items()}
    signed = {paper.id for paper in authorisations(service, opened.instance, counter.today())}
    for paper, title in materials(counter, opened).items():
        uncalled = how.get(paper) == "filled_in" or (how.get(paper) == "signed" and paper not in signed)
        uncalled = uncalled or not is_called_for(listed.get(paper, {}), opened.instance)
        if not uncalled or ("paper", paper) in typed.ticked:
            yield paper, title, SHARED if how.get(paper) == "shared" else ""


def _papers(listed: Iterable[tuple[str, str, str]], typed: NoticeTyped) -> Iterable[dict[str, Any]]:
    for paper, title, note in listed:
        yield _mark("paper", paper, title, f"p-{paper}", typed) | {"note": note}


def _mark(kind: str, what: str, title: str, element: str, typed: NoticeTyped) -> dict[str, Any]:
    return {
        "id": element,
        "kind": kind,
        "what": what,
        "title": title,
        "ticked": (kind, what) in typed.ticked,
        "reason": dict(typed.reasons).get((kind, what), ""),
        "error": typed.message(f"{kind}:{what}"),
        "quick": [],
        "files": [],
        "note": "",
    }
