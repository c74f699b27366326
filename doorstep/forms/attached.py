"""How the files of an attachment question stand, as pages say it, and what is still wrong with them.

An answer holds digests alone. Whoever serves a page asks the store how the files stand, and passes that on by digest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from doorstep.attachments.files import MISSING, MOST_FILES, READY, REFUSED, WAITING
from doorstep.attachments.naming import is_digest
from doorstep.forms.conditions import asked
from doorstep.forms.errors import FieldError
from doorstep.forms.fields import Field, Form
from doorstep.forms.messages import message

UNKNOWN = "unknown"
"""The status on a page of a file that nobody asked the store about."""

_CAME = "收到了，能打开，共{pages}页。字清不清楚，请自己看看"
"""Of one that is READY: a machine opened it, and nobody has read it yet."""
_SAID = {
    WAITING: "收到了，正在检查",
    REFUSED: "没有收下，请去掉，换一份上传",
    MISSING: "没传上来，请去掉，再上传一次",
    UNKNOWN: "",
}


class Attached(NamedTuple):
    """How one file stands: `status` as in `attachments.files` (MISSING for one the store does not know), `pages` of one
    that is READY, `said` what to say instead of the usual words, for one refused its verdict.
    """

    status: str
    pages: int = 0
    said: str = ""


class FileRow(NamedTuple):
    """A file as the page lists it: `title` is 第1份, `state` how it stands in words."""

    digest: str
    title: str
    status: str
    state: str


def said_of(one: Attached) -> str:
    """How it stands, in words: what pages and the API say alike."""
    if one.said:
        return one.said
    return _CAME.format(pages=one.pages) if one.status == READY else _SAID[one.status]


def digests_in(value: Any) -> tuple[str, ...]:
    """The digests in an answer as typed or sent, each once; at most one more than any application may have."""
    given = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else []
    found = dict.fromkeys(part for part in given if isinstance(part, str) and is_digest(part))
    return tuple(found)[: MOST_FILES + 1]


def rows_of(value: Any, attached: Mapping[str, Attached]) -> tuple[FileRow, ...]:
    """The files of an answer, to be listed. What is no digest was never a file of ours, and is not shown."""
    return tuple(
        FileRow(digest, f"第{number}份", one.status, said_of(one))
        for number, digest in enumerate(digests_in(value), 1)
        for one in (attached.get(digest, Attached(UNKNOWN)),)
    )


def lines_of(value: Any, attached: Mapping[str, Attached]) -> tuple[str, ...]:
    """An answer to be read: “2份，共5页”; where not all is examined, how each stands, if anybody asked."""
    rows = rows_of(value, attached)
    known = [attached[row.digest] for row in rows if row.digest in attached]
    if not rows or len(known) < len(rows):
        return (f"{len(rows)}份",)
    if all(one.status == READY for one in known):
        return (f"{len(rows)}份，共{sum(one.pages for one in known)}页",)
    return (f"{len(rows)}份", *(f"{row.title}：{row.state}" for row in rows))


def with_files(
    form: Form, found: Sequence[FieldError], instance: Mapping[str, Any], attached: Mapping[str, Attached]
) -> list[FieldError]:
    """The checker's errors and those of the files, one a question, in the form's order; a digest that is not in
    `attached` is missing. One that waits for the examiner is no error.
    """
    said = {error.pointer for error in found}
    errors = [*found, *(error for error in _errors(form, instance, attached) if error.pointer not in said)]
    order = {f"/{field.name}": place for place, field in enumerate(form.fields)}
    return sorted(errors, key=lambda error: order.get("/" + error.pointer[1:].split("/")[0], -1))


def _errors(form: Form, instance: Mapping[str, Any], attached: Mapping[str, Attached]) -> Iterator[FieldError]:
    for field in asked(form, instance):
        if field.kind != "attachment" or not isinstance(instance.get(field.name), list):
            continue
        files = [attached.get(digest, Attached(MISSING)) for digest in instance[field.name]]
        missing = [place for place, one in enumerate(files, 1) if one.status == MISSING]
        refused: dict[str, list[int]] = {}
        for place, one in enumerate(files, 1):
            if one.status == REFUSED:
                refused.setdefault(said_of(one), []).append(place)
        if missing:
            yield _error(field, MISSING, _numbered(missing))
        elif refused:
            # In the words that stand at the file itself: why, and what to do.
            yield _error(field, REFUSED, "；".join(f"{_numbered(places)}，{said}" for said, places in refused.items()))
        elif field.max_pages is not None and sum(one.pages for one in files) > field.max_pages:
            yield _error(field, "x-max-pages", field.max_pages)


def _error(field: Field, keyword: str, limit: object) -> FieldError:
    return FieldError(f"/{field.name}", keyword, message(keyword, field, limit))


def _numbered(places: Iterable[int]) -> str:
    return f"第{'、'.join(map(str, places))}份"
