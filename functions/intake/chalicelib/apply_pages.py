"""The people's way through a form: every post of /apply/{form}/, with and without JavaScript, and the form that staff
open at a counter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from chalice.app import Request, Response
from markupsafe import Markup

from chalicelib.answers import check, confirm, current_form, form_of
from chalicelib.api import checked_answer, field_errors, submitted_answer
from chalicelib.at_counter import AT_COUNTER, NOBODY, REFUSED, Counter, example, read_counter
from chalicelib.composition import House
from chalicelib.pages import page, render
from chalicelib.problems import KINDS
from chalicelib.receipt_page import receipt_page
from doorstep.applications.keys import mint_submission_key, read_key
from doorstep.applications.submit import earlier
from doorstep.attachments.files import MOST_BYTES
from doorstep.forms.errors import BodyUnreadable, FieldError
from doorstep.forms.filler import fill
from doorstep.forms.form import Form
from doorstep.forms.rendering import render_answers, render_form
from doorstep.forms.steps import add_item, remove_item
from doorstep.forms.urlencoded import parse_form_body
from weblib.dispatch import STRICTER
from weblib.parts import posted_form
from weblib.problems import ProblemError
from weblib.requests import json_text, wants_json


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a form page. `key` is empty until the first check; `argument` is what stands behind `_do`'s colon."""

    house: House
    request: Request
    form_id: str
    form: Form
    key: str
    version: str | None
    argument: str
    tree: dict[str, Any]
    answers: str
    counter: Counter


def open_at_counter(house: House, request: Request, form: str) -> Response:
    """The empty form as staff open it for somebody, with their pass in the address. Everybody else gets the site's."""
    found, sent = current_form(house, form), request.query_params
    passes = sent.getlist("counter") if sent and "counter" in sent else []
    post = Post(house, request, form, found, "", None, "", {}, "", read_counter(house, passes[0] if passes else ""))
    opened = _form_page(post, found, {}, title=found.title)
    opened.headers["Referrer-Policy"] = STRICTER  # the pass in this address goes on in no Referer, to nobody
    return opened


def apply(house: House, request: Request, form: str) -> Response:
    """Reads the post and does what its button says. Enter in any field is the first button: 继续."""
    try:
        controls, tree = parse_form_body(posted_form(request, MOST_BYTES).text)
    except BodyUnreadable as reason:
        raise ProblemError("unreadable") from reason
    verb, _, argument = (controls.get("_do") or "check").partition(":")
    if verb not in DOES:
        raise ProblemError("unreadable")
    current = current_form(house, form)
    key = controls.get("_key", "")
    if key:
        read_key(key)
    version = controls.get("_version") or None
    counter = read_counter(house, controls["_counter"]) if "_counter" in controls else NOBODY
    post = Post(house, request, form, current, key, version, argument, tree, controls.get("_answers", ""), counter)
    return DOES[verb](post)


def _check(post: Post) -> Response:
    try:
        form = form_of(post.house, post.form_id, post.version)
    except ProblemError as problem:
        return _retired(post, problem, post.tree)
    checked = check(post.house, form, post.tree)
    if wants_json(post.request):
        return checked_answer(post.house, checked.instance, checked.errors, post.key or None)
    if checked.errors:
        return _with_errors(post, form, post.tree, checked.errors)
    return _answers_page(post, form, checked.instance)


def _answers_page(post: Post, form: Form, instance: dict[str, Any]) -> Response:
    main = render_answers(
        form,
        post.house.places,
        instance=instance,
        action=_action(post),
        key=post.key or mint_submission_key(post.house.desk.random),
        demo=post.house.settings.demo,
        counter=post.counter.token,
    )
    return page(post.house, title=f"核对一遍，还没有提交 – {form.title}", main=_said(post) + main)


def _confirm(post: Post) -> Response:
    if not post.key:
        raise ProblemError("key-unreadable")
    answers = json_text(post.answers)
    if post.counter.refused and earlier(post.house.desk, post.key) is None:
        # Whether it counts as filed at a counter is theirs to decide: nothing is stored in another way unseen.
        form = _form_or_current(post)
        return _answers_page(post, form, fill(form, answers))
    try:
        submitted, checked = confirm(
            post.house, post.form_id, post.version, post.key, answers, filer=post.counter.staff or None
        )
    except ProblemError as problem:
        return _retired(post, problem, fill(post.form, answers))
    as_json = wants_json(post.request)
    if submitted is None:
        if as_json:
            raise ProblemError("invalid", errors=field_errors(checked.errors))
        return _with_errors(post, checked.form, checked.instance, checked.errors)
    return submitted_answer(submitted) if as_json else receipt_page(post.house, post.request, submitted, checked)


def _change(post: Post) -> Response:
    """Back to the form with every answer kept. The section in the button is where the page opens."""
    form = _form_or_current(post)
    return _form_page(post, form, fill(form, json_text(post.answers)), title=form.title, focus=post.argument)


def _add(post: Post) -> Response:
    form = _form_or_current(post)
    return _form_page(post, form, add_item(form, post.tree, post.argument), title=form.title, focus=post.argument)


def _remove(post: Post) -> Response:
    form = _form_or_current(post)
    group, _, number = post.argument.partition(":")
    index = int(number) if number.isdecimal() and len(number) < 4 else -1
    return _form_page(post, form, remove_item(form, post.tree, group, index), title=form.title, focus=group)


def _example(post: Post) -> Response:
    """The test person of the demonstration; nowhere else is anybody's form filled in for them."""
    if not post.house.settings.demo or post.form.example is None:
        raise ProblemError("unreadable")
    return _form_page(post, post.form, example(post.form, post.counter), title=post.form.title)


DOES: dict[str, Callable[[Post], Response]] = {
    "check": _check,
    "confirm": _confirm,
    "change": _change,
    "add": _add,
    "remove": _remove,
    "example": _example,
}


def _with_errors(post: Post, form: Form, tree: Any, errors: Sequence[FieldError]) -> Response:
    title = f"有{len(errors)}处要改 – {form.title}"
    return _form_page(post, form, tree, title=title, errors=errors, status=422)


def _retired(post: Post, problem: ProblemError, tree: Any) -> Response:
    """A form that is no longer taken: what was filled in goes into the current one, to be looked over."""
    if problem.kind != "retired-form" or wants_json(post.request):
        raise problem
    kind = KINDS["retired-form"]
    notice = render("notice.html", title=kind.title, text=kind.detail, alert=True)
    title = f"{kind.title} – {post.form.title}"
    return _form_page(post, post.form, tree, title=title, status=kind.status, before=notice)


def _form_page(
    post: Post,
    form: Form,
    tree: Any,
    *,
    title: str,
    errors: Sequence[FieldError] = (),
    status: int = 200,
    before: str = "",
    focus: str | None = None,
) -> Response:
    main = render_form(
        form,
        post.house.places,
        tree=tree,
        errors=errors,
        action=_action(post),
        key=post.key or None,
        demo=post.house.settings.demo,
        focus=focus,
        counter=post.counter.token,
    )
    said = _said(post) + Markup(before)  # noqa: S704 — from our template
    return page(post.house, title=title, main=said + main, status=status)


def _said(post: Post) -> Markup:
    """What stands above every page of a form that was opened at a counter."""
    words = REFUSED if post.counter.refused else AT_COUNTER if post.counter.staff else None
    if not words:
        return Markup()
    title = words[0].format(staff=post.counter.staff)
    said = render("notice.html", title=title, text=words[1], alert=post.counter.refused)
    return Markup(said)  # noqa: S704 — from our template


def _form_or_current(post: Post) -> Form:
    try:
        return form_of(post.house, post.form_id, post.version)
    except ProblemError:
        return post.form


def _action(post: Post) -> str:
    return f"/apply/{post.form.id}/"
