"""What is asked only after approval, for people: the little form, a look at it, and the confirmation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from chalice.app import Response

from chalicelib.after_approval import Wanted, asked, checked, send
from chalicelib.answers import Checked
from chalicelib.pages import page
from chalicelib.problems import problem_of
from chalicelib.visit import Visit
from chalicelib.ways_on import with_way_on
from doorstep.applications.head import Head
from doorstep.applications.keys import mint_event_id, read_key
from doorstep.forms.bundle import canonical_text
from doorstep.forms.errors import BodyUnreadable, FieldError
from doorstep.forms.form import Form
from doorstep.forms.supplying import render_supplied, render_supplying
from doorstep.forms.urlencoded import parse_form_body
from weblib.problems import ProblemError
from weblib.requests import json_text


def open_page(visit: Visit) -> Response:
    """The form, with what came before but for the card's number. It mints the step's event id: twice is once."""
    found = _asked(visit)
    return _page(visit, found.form, found.tree(), event_id=visit.fields.get("_event", ""))


def fill_example(visit: Visit) -> Response:
    """The demonstration's test person."""
    form = _asked(visit).form
    example = form.example if visit.house.settings.demo else None
    return _page(visit, form, example or {}, event_id=visit.fields.get("_event", ""))


def check(visit: Visit) -> Response:
    try:
        _, tree = parse_form_body(visit.body)
    except BodyUnreadable as reason:
        raise ProblemError("unreadable") from reason
    found = _asked(visit)
    answers = _checked(visit, found, tree)
    if answers.errors:
        return _page(visit, answers.form, tree, event_id=visit.fields.get("_event", ""), errors=answers.errors)
    hidden = _hidden(visit, answers.form, visit.fields.get("_event", ""))
    main = render_supplied(
        answers.form,
        visit.house.places,
        answers.instance,
        action="/track/",
        hidden=hidden | {"_answers": canonical_text(answers.instance)},
    )
    return page(visit.house, title=f"核对一遍，还没有交 – {answers.form.title}", main=main)


def change(visit: Visit) -> Response:
    """Back from the look at it, with everything kept."""
    found, tree = _asked(visit), json_text(visit.fields.get("_answers", ""))
    form = _checked(visit, found, tree).form
    return _page(visit, form, tree, event_id=visit.fields.get("_event", ""))


def confirm(visit: Visit, done: Callable[[Visit, Head], Response]) -> Response:
    """Store it, and go on with the fresh head. What was wrong by then comes back as the form."""
    event_id = visit.fields.get("_event", "")
    try:
        read_key(event_id)
        found = asked(visit.house, visit.followed, event_id)
        tree = json_text(visit.fields.get("_answers", ""))
        answers = _checked(visit, found, tree)
        if answers.errors:
            return _page(visit, answers.form, tree, event_id=event_id, errors=answers.errors)
        head = send(visit.house, visit.followed, answers, event_id)
    except Exception as error:
        # This post writes, unlike the others of this address: the resident must hear that nothing was stored.
        raise with_way_on(visit, problem_of(error, storing=True)) or error from error
    return done(visit, head)


def _asked(visit: Visit) -> Wanted:
    try:
        return asked(visit.house, visit.followed)
    except ProblemError as problem:
        raise with_way_on(visit, problem) from problem


def _checked(visit: Visit, found: Wanted, tree: Mapping[str, Any]) -> Checked:
    version, event_id = visit.fields.get("_version", ""), visit.fields.get("_event", "")
    return checked(visit.house, visit.head, found, tree, version=version, event_id=event_id)


def _page(
    visit: Visit, form: Form, tree: Mapping[str, Any], *, event_id: str, errors: Sequence[FieldError] = ()
) -> Response:
    main = render_supplying(
        form,
        visit.house.places,
        tree=tree,
        action="/track/",
        hidden=_hidden(visit, form, event_id or mint_event_id(visit.house.desk.random)),
        errors=errors,
        demo=visit.house.settings.demo,
    )
    begins = f"有{len(errors)}处要改 – " if errors else ""
    return page(visit.house, title=f"{begins}{form.title}", main=main, status=422 if errors else 200)


def _hidden(visit: Visit, form: Form, event_id: str) -> dict[str, str]:
    """Names that begin with _ are nobody's answers, whatever a form asks for."""
    return {"_reference": visit.reference, "_code": visit.code, "_event": event_id, "_version": form.version}
