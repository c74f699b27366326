"""What the office told this resident, in words to be read: what to correct and to bring, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from chalicelib.composition import House
from chalicelib.corrections import form_of
from doorstep.applications.follow import Followed
from doorstep.applications.head import Head
from doorstep.applications.journal import stand
from doorstep.applications.reading import RETURNED, AskedFor, Written, asked_for, current_answers, decision
from doorstep.applications.status import OPEN
from doorstep.forms.marks import title_at

SIGN = "到办事窗口签字，或者等工作人员上门时签；网上打勾不算。"
BRING = "带到办事窗口，给工作人员看。"


class Asked(NamedTuple):
    """One thing that is asked for: `what` it is called, why, and what to do with it."""

    id: str
    what: str
    reason: str
    do: str = ""


class Notice(NamedTuple):
    """A one-time notice in words. `office` is what people call the office that wrote it, `at` when (UTC)."""

    at: str
    office: str
    fields: tuple[Asked, ...]
    papers: tuple[Asked, ...]
    justification: str

    def as_json(self) -> dict[str, Any]:
        """For programs: pointers and ids beside the words."""
        return {
            "at": self.at,
            "office": self.office,
            "fields": [{"pointer": one.id, "title": one.what, "reason": one.reason} for one in self.fields],
            "papers": [
                {"material": one.id, "title": one.what, "reason": one.reason, "what_to_do": one.do}
                for one in self.papers
            ],
            "justification": self.justification,
        }


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
    """The notice that waits to be followed, None while nothing is asked for. Raises Tampered or StoreUnavailable."""
    if followed.head.status != RETURNED:
        return None
    asked = asked_for(house.desk, followed)
    return _notice(house, followed, asked) if asked else None


def _notice(house: House, followed: Followed, asked: AskedFor) -> Notice:
    form, answers = form_of(house, followed.head), current_answers(house.desk, followed)
    service = house.services.get(followed.head.service, {})
    signed = {paper["id"] for paper in service.get("signatures", [])}
    return Notice(
        asked.at,
        house.offices.title(asked.office),
        tuple(
            Asked(pointer, title_at(form, answers, pointer) or "填的内容", reason) for pointer, reason in asked.fields
        ),
        tuple(
            Asked(material, title, reason, SIGN if material in signed else BRING)
            for material, title, reason in asked.papers
        ),
        asked.justification,
    )


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
