"""What its resident reads of an application: the answers as they stand, what was asked for, what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from doorstep.applications.desk import Desk
from doorstep.applications.errors import Tampered
from doorstep.applications.follow import Followed, hold_to_its_content, read_answers, read_item
from doorstep.applications.journal import events
from doorstep.applications.standing import standing
from doorstep.applications.status import CLOSED, EVENTS, OPEN

RETURNED, CORRECTED, EXTENDED = "returned", "corrected", "extended"
APPROVED, SUPPLIED = "approved", "supplied"
DECIDED = frozenset(
    kind for kind, words in EVENTS.items() if words.signed_by == "office" and words.status and words.status not in OPEN
)
"""The office's events that close an application, each with its reasons sealed."""


_SEEN_BY = CLOSED | {"accepted"}
"""Events after which nobody waits any more for the papers of a notice."""


class Written(NamedTuple):
    """A step of the office and what was sealed with it: when (UTC), by which office, `content` as its step names it."""

    kind: str
    at: str
    office: str
    content: Mapping[str, Any]


class Supplied(NamedTuple):
    """What was filled in after approval: when (UTC), in which form, `answers` as stored."""

    at: str
    form: str
    form_version: str
    answers: dict[str, Any]

    def __repr__(self) -> str:
        return f"Supplied({self.form}, {self.at})"  # an account must not end up in a log or a traceback


class AskedFor(NamedTuple):
    """The newest one-time notice. `fields` are (JSON Pointer, reason), `papers` (material's id, title, reason).

    `event` is the id of its event, `at` when it was written (UTC), `office` the one that wrote it; `justification`
    says why everything was not asked for at once ("" for a first notice).
    """

    event: str
    at: str
    office: str
    fields: tuple[tuple[str, str], ...]
    papers: tuple[tuple[str, str, str], ...]
    justification: str

    @property
    def reasons(self) -> dict[str, str]:
        """Pointer → reason."""
        return dict(self.fields)


def current_answers(desk: Desk, followed: Followed, *, before: str = "") -> dict[str, Any]:
    """The answers as they stand, proven by the commitment of the event that brought them: the newest correction, else
    the receipt. With `before`, an event's id, as they stood when that event was written.

    Raises Tampered, naming the piece that does not fit, or StoreUnavailable.
    """
    found = _newest(_until(events(followed.head), before), {CORRECTED})
    if found is None:
        answers: dict[str, Any] = read_answers(desk, followed)["answers"]
        return answers
    content = read_item(desk, followed, found)
    hold_to_its_content(followed, found, content)
    corrected = content.get("answers")
    if not isinstance(corrected, dict):
        raise Tampered(followed.head.reference, "a correction holds no answers")
    return corrected


def asked_for(desk: Desk, followed: Followed, *, before: str = "") -> AskedFor | None:
    """The newest notice, whether or not it was followed since; None before the first. `before` as above.

    Raises Tampered or StoreUnavailable.
    """
    past = _until(events(followed.head), before)
    found = _newest(past, {RETURNED})
    if found is None:
        return None
    content = read_item(desk, followed, found)
    try:
        return AskedFor(
            str(found["id"]),
            str(found["at"]),
            _office(past, found),
            tuple((str(mark["pointer"]), str(mark["reason"])) for mark in content["fields"]),
            tuple((str(one["material"]), str(one["title"]), str(one["reason"])) for one in content["papers"]),
            str(content["justification"]),
        )
    except (KeyError, TypeError):  # from None: the error's text may hold the content
        raise Tampered(followed.head.reference, "the notice cannot be read") from None


def awaited(past: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the papers of the newest notice, should it ask for any, are still to be brought: correcting online
    brings none, only being accepted or closed ends that. False where there is no such notice.
    """
    newest = next((event["type"] for event in reversed(past) if event["type"] in {RETURNED, *_SEEN_BY}), "")
    return newest == RETURNED


def extensions(desk: Desk, followed: Followed) -> tuple[Written, ...]:
    """Each time the office extended a limit, oldest first: {"limit", "days", "basis", "reason"}.

    Raises Tampered or StoreUnavailable.
    """
    past = events(followed.head)
    return tuple(
        Written(EXTENDED, str(event["at"]), _office(past, event), read_item(desk, followed, event))
        for event in past
        if event.get("type") == EXTENDED
    )


def decision(desk: Desk, followed: Followed) -> Written | None:
    """What the office wrote when it closed the application; None while it is open, and when its resident withdrew it.

    Raises Tampered or StoreUnavailable.
    """
    past = events(followed.head)
    found = _newest(past, DECIDED)
    if found is None:
        return None
    content = read_item(desk, followed, found)
    return Written(str(found["type"]), str(found["at"]), _office(past, found), content)


def supplied(desk: Desk, followed: Followed) -> Supplied | None:
    """What its resident last filled in after approval, held to their code; None before that.

    Raises Tampered or StoreUnavailable.
    """
    found = _newest(events(followed.head), {SUPPLIED})
    if found is None:
        return None
    content = read_item(desk, followed, found)
    hold_to_its_content(followed, found, content)
    return as_supplied(followed.head.reference, found, content)


def as_supplied(reference: str, event: Mapping[str, Any], content: Mapping[str, Any]) -> Supplied:
    """The content of a `supplied` event. Raises Tampered where it is none."""
    form, version, answers = (content.get(name) for name in ("form", "form_version", "answers"))
    if not isinstance(form, str) or not isinstance(version, str) or not isinstance(answers, dict):
        raise Tampered(reference, "what was filled in after approval cannot be read")
    return Supplied(str(event["at"]), form, version, answers)


def _until(past: Sequence[dict[str, Any]], before: str) -> Sequence[dict[str, Any]]:
    """The events in front of the one with this id; all of them where there is none."""
    ids = [event.get("id") for event in past]
    return past[: ids.index(before)] if before and before in ids else past


def _newest(past: Sequence[dict[str, Any]], kinds: set[str] | frozenset[str]) -> dict[str, Any] | None:
    return next((event for event in reversed(past) if event.get("type") in kinds), None)


def _office(past: Sequence[Mapping[str, Any]], event: Mapping[str, Any]) -> str:
    """The office that held it when it wrote this event."""
    return standing(past[: int(event["revision"]) - 1]).office
