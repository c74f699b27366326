"""The programs' way to an application: JSON in, JSON out. Pages do the same through `answers`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from chalice.app import Request, Response

from chalicelib.answers import check, confirm, current_form, form_of
from chalicelib.composition import House
from doorstep.applications.keys import mint_submission_key, read_key
from doorstep.applications.submit import Submitted
from doorstep.forms.errors import FieldError
from weblib.answers import json_answer
from weblib.problems import ProblemError
from weblib.requests import json_body

CHECK_MEMBERS = {"answers": dict, "submission_key": str, "form_version": str}


def health(house: House, _request: Request) -> Response:
    """Whether storing works; the stores' own words stay in the log. Asking costs a write: success holds a second.

    Files have a word of their own: where none is taken, applications still are.
    """
    now = house.seconds()
    if now >= house.well_until:
        house.desk.store.ping()
        house.well_until = now + 1
    return json_answer({"status": "ok", "files": house.files_word.word()})


def list_forms(house: House, _request: Request) -> Response:
    return json_answer(
        {
            "forms": [
                {"id": form.id, "title": form.title, "version": form.version, "service": form.service}
                for form in house.offered()
            ]
        }
    )


def show_form(house: House, _request: Request, form: str) -> Response:
    """The bundled schema; its version is the entity tag."""
    found = current_form(house, form)
    body = json.dumps(found.schema, ensure_ascii=False)
    return Response(body, {"Content-Type": "application/schema+json", "ETag": f'"{found.version}"'})


def check_answers(house: House, request: Request, form: str) -> Response:
    current_form(house, form)
    body = body_members(json_body(request), CHECK_MEMBERS, required=("answers",))
    key = body.get("submission_key")
    if key is not None:
        read_key(key)  # what is wrong with the request stands before what has become of the form
    checked = check(house, form_of(house, form, body.get("form_version")), body["answers"], key or "")
    return checked_answer(house, checked.instance, checked.errors, key)


def checked_answer(house: House, instance: Any, errors: Sequence[FieldError], key: str | None) -> Response:
    """The answers as understood and the draft's key, or a 422 with everything that is wrong."""
    if errors:
        raise ProblemError("invalid", errors=field_errors(errors))
    return json_answer({"answers": instance, "submission_key": key or mint_submission_key(house.desk.random)})


def submit_answers(house: House, request: Request, form: str) -> Response:
    body = body_members(json_body(request), CHECK_MEMBERS, required=("answers", "submission_key"))
    submitted, checked = confirm(house, form, body.get("form_version"), body["submission_key"], body["answers"])
    if submitted is None:
        raise ProblemError("invalid", errors=field_errors(checked.errors))
    return submitted_answer(submitted)


def submitted_answer(submitted: Submitted) -> Response:
    """201 the first time, 200 for every replay; the code is null 30 minutes after the application was received."""
    return json_answer(
        {
            "reference": submitted.reference,
            "access_code": submitted.access_code,
            "received_at": submitted.received_at,
            "receipt": submitted.receipt,
        },
        status=200 if submitted.replayed else 201,
    )


def show_keys(house: House, _request: Request) -> Response:
    """The public keys that verify receipts, as a JWK Set (RFC 7517)."""
    return Response(
        json.dumps(house.desk.keys.public_keys.jwk_set()),
        {"Content-Type": "application/jwk-set+json", "Cache-Control": "public, max-age=300"},
    )


def field_errors(errors: Sequence[FieldError]) -> list[dict[str, str]]:
    return [{"pointer": error.pointer, "keyword": error.keyword, "message": error.message} for error in errors]


def body_members(body: dict[str, Any], known: Mapping[str, type], *, required: Sequence[str]) -> dict[str, Any]:
    """The body when it has the members the route knows and no others; 400 otherwise, naming none that was sent."""
    right = all(name in known and isinstance(value, known[name]) for name, value in body.items())
    if not right or any(name not in body for name in required):
        wanted = "、".join(known)
        needed = "、".join(required)
        raise ProblemError(
            "unreadable", detail=f"没有存下任何东西。正文是一个JSON对象，可以有 {wanted}，必须有 {needed}。"
        )
    return body
