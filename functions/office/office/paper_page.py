"""One page of a resident's paper, as a picture: each look at one is a post, and recorded."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import Any, NamedTuple

from chalice.app import Request, Response

from doorstep.attachments.files import READY
from doorstep.counter.attached import Sent, Shown, open_file
from doorstep.counter.errors import FileNotReady
from doorstep.counter.readings import REASONS
from office.pages import page, render
from office.paper_words import GONE, REFUSED_TITLE, not_ready
from office.readings_shown import short_code
from office.visitor import Visit
from weblib.problems import ProblemError

FIT, ACTUAL = "fit", "actual"

LEFT, RIGHT, OTHER = "left", "right", "other"
"""The buttons that keep the page: whichever was pressed has the focus again."""

_LOOK = re.compile(
    f"([A-Za-z0-9_-]{{22}}):([1-9][0-9]{{0,3}}):(0|90|180|270):({FIT}|{ACTUAL})(?::({LEFT}|{RIGHT}|{OTHER}))?"
)


class Look(NamedTuple):
    """What is looked at and how: the file's opaque name, its page from 1, turned clockwise by degrees, its size, and
    the button that was `pressed` ("" for one that leafs). As text it is the value of a button.
    """

    name: str
    page: int = 1
    turn: int = 0
    size: str = FIT
    pressed: str = ""

    def __str__(self) -> str:
        return f"{self.name}:{self.page}:{self.turn}:{self.size}" + (f":{self.pressed}" if self.pressed else "")


def show_paper(visit: Visit, _request: Request, reference: str) -> Response:
    """POST /applications/{reference}/papers: `look` says at what, `why` for what reason."""
    found, why = _LOOK.fullmatch(visit.form.get("look")), visit.form.get("why")
    if found is None:
        raise ProblemError("unknown-page")
    look = Look(found[1], int(found[2]), int(found[3]), found[4], found[5] or "")
    try:
        shown = open_file(visit.house.counter, visit.staff, reference, look.name, page=look.page, why=why)
    except FileNotReady as refused:
        main = render("paper_not_ready.html", reference=reference, words=not_ready(refused.status, refused.why))
        return page(visit, title=f"{REFUSED_TITLE} {reference}", main=main, here="/", status=409)
    file, reference = shown.file, shown.opened.head.reference
    called = f"{file.title}（{GONE}）" if shown.gone else file.title
    title = f"{called}，{_place(shown)}"
    main = render(
        "paper.html",
        reference=reference,
        paper=called,
        code=short_code(file.name),
        place=_place(shown),
        why=why,
        why_title=REASONS[why],
        csrf=visit.csrf(papers_address(reference)),
        action=papers_address(reference),
        picture=_picture(shown, look.turn),
        size=look.size,
        before=_step(shown, look, -1),
        after=_step(shown, look, 1),
        pressed=look.pressed,
        left=look._replace(turn=(look.turn - 90) % 360, pressed=LEFT),
        right=look._replace(turn=(look.turn + 90) % 360, pressed=RIGHT),
        other=look._replace(size=ACTUAL if look.size == FIT else FIT, pressed=OTHER),
    )
    return page(visit, title=f"{title} {reference}", main=main, here="/")


def papers_address(reference: str) -> str:
    """Where a look at a file is asked for."""
    return f"/applications/{reference}/papers"


def _place(shown: Shown) -> str:
    same = [one for one in shown.beside if one.field == shown.file.field]
    number = f"第{shown.file.number}份，" if len(same) > 1 else ""
    return f"{number}第{shown.number}页，共{shown.file.pages}页"


def _picture(shown: Shown, turn: int) -> dict[str, Any]:
    """What an SVG needs to show it turned: no style is written into the page, and the frame has the turned size."""
    width, height = shown.page.width, shown.page.height
    moves = {
        0: "",
        90: f"translate({height} 0) rotate(90)",
        180: f"translate({width} {height}) rotate(180)",
        270: f"translate(0 {width}) rotate(270)",
    }
    lies = turn in (90, 270)
    return {
        "source": f"data:image/jpeg;base64,{b64encode(shown.page.jpeg).decode('ascii')}",
        "width": width,
        "height": height,
        "frame_width": height if lies else width,
        "frame_height": width if lies else height,
        "move": moves[turn],
    }


def _step(shown: Shown, look: Look, by: int) -> tuple[Look, str] | None:
    """The page before or after this one, also in the next file, and what its button says."""
    stops = [(one, number) for one in shown.beside if one.status == READY for number in range(1, one.pages + 1)]
    at = stops.index((shown.file, shown.number)) + by
    if not 0 <= at < len(stops):
        return None
    file, number = stops[at]
    if file == shown.file:
        return look._replace(page=number, pressed=""), "上一页" if by < 0 else "下一页"
    words = _another(file, shown.file, "上" if by < 0 else "下")
    return Look(file.name, number, size=look.size), words


def _another(file: Sent, from_file: Sent, way: str) -> str:
    return f"{way}一份" if file.field == from_file.field else f"{way}一样：{file.title}"
