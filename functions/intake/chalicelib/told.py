"""What the office told this resident, in words to be read: what to correct and to bring, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from chalicelib.composition import House
from chalicelib.corrections import form_of
from doorstep.applications.errors import Tampered
from doorstep.applications.follow import Followed
from doorstep.applications.head import Head
from doorstep.applications.journal import events, stand
from doorstep.applications.reading import (
    RETURNED,
    AskedFor,
    Written,
    asked_for,
    awaited,
    current_answers,
    decision,
    extensions,
)
from doorstep.applications.status import OPEN, StatusWords, status_words
from doorstep.forms.marks import order_of, title_at

SIGN = "到办事窗口（{office}）签字{at_home}；网上打勾不算。"
AT_HOME = "，或者等工作人员上门时签"
BRING = "带到办事窗口（{office}），给工作人员看。"
STREET = "street-"


class Asked(NamedTuple):
    """One thing that is asked for: `what` it is called, why, and what to do with it."""

    id: str
    what: str
    reason: str
    do: str = ""


class Notice(NamedTuple):
    """A one-time notice in words: what is still waited for, in the order of the form and of the guide's list.

    `office` is what people call the office that wrote it, `at` when (UTC). `where` is the office to go to now, and
    `place` its address on this site.
    """

    at: str
    office: str
    where: str
    place: str
    fields: tuple[Asked, ...]
    papers: tuple[Asked, ...]
    justification: str

    def as_json(self) -> dict[str, Any]:
        """For programs: pointers and ids beside the words."""
        return {
            "at": self.at,
            "office": self.office,
            "fields": [{"pointer": one.id, "title": one.what, "reason": one.reason} for one in self.fields],
            "papers": self.papers_as_json(),
            "justification": self.justification,
        }

    def papers_as_json(self) -> list[dict[str, str]]:
        """The papers alone."""
        return [
            {"material": one.id, "title": one.what, "reason": one.reason, "what_to_do": one.do} for one in self.papers
        ]


class Extension(NamedTuple):
    """One extension of a limit: when (UTC), by whom, to how many days in all, by which article, and why."""

    at: str
    office: str
    limit: str
    days: int
    basis: str
    reason: str


class Decision(NamedTuple):
    """What closed an application, in words: `kind` is the event's type. `paragraphs` are (heading, text), `objection`
    says how one objects.
    """

    kind: str
    at: str
    office: str
    paragraphs: tuple[tuple[str, str], ...]
    objection: tuple[tuple[str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "kind": self.kind,
            "at": self.at,
            "office": self.office,
            "paragraphs": [{"title": title, "text": text} for title, text in self.paragraphs],
            "objection": [{"title": title, "text": text} for title, text in self.objection],
        }


HEADINGS = {"authority": "转到哪个部门", "text": "决定", "reasons": "理由", "reason": "理由"}
"""The members of a closing step's content, in the order they are read in."""


def notice(house: House, followed: Followed) -> Notice | None:
    """What the newest notice still waits for; None for nothing. Once the answers are corrected these are its papers:
    nobody has brought them by typing. Raises Tampered or StoreUnavailable.
    """
    asked = asked_for(house.desk, followed) if awaited(events(followed.head)) else None
    if asked is None:
        return None
    if followed.head.status != RETURNED:
        asked = asked._replace(fields=(), justification="")
    return _notice(house, followed, asked) if asked.fields or asked.papers else None


def _notice(house: House, followed: Followed, asked: AskedFor) -> Notice:
    form, answers = form_of(house, followed.head), current_answers(house.desk, followed)
    service = house.services.get(followed.head.service, {})
    signed = {paper["id"] for paper in service.get("signatures", [])}
    listed = [paper["id"] for paper in service.get("materials", [])]
    at_home = AT_HOME if service.get("visits", {}).get("at_home") else ""
    office = stand(followed.head).office
    where = house.offices.title(office)
    return Notice(
        asked.at,
        house.offices.title(asked.office),
        where,
        f"/places/#s{office.removeprefix(STREET)}" if office.startswith(STREET) else "/places/",
        tuple(
            Asked(pointer, title_at(form, answers, pointer) or "填的内容", reason)
            for pointer, reason in sorted(asked.fields, key=lambda mark: order_of(form, mark[0]))
        ),
        tuple(
            Asked(
                material, title, reason, (SIGN if material in signed else BRING).format(office=where, at_home=at_home)
            )
            for material, title, reason in sorted(
                asked.papers, key=lambda paper: listed.index(paper[0]) if paper[0] in listed else len(listed)
            )
        ),
        asked.justification,
    )


def extended(house: House, followed: Followed) -> tuple[Extension, ...]:
    """Each extension, oldest first. Raises Tampered or StoreUnavailable."""
    found = []
    for one in extensions(house.desk, followed):
        said = one.content
        try:
            limit, days, basis, reason = str(said["limit"]), int(said["days"]), str(said["basis"]), str(said["reason"])
        except (KeyError, TypeError, ValueError):  # from None: the error's text may hold the content
            raise Tampered(followed.head.reference, "the extension cannot be read") from None
        found.append(Extension(one.at, house.offices.title(one.office), limit, days, basis, reason))
    return tuple(found)


def decided(house: House, followed: Followed) -> Decision | None:
    """What the office wrote when it closed the application; None while it is open. Raises Tampered or
    StoreUnavailable.
    """
    found = decision(house.desk, followed)
    return _decision(house, found) if found else None


def _decision(house: House, found: Written) -> Decision:
    content: Mapping[str, Any] = found.content
    said = tuple((heading, str(content[name])) for name, heading in HEADINGS.items() if content.get(name))
    objection = tuple((str(one["title"]), str(one["text"])) for one in content.get("objection", ()))
    return Decision(found.kind, found.at, house.offices.title(found.office), said, objection)


def words_of(house: House, head: Head, waits_for: Notice | None) -> StatusWords:
    """What to call where it stands, by what the office still waits for (`notice`)."""
    return status_words(
        head.status,
        fields=bool(waits_for and waits_for.fields),
        papers=bool(waits_for and waits_for.papers),
        came_back=stand(head).list.endswith("corrected"),
        offered=house.offers(house.library.current(head.form)),
    )


class Held(NamedTuple):
    """Who has the application now, and what they are doing, in the guide's words ("" where the guide has none)."""

    office: str
    stage: str


def held(house: House, head: Head) -> Held | None:
    """None once it is closed."""
    now = stand(head)
    if now.status not in OPEN:
        return None
    return Held(house.offices.title(now.office), stage_title(house.services.get(head.service, {}), now.stage))


def stage_title(service: Mapping[str, Any], stage: str) -> str:
    """What the guide calls this stage; empty for none, or one it has no longer."""
    return next((str(one["title"]) for one in service.get("stages", []) if one["id"] == stage), "")
