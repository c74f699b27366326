"""The programs' way for files, which our pages' scripts go too: ask how one stands, then send it where the answer says.

Asking again is always safe, and is how one asks what has become of a file.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from chalice.app import Request, Response

from chalicelib.answers import current_form
from chalicelib.api import body_members
from chalicelib.application_api import bearer
from chalicelib.composition import House
from chalicelib.files import Papers, digest_of, papers_of, papers_of_draft, settled, stands, take, ticket
from doorstep.applications.follow import follow
from doorstep.applications.keys import mint_submission_key
from doorstep.applications.reading import RETURNED
from doorstep.attachments.files import MOST_BYTES, REFUSED
from doorstep.attachments.naming import is_digest
from doorstep.attachments.verdicts import VERDICTS
from doorstep.forms.attached import Attached, said_of
from weblib.answers import json_answer
from weblib.parts import MULTIPART, posted_form
from weblib.problems import ProblemError
from weblib.requests import address, json_body, media_type_of

DRAFT_MEMBERS = {"submission_key": str, "digest": str, "size": int}
APPLICATION_MEMBERS = {"digest": str, "size": int}
DRAFT_FIELDS = frozenset({"submission_key", "digest"})
APPLICATION_FIELDS = frozenset({"reference", "code", "digest"})
HERE = "/api/files"


def ask_for_draft(house: House, request: Request, form: str) -> Response:
    """How a draft's file stands; mints the draft's key where there is none."""
    asked = body_members(json_body(request), DRAFT_MEMBERS, required=("digest", "size"))
    if not any(field.kind == "attachment" for field in current_form(house, form).fields):
        raise ProblemError("takes-no-files")
    key = asked.get("submission_key") or mint_submission_key(house.desk.random)
    digest = _digest(asked["digest"])
    answer = _stands(house, request, papers_of_draft(key), asked, {"submission_key": key, "digest": digest})
    return json_answer({"submission_key": key, **answer})


def ask_for_application(house: House, request: Request, reference: str) -> Response:
    """How a file stands with which a notice is answered."""
    code = bearer(request)
    asked = body_members(json_body(request), APPLICATION_MEMBERS, required=("digest", "size"))
    fields = {"reference": reference, "code": code, "digest": _digest(asked["digest"])}
    return json_answer(_stands(house, request, _returned(house, reference, code), asked, fields))


def send_file(house: House, request: Request) -> Response:
    """The file itself, where the store takes none from browsers: the fields of its `upload`, then `file`."""
    if media_type_of(request) != MULTIPART:
        raise ProblemError("wrong-type")
    posted = posted_form(request, MOST_BYTES)
    if posted.problem:
        raise ProblemError(posted.problem)
    pairs = parse_qsl(posted.text, keep_blank_values=True)
    fields, files = dict(pairs), [content for name, content in posted.files if name == "file"]
    if len(fields) != len(pairs) or len(posted.files) != 1 or not files or not _known(fields):
        raise ProblemError("unreadable")
    digest = _digest(fields["digest"])
    if "submission_key" in fields:
        papers = papers_of_draft(fields["submission_key"])
    else:
        papers = _returned(house, fields["reference"], fields["code"])
    if digest != digest_of(files[0]):
        return _said(Attached(REFUSED, said=VERDICTS["altered"]))
    _count(house, request)
    return _said(take(house, papers, files[0]))


def _stands(
    house: House, request: Request, papers: Papers, asked: dict[str, Any], fields: dict[str, str]
) -> dict[str, Any]:
    """How it stands and, while it is not there, where to send it."""
    file, size = papers.file(fields["digest"]), asked["size"]
    if size < 0 or isinstance(size, bool):
        message = "文件的大小是0或更大的整数"
        raise ProblemError("invalid", errors=[{"pointer": "/size", "keyword": "minimum", "message": message}])
    states = house.files.states(papers.reference)
    known = settled(house, papers, file, states)
    if known is None and not 0 < size <= MOST_BYTES:
        known = Attached(REFUSED, said=VERDICTS["empty" if not size else "too-large"])
    if known is not None:
        return _as_json(known) | {"upload": None}
    way = ticket(house, papers, file, size)
    if way:
        _count(house, request)
    upload = way._asdict() if way else {"url": HERE, "fields": fields}
    return _as_json(stands(house, papers, file, states)) | {"upload": upload}


def _returned(house: House, reference: str, code: str) -> Papers:
    """The files of an application that waits for a correction; at no other time can any be added."""
    followed = follow(house.desk, reference, code)
    if followed.head.status != RETURNED:
        raise ProblemError("not-returned")
    return papers_of(house, followed)


def _digest(text: str) -> str:
    if not is_digest(text):
        message = "文件的SHA-256，写成43位的base64url"
        raise ProblemError("invalid", errors=[{"pointer": "/digest", "keyword": "pattern", "message": message}])
    return text


def _known(fields: dict[str, str]) -> bool:
    return fields.keys() in (DRAFT_FIELDS, APPLICATION_FIELDS)


def _count(house: House, request: Request) -> None:
    wait = house.uploads.failed(address(request, house.settings.proxies))
    if wait:
        raise ProblemError("too-many-files", headers={"Retry-After": str(wait)})


def _said(one: Attached) -> Response:
    return json_answer(_as_json(one))


def _as_json(one: Attached) -> dict[str, Any]:
    return {"status": one.status, "pages": one.pages, "said": said_of(one)}
