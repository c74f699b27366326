"""Following and withdrawing for people: reference and code come in every post, never in an address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs

from chalice.app import Request, Response

from chalicelib.composition import House
from chalicelib.due import due
from chalicelib.pages import page, render
from chalicelib.problems import KINDS, problem_of
from chalicelib.shown import shown_events
from doorstep.applications.errors import Mistyped, NotFound
from doorstep.applications.follow import Followed, follow, read_answers
from doorstep.applications.head import Head
from doorstep.applications.keys import mint_event_id
from doorstep.applications.status import OPEN, STATUSES
from doorstep.applications.withdraw import withdraw
from doorstep.forms.rendering import render_own_answers, render_track_form
from weblib.moments import beijing_time
from weblib.problems import ProblemError, worded
from weblib.requests import form_text

REASONS = {
    "not-needed": "不需要了",
    "mistake": "有地方填错了，想重新填",
    "other-way": "改到窗口去办",
    "other": "别的原因",
    "unsaid": "不想说",
}
WORDS_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Visit:
    """One post of a resident who holds reference and code; `fields` are the other controls."""

    house: House
    followed: Followed
    reference: str
    code: str
    fields: dict[str, str]

    @property
    def head(self) -> Head:
        return self.followed.head


def track(house: House, request: Request) -> Response:
    try:
        sent = parse_qs(form_text(request), keep_blank_values=True, errors="strict", max_num_fields=40)
    except ValueError as reason:
        raise ProblemError("unreadable") from reason
    fields = {name: values[-1] for name, values in sent.items()}
    does = DOES.get(fields.get("_do", "follow"))
    if does is None:
        raise ProblemError("unreadable")
    reference, code = fields.get("reference", ""), fields.get("code", "")
    try:
        followed = follow(house.desk, reference, code)
    except NotFound as error:
        raise _typed_again(error, reference, code) from error
    return does(Visit(house, followed, reference, code, fields))


def _typed_again(error: NotFound, reference: str, code: str) -> ProblemError:
    """The same page with the same two fields, whichever of them was wrong: nobody types 29 letters twice."""
    problem = problem_of(error, storing=False)
    assert problem is not None
    wrong = ("reference",) if isinstance(error, Mistyped) else ("reference", "code")
    words = worded(problem, KINDS)
    problem.again = render_track_form(
        reference=reference, code=code, error=words.title, remedy=words.words, wrong=wrong
    )
    return problem


def _follow(visit: Visit) -> Response:
    return _status_page(visit, visit.head)


def _answers(visit: Visit) -> Response:
    house, head = visit.house, visit.head
    form = house.library.find(head.form, head.form_version)
    if form is None:
        raise LookupError("the archive lacks a form version that was accepted")
    answers = read_answers(house.desk, visit.followed)["answers"]
    main = render(
        "own_answers.html", visit=visit, form=form, received=beijing_time(head.received_at),
        answers=render_own_answers(form, house.places, answers),
    )  # fmt: skip
    return page(house, title=f"我填的内容 – {form.title}", main=main)


def _ask_to_withdraw(visit: Visit, *, error: str = "") -> Response:
    """The page that asks for the reason. It mints the step's event id, so that sending it twice is one step."""
    if visit.head.status not in OPEN:
        raise ProblemError("not-open")
    main = render(
        "withdraw.html",
        visit=visit,
        event_id=visit.fields.get("_event") or mint_event_id(visit.house.desk.random),
        reasons=REASONS,
        chosen=visit.fields.get("reason", ""),
        words=visit.fields.get("words", ""),
        limit=WORDS_LIMIT,
        error=error,
    )
    title = f"{'有1处要改 – ' if error else ''}撤回申请"
    return page(visit.house, title=title, main=main, status=422 if error else 200)


def _withdraw(visit: Visit) -> Response:
    reason, words = visit.fields.get("reason", ""), visit.fields.get("words", "").strip()
    if reason not in REASONS:
        return _ask_to_withdraw(visit, error="选一个原因；不想说也可以选“不想说”")
    if len(words) > WORDS_LIMIT:
        return _ask_to_withdraw(visit, error=f"原因最多写{WORDS_LIMIT}个字")
    said = f"{REASONS[reason]}：{words}" if words else REASONS[reason]
    try:
        head = withdraw(visit.house.desk, visit.followed, reason=said, event_id=visit.fields.get("_event", ""))
    except Exception as error:
        # This post writes, unlike the others of this address: the resident must hear that nothing was stored.
        raise problem_of(error, storing=True) or error from error
    return _status_page(visit, head, done="撤回好了")


DOES: dict[str, Callable[[Visit], Response]] = {
    "follow": _follow,
    "answers": _answers,
    "withdraw": _ask_to_withdraw,
    "withdraw-confirm": _withdraw,
}


def _status_page(visit: Visit, head: Head, *, done: str = "") -> Response:
    house = visit.house
    words = STATUSES[head.status]
    form = house.library.find(head.form, head.form_version) or house.library.current(head.form)
    lines = [(beijing_time(event.at), event.line) for event in shown_events(head)]
    main = render(
        "follow.html",
        visit=visit,
        head=head,
        words=words,
        title=form.title if form else head.form,
        due=due(house, head).words,
        lines=lines[::-1],
        can_withdraw=head.status in OPEN,
        done=done,
        again=f"/apply/{head.form}/" if head.status == "withdrawn" and house.library.current(head.form) else "",
        receipt=f"/verify/?receipt={head.events[0]}",
    )
    return page(house, title=f"{words.title} – 查进度", main=main)
