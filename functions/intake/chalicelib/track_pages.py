"""Following, correcting and withdrawing for people: reference and code come in every post, never in an address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs

from chalice.app import Request, Response

from chalicelib import after_pages, correction_pages, own_pages
from chalicelib.after_approval import wanted, words_after
from chalicelib.composition import House
from chalicelib.corrections import form_of
from chalicelib.due import due
from chalicelib.pages import page, render
from chalicelib.problems import KINDS, not_open, problem_of
from chalicelib.shown import shown_events
from chalicelib.told import Decision, Extension, Notice, decided, extended, held, notice, words_of
from chalicelib.visit import Visit
from chalicelib.ways_on import with_way_on
from doorstep.applications.errors import Mistyped, NotFound
from doorstep.applications.follow import follow
from doorstep.applications.head import Head
from doorstep.applications.keys import mint_event_id
from doorstep.applications.status import AGAIN, OPEN, STATUSES
from doorstep.applications.withdraw import withdraw
from doorstep.attachments.files import MOST_BYTES
from doorstep.forms.rendering import render_track_form
from doorstep.forms.urlencoded import MAX_PAIRS
from weblib.moments import beijing_time
from weblib.parts import posted_form
from weblib.problems import ProblemError, worded
from weblib.requests import address

REASONS = {
    "not-needed": "不需要了",
    "mistake": "有地方填错了，想重新填",
    "other-way": "改到窗口去办",
    "other": "别的原因",
    "unsaid": "不想说",
}
WORDS_LIMIT = 200


def track(house: House, request: Request) -> Response:
    posted = posted_form(request, MOST_BYTES)
    try:
        sent = parse_qs(posted.text, keep_blank_values=True, errors="strict", max_num_fields=MAX_PAIRS)
    except ValueError as reason:
        raise ProblemError("unreadable") from reason
    fields = {name: values[-1] for name, values in sent.items()}
    verb, _, argument = (fields.get("_do") or "follow").partition(":")
    does = DOES.get(verb)
    if does is None:
        raise ProblemError("unreadable")
    if posted.problem and verb not in correction_pages.FROM_THE_PAGE:
        raise ProblemError(posted.problem)
    # A correction page asks what its form asks for, which may have any name.
    reference, code = (fields.get(f"_{name}", fields.get(name, "")) for name in ("reference", "code"))
    try:
        followed = follow(house.desk, reference, code)
    except NotFound as error:
        raise _typed_again(error, reference, code) from error
    sender = address(request, house.settings.proxies)
    return does(
        Visit(house, followed, reference, code, fields, posted.text, argument, posted.files, sender, posted.problem)
    )


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


def _ask_to_withdraw(visit: Visit, *, error: str = "") -> Response:
    """The page that asks for the reason. It mints the step's event id, so that sending it twice is one step."""
    if visit.head.status not in OPEN:
        raise with_way_on(visit, not_open(visit.head.status))
    main = render(
        "withdraw.html",
        visit=visit,
        event_id=visit.fields.get("_event") or mint_event_id(visit.house.desk.random),
        reasons=REASONS,
        chosen=visit.fields.get("reason", ""),
        words=visit.fields.get("words", ""),
        limit=WORDS_LIMIT,
        offered=visit.house.offers(visit.house.library.current(visit.head.form)),
        error=error,
        waits_for=notice(visit.house, visit.followed),
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
        raise with_way_on(visit, problem_of(error, storing=True)) or error from error
    return _status_page(visit, head, done="撤回好了")


def _confirm_correction(visit: Visit) -> Response:
    return correction_pages.confirm(visit, lambda fresh, head: _status_page(fresh, head, done="改好了，收到了"))


def _confirm_supplied(visit: Visit) -> Response:
    return after_pages.confirm(visit, lambda fresh, head: _status_page(fresh, head, done="收款账户收到了"))


def _notice(visit: Visit) -> Response:
    """The one-time notice as a sheet to print."""
    found = notice(visit.house, visit.followed)
    if found is None:
        raise with_way_on(visit, ProblemError("not-returned"))
    does = "一次改好、补齐" if found.fields and found.papers else "一次改好" if found.fields else "把材料一次带到窗口"
    return _sheet(visit, "notice", found, heading="一次性告知书", lead=f"请照下面写的，{does}。", by="告知单位")


def _decision(visit: Visit) -> Response:
    """The result as a sheet to print."""
    found = decided(visit.house, visit.followed)
    if found is None:
        raise with_way_on(visit, ProblemError("not-decided"))
    words = STATUSES[visit.head.status]
    return _sheet(visit, "decision", found, heading=words.title, lead=words.meaning, by="作出单位")


def _extension(visit: Visit) -> Response:
    """Why it takes longer, and until when, as a sheet to print."""
    found = extended(visit.house, visit.followed)
    if not found:
        raise with_way_on(visit, ProblemError("not-extended"))
    return _sheet(
        visit, "extension", found[-1], heading="办理时间延长了", lead="为什么延长，写在下面。", by="延长的单位"
    )


def _sheet(
    visit: Visit, sort: str, written: Notice | Decision | Extension, *, heading: str, lead: str, by: str
) -> Response:
    title = form_of(visit.house, visit.head).title
    main = render(
        "sheet.html", visit=visit, head=visit.head, sort=sort, written=written, heading=heading, lead=lead, by=by,
        title=title, due=due(visit.house, visit.head), extended=extended(visit.house, visit.followed),
        after=wanted(visit.house, visit.followed),
    )  # fmt: skip
    return page(visit.house, title=f"{heading} – {title}", main=main)


DOES: dict[str, Callable[[Visit], Response]] = {
    "follow": _follow,
    "answers": own_pages.answers,
    "look": own_pages.look,
    "notice": _notice,
    "decision": _decision,
    "extension": _extension,
    "correct": correction_pages.open_page,
    "check": correction_pages.check,
    "change": correction_pages.change,
    "add": correction_pages.add,
    "remove": correction_pages.remove,
    "upload": correction_pages.upload_files,
    "drop": correction_pages.drop,
    "confirm": _confirm_correction,
    "supply": after_pages.open_page,
    "supply-example": after_pages.fill_example,
    "supply-check": after_pages.check,
    "supply-change": after_pages.change,
    "supply-confirm": _confirm_supplied,
    "withdraw": _ask_to_withdraw,
    "withdraw-confirm": _withdraw,
}


def _status_page(visit: Visit, head: Head, *, done: str = "") -> Response:
    house, followed = visit.house, replace(visit.followed, head=head)
    form = house.library.find(head.form, head.form_version) or house.library.current(head.form)
    waits_for = notice(house, followed)
    after = wanted(house, followed)
    words = words_after(words_of(house, head, waits_for), after)
    shown = shown_events(head, house.services.get(head.service, {}), papers=bool(waits_for and waits_for.papers))
    main = render(
        "follow.html",
        visit=visit,
        head=head,
        words=words,
        title=form.title if form else head.form,
        held=held(house, head),
        notice=waits_for,
        decision=decided(house, followed),
        after=after,
        entries=after.entries(house) if after else (),
        extended=extended(house, followed),
        due=due(house, head),
        lines=[(beijing_time(event.at), event.line) for event in reversed(shown)],
        can_withdraw=head.status in OPEN,
        done=done,
        again=f"/apply/{head.form}/" if head.status in AGAIN and house.offers(house.library.current(head.form)) else "",
        receipt=f"/verify/?receipt={head.events[0]}",
    )
    return page(house, title=f"{words.title} – 查进度", main=main)
