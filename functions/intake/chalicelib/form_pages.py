"""The pages of one form's way: the form itself, and the last look. Every answer comes back as it was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalice.app import Request, Response
from markupsafe import Markup

from chalicelib import files
from chalicelib.answers import form_of
from chalicelib.at_counter import AT_COUNTER, REFUSED, Counter
from chalicelib.composition import House
from chalicelib.pages import page, render
from chalicelib.problems import KINDS
from chalicelib.uploads import Uploaded
from doorstep.applications.keys import mint_submission_key
from doorstep.applications.store import StoreError
from doorstep.attachments.files import MISSING
from doorstep.forms.attached import Attached, digests_in
from doorstep.forms.errors import FieldError
from doorstep.forms.form import Form
from doorstep.forms.rendering import render_answers, render_form
from weblib.problems import Kind, ProblemError


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a form page. `key` is empty until the first check or file; `argument` is what stands behind `_do`'s
    colon. `sent` is what became of the files that came along.
    """

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
    sent: Uploaded | None = None

    @property
    def refused(self) -> Sequence[FieldError]:
        """What to say of files that came along and were not taken."""
        return self.sent.errors if self.sent else ()


def with_errors(post: Post, form: Form, tree: Any, errors: Sequence[FieldError]) -> Response:
    title = f"有{len(errors)}处要改 – {form.title}"
    status = 503 if post.sent and post.sent.down else 422
    return form_page(post, form, tree, title=title, errors=errors, status=status)


def answers_page(
    post: Post,
    form: Form,
    instance: dict[str, Any],
    *,
    attached: Mapping[str, Attached] | None = None,
    status: int = 200,
    before: str = "",
) -> Response:
    main = render_answers(
        form,
        post.house.places,
        instance=instance,
        action=_action(post),
        key=post.key or mint_submission_key(post.house.desk.random),
        demo=post.house.settings.demo,
        counter=post.counter.token,
        attached=_standing(post, form, instance) if attached is None else attached,
    )
    said = _said(post) + Markup(before)  # noqa: S704 — from our template
    return page(post.house, title=f"核对一遍，还没有提交 – {form.title}", main=said + main, status=status)


def notice_of(problem: ProblemError) -> tuple[str, Kind]:
    kind = KINDS[problem.kind]
    return render("notice.html", title=kind.title, text=kind.detail, alert=True), kind


def _standing(post: Post, form: Form, tree: Mapping[str, Any]) -> dict[str, Attached]:
    """How the files in these answers stand, as far as that is known: no page waits for it."""
    fields = (field.name for field in form.fields if field.kind == "attachment")
    digests = [digest for name in fields for digest in digests_in(tree.get(name))]
    if not digests or not post.key:
        return dict.fromkeys(digests, Attached(MISSING))
    try:
        return files.attached(post.house, files.papers_of_draft(post.key), digests)
    except StoreError as error:
        post.house.log.failed(error, request_id="")
        return {}


def form_page(
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
        attached=_standing(post, form, tree),
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


def form_or_current(post: Post) -> Form:
    try:
        return form_of(post.house, post.form_id, post.version)
    except ProblemError:
        return post.form


def _action(post: Post) -> str:
    return f"/apply/{post.form.id}/"
