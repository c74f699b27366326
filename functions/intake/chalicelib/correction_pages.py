"""Correcting for people: the page with what is open, a look at what changes, and the confirmation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from chalice.app import Response
from markupsafe import Markup

from chalicelib.correction_files import look, standing, takes_files
from chalicelib.corrections import Request, answered, requested, store
from chalicelib.files import papers_of
from chalicelib.pages import page, render
from chalicelib.problems import KINDS, problem_of
from chalicelib.uploads import Uploaded, joined, not_come, nothing_chosen, place_in, upload
from chalicelib.visit import Visit
from chalicelib.ways_on import with_way_on
from doorstep.applications.errors import NotReturned
from doorstep.applications.head import Head
from doorstep.applications.journal import find_event
from doorstep.applications.keys import mint_event_id, read_key
from doorstep.forms.attached import Attached
from doorstep.forms.bundle import canonical_text
from doorstep.forms.correcting import Corrected, answers_at
from doorstep.forms.errors import BodyUnreadable, FieldError
from doorstep.forms.marks import items_of, shown_pointers
from doorstep.forms.rendering import render_changes, render_correction
from doorstep.forms.steps import add_item, drop_file, remove_item
from doorstep.forms.urlencoded import parse_form_body
from weblib.problems import ProblemError
from weblib.requests import json_text

FROM_THE_PAGE = frozenset({"check", "add", "remove", "upload", "drop"})
"""The buttons that read what the page sent, with its files."""


class Sent(NamedTuple):
    """What a post of these pages carries: the answers as a tree, with the files that came along, and the pointers that
    stood on its page.
    """

    tree: dict[str, Any]
    shown: tuple[str, ...]
    files: Uploaded | None = None

    @property
    def refused(self) -> Sequence[FieldError]:
        """What to say of files that came along and were not taken."""
        return self.files.errors if self.files else ()

    @property
    def status(self) -> int:
        """Of a page that says so."""
        return 503 if self.files and self.files.down else 422


def open_page(visit: Visit) -> Response:
    """What the office asked for, with the answers as they stand. It mints the step's event id: twice is once."""
    request = _requested(visit, minting=True)
    return _page(visit, request, answered(visit.house, request, {}))


def check(visit: Visit) -> Response:
    request = _requested(visit)
    sent = _sent(visit, request)
    corrected = answered(visit.house, request, sent.tree, shown=sent.shown)
    try:
        looked = look(visit.house, visit.followed, request, corrected)
    except ProblemError as problem:
        return _page(visit, request, corrected, status=KINDS[problem.kind].status, before=_notice_of(problem))
    errors = joined(request.form, sent.refused, looked.corrected.errors)
    if errors:
        return _page(visit, request, looked.corrected, errors=errors, status=sent.status)
    return _changes_page(visit, request, corrected)


def _changes_page(
    visit: Visit, request: Request, corrected: Corrected, *, status: int = 200, before: str = ""
) -> Response:
    main = render_changes(
        request.form,
        visit.house.places,
        before=request.stored,
        after=corrected.instance,
        marked=tuple(request.asked.reasons),
        action="/track/",
        hidden=_hidden(visit, request) | {"_answers": canonical_text(answers_at(corrected.instance, corrected.opened))},
        attached=_standing(visit, request, request.stored, corrected.instance),
    )
    title = f"核对一遍，还没有交 – {request.form.title}"
    return page(visit.house, title=title, main=Markup(before) + main, status=status)  # noqa: S704 — from our template


def change(visit: Visit) -> Response:
    """Back from the look at what changes, with everything kept."""
    request = _requested(visit)
    return _page(visit, request, answered(visit.house, request, json_text(visit.fields.get("_answers", ""))))


def add(visit: Visit) -> Response:
    return _with_items(visit, lambda form, tree, group, _: add_item(form, tree, group))


def remove(visit: Visit) -> Response:
    return _with_items(visit, remove_item)


def upload_files(visit: Visit) -> Response:
    """The page again with what was chosen listed in it, or with why it is not."""
    request = _requested(visit)
    sent = _sent(visit, request)
    if sent.files is None:
        sent = sent._replace(files=Uploaded(sent.tree, errors=nothing_chosen(request.form, visit.argument)))
    return _again(visit, request, sent, focus=visit.argument)


def drop(visit: Visit) -> Response:
    """One file less, of those a question that is open lists."""
    request = _requested(visit)
    sent = _sent(visit, request)
    name, index = place_in(visit.argument)
    return _again(visit, request, sent._replace(tree=drop_file(request.form, sent.tree, name, index)), focus=name)


def confirm(visit: Visit, done: Callable[[Visit, Head], Response]) -> Response:
    """Store it, and go on with the fresh head. What was wrong by then comes back as the page to correct."""
    try:
        request = _requested(visit, again=True)
        read_key(request.event_id)
        corrected = answered(visit.house, request, json_text(visit.fields.get("_answers", "")))
        try:
            looked = look(visit.house, visit.followed, request, corrected)
        except ProblemError as problem:
            return _changes_page(
                visit, request, corrected, status=KINDS[problem.kind].status, before=_notice_of(problem)
            )
        if looked.corrected.errors:
            return _page(visit, request, looked.corrected, errors=looked.corrected.errors, status=422)
        head = store(visit.house, visit.followed, request, corrected, files=looked.new)
    except Exception as error:
        # This post writes, unlike the others of this address: the resident must hear that nothing was stored.
        raise with_way_on(visit, problem_of(error, storing=True)) or error from error
    return done(visit, head)


def _requested(visit: Visit, *, minting: bool = False, again: bool = False) -> Request:
    """What is asked for now. Only a confirmation sent `again` is what was asked for then: a page that stores nothing
    would open a form whose answers are stored already.
    """
    event_id = visit.fields.get("_event", "")
    if not again and event_id and find_event(visit.head, event_id):
        raise with_way_on(visit, ProblemError("not-returned"))
    try:
        request = requested(visit.house, visit.followed, event_id)
    except NotReturned as error:
        raise with_way_on(visit, problem_of(error, storing=False)) or error from error
    if not find_event(visit.head, event_id) and visit.fields.get("_notice", request.asked.event) != request.asked.event:
        raise with_way_on(visit, ProblemError("asked-more"))  # their page lacks what was added
    return request._replace(event_id=mint_event_id(visit.house.desk.random)) if minting and not event_id else request


def _sent(visit: Visit, request: Request) -> Sent:
    try:
        _, tree = parse_form_body(visit.body, keep_places=True)
    except BodyUnreadable as reason:
        raise ProblemError("unreadable") from reason
    shown = tuple(visit.fields.get("_shown", "").split())
    if visit.problem:
        return Sent(tree, shown, not_come(request.form, tree, visit.files, visit.problem))
    if not visit.files:
        return Sent(tree, shown)
    papers = papers_of(visit.house, visit.followed)
    files = upload(visit.house, request.form, papers, tree, visit.files, sender=visit.sender, shown=shown)
    return Sent(files.tree, shown, files)


def _again(visit: Visit, request: Request, sent: Sent, *, focus: str) -> Response:
    """The page as it is to be filled in further, open at `focus`."""
    return _further(visit, request, sent, answered(visit.house, request, sent.tree, shown=sent.shown), focus=focus)


def _further(visit: Visit, request: Request, sent: Sent, corrected: Corrected, *, focus: str) -> Response:
    """With a word on what came along."""
    if sent.refused:
        return _page(visit, request, corrected, errors=sent.refused, status=sent.status)
    return _page(visit, request, corrected, taken=sent.files.taken if sent.files else 0, focus=focus)


def _standing(visit: Visit, request: Request, *trees: Mapping[str, Any]) -> dict[str, Attached]:
    if not takes_files(request.form):
        return {}
    return standing(visit.house, papers_of(visit.house, visit.followed), request.form, *trees)


def _notice_of(problem: ProblemError) -> str:
    kind = KINDS[problem.kind]
    return render("notice.html", title=kind.title, text=kind.detail, alert=True)


def _with_items(visit: Visit, act: Callable[..., dict[str, Any]]) -> Response:
    """One item more or less in a whole group that is open; everything typed is kept."""
    request = _requested(visit)
    sent = _sent(visit, request)
    corrected = answered(visit.house, request, sent.tree, shown=sent.shown)
    group, _, number = visit.argument.partition(":")
    index = int(number) if number.isdecimal() and len(number) < 4 else -1
    shown = shown_pointers(request.form, request.stored, corrected.opened)
    if f"/{group}" in shown:
        items = [item for _, item in items_of(corrected.tree.get(group))]
        tree = act(request.form, {**corrected.tree, group: items}, group, index)
        corrected = corrected._replace(tree=tree)
    return _further(visit, request, sent, corrected, focus=group)


def _page(
    visit: Visit,
    request: Request,
    corrected: Corrected,
    *,
    errors: Sequence[FieldError] = (),
    status: int = 200,
    taken: int = 0,
    before: str = "",
    focus: str | None = None,
) -> Response:
    main: Markup = render_correction(
        request.form,
        visit.house.places,
        tree=corrected.tree,
        shown=shown_pointers(request.form, request.stored, corrected.opened),
        reasons=request.asked.reasons,
        action="/track/",
        hidden=_hidden(visit, request),
        errors=errors,
        attached=_standing(visit, request, corrected.tree),
        focus=focus,
    )
    begins = f"有{len(errors)}处要改 – " if errors else f"收到了{taken}份 – " if taken else ""
    title = f"{begins}改一改、补一补 – {request.form.title}"
    return page(visit.house, title=title, main=Markup(before) + main, status=status)  # noqa: S704 — from our template


def _hidden(visit: Visit, request: Request) -> dict[str, str]:
    """Names that begin with _ are nobody's answers, whatever a form asks for."""
    held = {"_reference": visit.reference, "_code": visit.code}
    return held | {"_event": request.event_id, "_notice": request.asked.event}
