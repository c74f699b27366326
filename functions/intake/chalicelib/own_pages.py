"""What somebody sent, shown to whoever holds reference and code: the answers, and each page of the files."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, NamedTuple

from chalice.app import Response

from chalicelib.correction_files import standing, takes_files
from chalicelib.corrections import form_of
from chalicelib.files import papers_of
from chalicelib.pages import page, render
from chalicelib.shown import shown_events
from chalicelib.visit import Visit
from doorstep.applications.errors import SealBroken, Tampered
from doorstep.applications.reading import CORRECTED, current_answers
from doorstep.attachments.container import Examined, unpack
from doorstep.attachments.files import READY
from doorstep.forms.attached import FileRow, rows_of
from doorstep.forms.fields import Field, Form
from doorstep.forms.rendering import render_own_answers
from doorstep.forms.taken_out import attachments_of

_LOOK = re.compile("([a-z][a-z0-9_]{0,63}):([0-9]{1,2}):([0-9]{1,3})")


class Sent(NamedTuple):
    """The files of one question, with how each stands."""

    field: Field
    rows: tuple[FileRow, ...]


class Look(NamedTuple):
    """At what: the question's name, the file's place and the page's, both from 0. As text it stands in a button."""

    field: str
    file: int
    page: int = 0

    def __str__(self) -> str:
        return f"look:{self.field}:{self.file}:{self.page}"


def answers(visit: Visit) -> Response:
    """The answers as they stand, and how the files do."""
    house, head = visit.house, visit.head
    form, now = form_of(house, head), current_answers(house.desk, visit.followed)
    corrected = next((event.at for event in reversed(shown_events(head, {})) if event.type == CORRECTED), "")
    attached = standing(house, papers_of(house, visit.followed), form, now) if takes_files(form) else {}
    main = render(
        "own_answers.html", visit=visit, form=form, received=head.received_at, corrected=corrected,
        answers=render_own_answers(form, house.places, now, attached),
        files=[
            Sent(field, rows_of(files, attached))
            for name, files in attachments_of(form, now).items()
            if (field := form.field(name))
        ],
        look=Look, ready=READY,
    )  # fmt: skip
    return page(house, title=f"我填的内容 – {form.title}", main=main)


def look(visit: Visit) -> Response:
    """One page of one file, as the examiner made it. What cannot be looked at (any more) is the answers' page again,
    which says how it stands.
    """
    house, form = visit.house, form_of(visit.house, visit.head)
    now = current_answers(house.desk, visit.followed)
    at, digest = _asked(form, now, visit.argument)
    examined = _opened(visit, digest) if digest else None
    if examined is None or at.page >= len(examined.pages):
        return answers(visit)
    field, picture = form.field(at.field), examined.pages[at.page]
    assert field is not None
    what = f"第{at.file + 1}份，第{at.page + 1}页，共{len(examined.pages)}页"
    main = render(
        "own_file.html", visit=visit, title=field.title, what=what,
        picture=f"data:image/jpeg;base64,{b64encode(picture.jpeg).decode()}",
        before=at._replace(page=at.page - 1) if at.page else None,
        after=at._replace(page=at.page + 1) if at.page + 1 < len(examined.pages) else None,
    )  # fmt: skip
    return page(house, title=f"{field.title}，{what} – {form.title}", main=main)


def _asked(form: Form, now: Mapping[str, Any], argument: str) -> tuple[Look, str]:
    """What is asked for, and the file's digest; "" where there is none."""
    found = _LOOK.fullmatch(argument)
    at = Look(found[1], int(found[2]), int(found[3])) if found else Look("", 0)
    files = attachments_of(form, now).get(at.field, ())
    return at, files[at.file] if at.file < len(files) else ""


def _opened(visit: Visit, digest: str) -> Examined | None:
    """The file's pages; None where the examiner keeps none. Raises Tampered or StoreUnavailable."""
    papers = papers_of(visit.house, visit.followed)
    file = papers.file(digest)
    container = visit.house.files.container(papers.reference, file.name)
    if container is None:
        return None
    try:
        return unpack(visit.house.desk.keys.examined_by, papers.reference, file, container)
    except SealBroken as error:
        raise Tampered(papers.reference, f"what is kept of file {file.name} does not open") from error
