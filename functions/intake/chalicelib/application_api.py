"""The programs' way with an application that stands: follow, correct, withdraw. Whoever holds its code may."""

from __future__ import annotations

from typing import Any

from chalice.app import Request, Response

from chalicelib.after_approval import asked as asked_after
from chalicelib.after_approval import checked as checked_after
from chalicelib.after_approval import send, wanted, words_after
from chalicelib.api import body_members, field_errors
from chalicelib.composition import House
from chalicelib.correction_files import look
from chalicelib.corrections import answered, requested, store
from chalicelib.due import due
from chalicelib.shown import shown_events
from chalicelib.told import decided, extended, held, notice, words_of
from doorstep.applications.follow import Followed, follow, read_answers
from doorstep.applications.keys import mint_event_id
from doorstep.applications.reading import RETURNED, current_answers
from doorstep.applications.withdraw import withdraw
from doorstep.forms.correcting import strangers
from weblib.answers import json_answer
from weblib.problems import ProblemError
from weblib.requests import json_body

WITHDRAWAL_MEMBERS = {"reason": str, "event_id": str}
CORRECTION_MEMBERS = {"answers": dict, "event_id": str}
AFTER_MEMBERS = {"answers": dict, "form_version": str, "event_id": str}
REASON_LIMIT = 500
CLOSED = "这一处没有请您改，原来填的不变"


def show_application(house: House, request: Request, reference: str) -> Response:
    """Status, events, and what was sent with the key that proves it: whoever holds the code may read their own."""
    followed = follow(house.desk, reference, bearer(request))
    now = current_answers(house.desk, followed)
    sent = read_answers(house.desk, followed)
    own = {name: sent[name] for name in ("answers", "commitment_key")}  # the key of their files proves nothing
    return application_answer(house, followed, **own, current_answers=now)


def withdraw_application(house: House, request: Request, reference: str) -> Response:
    """A retry of the same step carries the same `event_id`; without one a retry finds it withdrawn (409)."""
    code = bearer(request)
    body = body_members(json_body(request), WITHDRAWAL_MEMBERS, required=("reason",))
    if len(body["reason"]) > REASON_LIMIT:
        message = f"理由最多写{REASON_LIMIT}个字"
        raise ProblemError("invalid", errors=[{"pointer": "/reason", "keyword": "maxLength", "message": message}])
    followed = follow(house.desk, reference, code)
    event_id = body.get("event_id") or mint_event_id(house.desk.random)
    head = withdraw(house.desk, followed, reason=body["reason"], event_id=event_id)
    return application_answer(house, Followed(head, followed.data_key))


def correct_application(house: House, request: Request, reference: str) -> Response:
    """Answers what `asked_for` lists, and what follows from that; everything else stands as it is.

    An open answer that is left out stays, null takes it away. An item of a group is found by its place in the list.
    """
    code = bearer(request)
    body = body_members(json_body(request), CORRECTION_MEMBERS, required=("answers",))
    followed = follow(house.desk, reference, code)
    asked = requested(house, followed, body.get("event_id", ""))
    asked = asked._replace(event_id=asked.event_id or mint_event_id(house.desk.random))
    looked = look(house, followed, asked, answered(house, asked, body["answers"]))
    corrected = looked.corrected
    closed = strangers(asked.form, asked.stored, corrected.opened, body["answers"])
    if closed or corrected.errors:
        errors = [{"pointer": pointer, "keyword": "closed", "message": CLOSED} for pointer in closed]
        raise ProblemError("invalid", errors=[*errors, *field_errors(corrected.errors)])
    head = store(house, followed, asked, corrected, files=looked.new)
    return application_answer(house, Followed(head, followed.data_key))


def supply_application(house: House, request: Request, reference: str) -> Response:
    """What is asked only once it is approved (`after_approval`); sent again, the newest counts."""
    code = bearer(request)
    body = body_members(json_body(request), AFTER_MEMBERS, required=("answers",))
    followed = follow(house.desk, reference, code)
    event_id = body.get("event_id", "")
    found = asked_after(house, followed, event_id)
    version = body.get("form_version", "")
    checked = checked_after(house, followed.head, found, body["answers"], version=version, event_id=event_id)
    if checked.errors:
        raise ProblemError("invalid", errors=field_errors(checked.errors))
    head = send(house, followed, checked, event_id or mint_event_id(house.desk.random))
    return application_answer(house, Followed(head, followed.data_key))


def application_answer(house: House, followed: Followed, **own: Any) -> Response:
    """What its resident may read of an application: status and date in words, its events' lines, what the office
    wrote.
    """
    head = followed.head
    until, holder = due(house, head), held(house, head)
    asked, closed = notice(house, followed), decided(house, followed)
    after = wanted(house, followed)
    words = words_after(words_of(house, head, asked), after)
    papers = bool(asked and asked.papers)
    return json_answer(
        {
            "reference": head.reference,
            "form": head.form,
            "form_version": head.form_version,
            "service": head.service,
            "received_at": head.received_at,
            "revision": head.revision,
            "status": head.status,
            "status_title": words.title,
            "status_meaning": words.meaning,
            "what_to_do": words.now,
            "respond_by": until.by and until.by.isoformat(),
            "respond_by_words": until.words,
            "held_by": holder._asdict() if holder else None,
            "asked_for": asked.as_json() if asked and head.status == RETURNED else None,
            "to_bring": asked.papers_as_json() if asked else [],
            "extensions": [one._asdict() for one in extended(house, followed)],
            "decision": closed.as_json() if closed else None,
            "after_approval": after.as_json() if after else None,
            "events": [
                event._asdict() for event in shown_events(head, house.services.get(head.service, {}), papers=papers)
            ],
            "receipt": head.events[0],
            **own,
        }
    )


def bearer(request: Request) -> str:
    """The access code of the Authorization header; raises ProblemError 401 without one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise ProblemError("code-missing", headers={"WWW-Authenticate": 'Bearer realm="doorstep"'})
    return str(token.strip())
