"""Reading a form that may bring files (multipart/form-data): strictly, in bounded memory, and without their names.

What a device calls a file may tell who is ill and where they live: it is thrown away here, and stands nowhere after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from chalice.app import Request

from weblib.problems import ProblemError
from weblib.requests import BODY_LIMIT, form_text, media_type_of, raw_content

if TYPE_CHECKING:
    from multipart import MultipartSegment

MULTIPART = "multipart/form-data"

OVERHEAD = 64 * 1024
"""Bytes that boundaries and headers of the parts may take beside fields and files."""

MOST_PARTS = 2_000
"""Fields and files of one body; the longest form has some 300."""

_HEADERS = 4
_HEADER_BYTES = 4 * 1024
_PLAIN = (None, "utf-8", "utf8")


class Posted(NamedTuple):
    """What a page sent: its fields as urlencoded text, however they came, and (control's name, content) of each file
    that was chosen. `problem`, one of WITH_FILES, says that the files did not come, of which only the names are known.
    """

    text: str
    files: tuple[tuple[str, bytes], ...] = ()
    problem: str = ""


def body_limit(files: int) -> int:
    """Bytes a body may have that brings `files` bytes of files: what `Route.multipart` says."""
    return files + BODY_LIMIT + OVERHEAD


def posted_form(request: Request, files: int) -> Posted:
    """The form that a page sent, with up to `files` bytes of files in all, or urlencoded without any.

    Raises ProblemError: 415 another type, 413 too much, 400 what no browser sends.
    """
    if media_type_of(request) != MULTIPART:
        return Posted(form_text(request))
    parts = _parts(request, files)
    typed = [(segment, content) for segment, content in parts if segment.filename is None]
    chosen = tuple((str(segment.name), content) for segment, content in parts if segment.filename)
    problem = str(request.to_original_event().get("bodyProblem") or "")
    if sum(len(content) for _, content in chosen) > files:
        problem = "files-too-large"
    if sum(len(str(segment.name)) + len(content) for segment, content in typed) > BODY_LIMIT:
        raise ProblemError("too-large")
    text = urlencode([(str(segment.name), _text(segment, content)) for segment, content in typed])
    return Posted(text, tuple((name, b"") for name, _ in chosen) if problem else chosen, problem)


def _parts(request: Request, files: int) -> list[tuple[MultipartSegment, bytes]]:
    import multipart  # noqa: PLC0415 — 20 ms, which only files are worth

    content = raw_content(request)
    if len(content) > body_limit(files):
        raise ProblemError("files-too-large")
    _, options = multipart.parse_options_header(request.headers["content-type"])
    boundary = options.get("boundary", "").encode()
    # What may stand before the first boundary and behind the last is for readers of e-mail: no browser writes it.
    if not content.startswith(b"--" + boundary) or not content.removesuffix(b"\r\n").endswith(boundary + b"--"):
        raise ProblemError("unreadable")
    found: list[tuple[MultipartSegment, bytes]] = []
    pieces: list[bytes] = []
    try:
        with multipart.PushMultipartParser(
            boundary,
            content_length=len(content),
            max_header_size=_HEADER_BYTES,
            max_header_count=_HEADERS,
            max_segment_count=MOST_PARTS,
            strict=True,
        ) as parser:
            for event in parser.parse(content):
                if isinstance(event, multipart.MultipartSegment):
                    _hold_to_the_rule(event)
                    found.append((event, b""))
                elif event is None:
                    found[-1] = (found[-1][0], b"".join(pieces))
                    pieces.clear()
                else:
                    pieces.append(bytes(event))
    except ValueError:  # the library's errors, or a boundary that is no ASCII; from None: they quote what was sent
        raise ProblemError("unreadable") from None
    return found


def _hold_to_the_rule(segment: MultipartSegment) -> None:
    """RFC 7578: each part says once what it is, and is sent as it is. Raises ValueError."""
    names = [name.lower() for name, _ in segment.headerlist]
    if names.count("content-disposition") != 1 or names.count("content-type") > 1:
        raise ValueError("a header stands twice")
    if "content-transfer-encoding" in names or not segment.name:
        raise ValueError("no part of a form")


def _text(segment: MultipartSegment, content: bytes) -> str:
    if segment.content_type not in (None, "text/plain") or (segment.charset or "utf-8").lower() not in _PLAIN:
        raise ProblemError("wrong-type")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise ProblemError("unreadable") from None
