"""The people's way through a form: every post of /apply/{form}/, with and without JavaScript, and the form that staff
open at a counter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from chalice.app import Request, Response

from chalicelib.answers import check, confirm, current_form, form_of, known_form
from chalicelib.api import checked_answer, field_errors, submitted_answer
from chalicelib.at_counter import NOBODY, example, read_counter
from chalicelib.composition import House
from chalicelib.files import papers_of_draft
from chalicelib.form_pages import Post, answers_page, form_or_current, form_page, notice_of, with_errors
from chalicelib.receipt_page import receipt_page
from chalicelib.uploads import Uploaded, joined, not_come, nothing_chosen, place_in, upload
from doorstep.applications.keys import mint_submission_key, read_key
from doorstep.applications.submit import earlier
from doorstep.attachments.files import MOST_BYTES
from doorstep.forms.errors import BodyUnreadable
from doorstep.forms.filler import fill
from doorstep.forms.form import Form
from doorstep.forms.steps import add_item, drop_file, remove_item
from doorstep.forms.urlencoded import parse_form_body
from weblib.dispatch import STRICTER
from weblib.parts import posted_form
from weblib.problems import ProblemError
from weblib.requests import address, json_text, wants_json


def open_at_counter(house: House, request: Request, form: str) -> Response:
    """The empty form as staff open it for somebody, with their pass in the address. Everybody else gets the site's."""
    found, sent = current_form(house, form), request.query_params
    passes = sent.getlist("counter") if sent and "counter" in sent else []
    post = Post(house, request, form, found, "", None, "", {}, "", read_counter(house, passes[0] if passes else ""))
    opened = form_page(post, found, {}, title=found.title)
    opened.headers["Referrer-Policy"] = STRICTER  # the pass in this address goes on in no Referer, to nobody
    return opened


def apply(house: House, request: Request, form: str) -> Response:
    """Reads the post and does what its button says. Enter in any field is the first button: 继续."""
    try:
        posted = posted_form(request, MOST_BYTES)
        controls, tree = parse_form_body(posted.text)
    except BodyUnreadable as reason:
        raise ProblemError("unreadable") from reason
    verb, _, argument = (controls.get("_do") or "check").partition(":")
    if verb not in DOES:
        raise ProblemError("unreadable")
    # Whoever presses “确认提交” again after the guide was taken back still gets the receipt of what was received.
    current = known_form(house, form) if verb == "confirm" else current_form(house, form)
    key = controls.get("_key", "")
    if key:
        read_key(key)
    version = controls.get("_version") or None
    counter = read_counter(house, controls["_counter"]) if "_counter" in controls else NOBODY
    post = Post(house, request, form, current, key, version, argument, tree, controls.get("_answers", ""), counter)
    if posted.problem:
        if verb not in FROM_THE_FORM or wants_json(request):
            raise ProblemError(posted.problem)
        post = replace(post, sent=not_come(form_or_current(post), tree, posted.files, posted.problem))
    elif posted.files and verb in FROM_THE_FORM:
        post = _with_uploads(post, posted.files)
    return DOES[verb](post)


def _with_uploads(post: Post, files: Sequence[tuple[str, bytes]]) -> Post:
    """What was chosen is in, or `refused` says why not. The first file begins the draft: it follows from its key."""
    key = post.key or mint_submission_key(post.house.desk.random)
    sender = address(post.request, post.house.settings.proxies)
    sent = upload(post.house, form_or_current(post), papers_of_draft(key), post.tree, files, sender=sender)
    return replace(post, key=key, tree=sent.tree, sent=sent)


def _check(post: Post) -> Response:
    try:
        form = form_of(post.house, post.form_id, post.version)
        checked = check(post.house, form, post.tree, post.key)
    except ProblemError as problem:
        return _not_checked(post, problem, post.tree)
    errors = joined(form, post.refused, checked.errors) if post.refused else checked.errors
    if wants_json(post.request):
        return checked_answer(post.house, checked.instance, errors, post.key or None)
    if errors:
        return with_errors(post, form, post.tree, errors)
    return answers_page(post, form, checked.instance, attached=checked.attached)


def _confirm(post: Post) -> Response:
    if not post.key:
        raise ProblemError("key-unreadable")
    answers = json_text(post.answers)
    if post.counter.refused and earlier(post.house.desk, post.key) is None:
        # Whether it counts as filed at a counter is theirs to decide: nothing is stored in another way unseen.
        form = form_or_current(post)
        return answers_page(post, form, fill(form, answers))
    try:
        submitted, checked = confirm(
            post.house, post.form_id, post.version, post.key, answers, filer=post.counter.staff or None
        )
    except ProblemError as problem:
        if problem.kind == "files-unavailable" and not wants_json(post.request):
            return _files_unavailable(post, problem, fill(form_or_current(post), answers))
        return _not_checked(post, problem, fill(post.form, answers))
    as_json = wants_json(post.request)
    if submitted is None:
        if as_json:
            raise ProblemError("invalid", errors=field_errors(checked.errors))
        return with_errors(post, checked.form, checked.instance, checked.errors)
    return submitted_answer(submitted) if as_json else receipt_page(post.house, post.request, submitted, checked)


def _change(post: Post) -> Response:
    """Back to the form with every answer kept. The section in the button is where the page opens."""
    form = form_or_current(post)
    return form_page(post, form, fill(form, json_text(post.answers)), title=form.title, focus=post.argument)


def _add(post: Post) -> Response:
    form = form_or_current(post)
    return _again(post, form, add_item(form, post.tree, post.argument), focus=post.argument)


def _remove(post: Post) -> Response:
    form = form_or_current(post)
    group, index = place_in(post.argument)
    return _again(post, form, remove_item(form, post.tree, group, index), focus=group)


def _upload(post: Post) -> Response:
    """The page again with what was chosen listed in it, or with why it is not."""
    form = form_or_current(post)
    if post.sent is None:
        post = replace(post, sent=Uploaded(post.tree, errors=nothing_chosen(form, post.argument)))
    return _again(post, form, post.tree, focus=post.argument)


def _drop(post: Post) -> Response:
    form = form_or_current(post)
    name, index = place_in(post.argument)
    return _again(post, form, drop_file(form, post.tree, name, index), focus=name)


def _again(post: Post, form: Form, tree: dict[str, Any], *, focus: str) -> Response:
    """The page as it is to be filled in further, open at `focus`, with a word on what came along."""
    if post.refused:
        return with_errors(post, form, tree, post.refused)
    taken = post.sent.taken if post.sent else 0
    title = f"收到了{taken}份 – {form.title}" if taken else form.title
    return form_page(post, form, tree, title=title, focus=focus)


def _example(post: Post) -> Response:
    """The test person of the demonstration; nowhere else is anybody's form filled in for them."""
    if not post.house.settings.demo or post.form.example is None:
        raise ProblemError("unreadable")
    return form_page(post, post.form, example(post.form, post.counter), title=post.form.title)


DOES: dict[str, Callable[[Post], Response]] = {
    "check": _check,
    "confirm": _confirm,
    "change": _change,
    "add": _add,
    "remove": _remove,
    "upload": _upload,
    "drop": _drop,
    "example": _example,
}

FROM_THE_FORM = frozenset({"check", "add", "remove", "upload", "drop"})
"""The buttons of the form's own page, which alone has files to choose; the example begins anew."""


def _not_checked(post: Post, problem: ProblemError, tree: Any) -> Response:
    """A form that is no longer taken: what was filled in goes into the current one, to be looked over. Where files
    cannot be looked at just now, into its own.
    """
    if problem.kind not in ("retired-form", "files-unavailable") or wants_json(post.request):
        raise problem
    form = post.form if problem.kind == "retired-form" else form_or_current(post)
    notice, kind = notice_of(problem)
    return form_page(post, form, tree, title=f"{kind.title} – {form.title}", status=kind.status, before=notice)


def _files_unavailable(post: Post, problem: ProblemError, instance: dict[str, Any]) -> Response:
    """The last look again, with its button: nothing was sent yet, and nothing is lost."""
    notice, kind = notice_of(problem)
    return answers_page(post, form_or_current(post), instance, status=kind.status, before=notice)
