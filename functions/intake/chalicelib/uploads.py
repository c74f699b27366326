"""What a page sent along: photos and papers chosen at its questions are taken before its button does anything.

So nothing that was chosen is ever lost without a word: it is in, or the page says which one is not, and why. Which one
is said by its place among those chosen, never by a name.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from chalicelib.composition import House
from chalicelib.files import Papers, digest_of, take
from doorstep.applications.store import StoreError
from doorstep.attachments.files import REFUSED
from doorstep.forms.errors import FieldError
from doorstep.forms.form import Form
from doorstep.forms.steps import add_files

CONTROL = "_file-"
"""Before the name of a question: the control that its files are chosen in."""

DOWN = "现在收不了照片和文件，请过几分钟再传一次。您填的都还在这一页，可以接着往下填"
TOO_OFTEN = "同一个网络传来的太多了，请过{minutes}分钟再传。您填的都还在这一页，可以接着往下填"
NOT_COME = {
    "files-too-large": "您选的加起来超过4MB，这一次都没有收下。请一张一张地传，或者把手机照相的清晰度调低一些再拍。"
    "您填的都还在这一页",
    "busy": "现在传照片的人太多，您选的这一次没有收下。请过一分钟再选一次、再传。您填的都还在这一页",
}
NOTHING_CHOSEN = "还没有选：请先选照片或PDF，再按“上传”"
NO_SUCH_QUESTION = "您选的照片或文件没有收下：这张表里没有那一项了。请看看现在要交什么，再选一次"


class Uploaded(NamedTuple):
    """The answers with what was taken, how many that were, and what to say of the others. `down`: nothing could be
    taken just now, which is no fault of theirs.
    """

    tree: dict[str, Any]
    taken: int = 0
    errors: tuple[FieldError, ...] = ()
    down: bool = False


def upload(
    house: House,
    form: Form,
    papers: Papers,
    tree: dict[str, Any],
    files: Sequence[tuple[str, bytes]],
    *,
    sender: str,
    shown: Collection[str] | None = None,
) -> Uploaded:
    """Take every file that was chosen at a question of this form, of those at the pointers `shown` where only some are
    asked. `sender` is the address it comes from.
    """
    taken, errors, down = 0, [], False
    for name, contents in _by_question(files).items():
        field = form.field(name)
        if field is None or field.kind != "attachment" or not (shown is None or f"/{name}" in shown):
            errors.append(FieldError("", "no-question", NO_SUCH_QUESTION))
            continue
        refused: dict[str, list[int]] = {}
        for number, content in enumerate(contents, 1):
            said = DOWN if down else _too_often(house, sender)
            if not said:
                try:
                    file = take(house, papers, content)
                except StoreError as error:
                    house.log.failed(error, request_id="")
                    said, down = DOWN, True
                else:
                    said = file.said if file.status == REFUSED else ""
            if said:
                refused.setdefault(said, []).append(number)
            else:
                tree = add_files(form, tree, name, [digest_of(content)])
                taken += 1
        if refused:
            errors.append(FieldError(f"/{name}", "not-taken", _words(field.title, refused, len(contents))))
    return Uploaded(tree, taken, tuple(errors), down)


def not_come(form: Form, tree: dict[str, Any], files: Sequence[tuple[str, bytes]], problem: str) -> Uploaded:
    """What to say where the files stayed behind, for `problem`, and everything else came."""
    fields = [field for name in _by_question(files) if (field := form.field(name)) and field.kind == "attachment"]
    errors = [
        FieldError(f"/{field.name}", problem, f"{field.title.rstrip('？?')}：{NOT_COME[problem]}") for field in fields
    ]
    return Uploaded(tree, 0, tuple(errors) or (FieldError("", problem, NOT_COME[problem]),), problem == "busy")


def nothing_chosen(form: Form, name: str) -> tuple[FieldError, ...]:
    """What to say when the button to upload was pressed and nothing was sent along."""
    field = form.field(name)
    return () if field is None or field.kind != "attachment" else (FieldError(f"/{name}", "nothing", NOTHING_CHOSEN),)


def joined(form: Form, first: Iterable[FieldError], then: Iterable[FieldError]) -> list[FieldError]:
    """Both, one a question, in the form's order; `first` says it where both have something to say."""
    found: dict[str, FieldError] = {}
    for error in [*first, *then]:
        found.setdefault(error.pointer, error)
    places = {field.name: place for place, field in enumerate(form.fields)}
    return sorted(found.values(), key=lambda error: places.get(error.pointer[1:].partition("/")[0], -1))


def place_in(argument: str) -> tuple[str, int]:
    """A question's name and a place in it, from 0, as buttons write them; -1 for what is none."""
    name, _, number = argument.partition(":")
    return name, int(number) if number.isdecimal() and len(number) < 4 else -1


def _by_question(files: Iterable[tuple[str, bytes]]) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for control, content in files:
        found.setdefault(control.removeprefix(CONTROL) if control.startswith(CONTROL) else "", []).append(content)
    return found


def _too_often(house: House, address: str) -> str:
    wait = house.uploads.failed(address)
    return TOO_OFTEN.format(minutes=math.ceil(wait / 60)) if wait else ""


def _words(title: str, refused: Mapping[str, Sequence[int]], chosen: int) -> str:
    """“医院的收费票据：您选的第2个没有收下，…”."""

    def which(numbers: Sequence[int]) -> str:
        return "您选的" if len(numbers) == chosen else f"您选的第{'、'.join(map(str, numbers))}个"

    return f"{title.rstrip('？?')}：" + "；".join(f"{which(of)}没有收下，{said}" for said, of in refused.items())
