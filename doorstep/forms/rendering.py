"""Forms and answers as HTML, the same at build time and with errors at run time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from doorstep.forms.attached import Attached
from doorstep.forms.bundle import canonical_text
from doorstep.forms.control import Control
from doorstep.forms.controls import all_controls, section_views
from doorstep.forms.correction_views import correction_views
from doorstep.forms.entries import sections_of, shown_changes
from doorstep.forms.errors import FieldError
from doorstep.forms.fields import Form
from doorstep.forms.filler import cut_groups, drop_blank_items
from doorstep.forms.marks import may_stand, order_of, title_at
from doorstep.forms.page_parts import STOP, TEMPLATES, districts, privacy, render, summary
from doorstep.places import UNKNOWN_COMMUNITY, UNKNOWN_COMMUNITY_TITLE, Places


def load_templates() -> None:
    """Compile all templates now: a server does so at its start, and then reads none that was changed meanwhile."""
    for name in TEMPLATES.list_templates():
        TEMPLATES.get_template(name)


def render_track_form(
    *, reference: str = "", code: str = "", error: str = "", remedy: str = "", wrong: Sequence[str] = ()
) -> Markup:
    """The content of <main> that asks for reference and access code, empty or again with what was typed.

    `wrong` names the fields that may be wrong, "reference" and "code": it is not always known which of them is.
    """
    made = TEMPLATES.get_template("track.html").render(
        reference=reference, code=code, error=error, remedy=remedy, wrong=wrong
    )
    return Markup(made)  # noqa: S704 — the template escapes


def render_form(
    form: Form,
    places: Places,
    *,
    tree: Mapping[str, Any],
    errors: Sequence[FieldError] = (),
    action: str,
    key: str | None = None,
    demo: bool = False,
    focus: str | None = None,
    counter: str = "",
    attached: Mapping[str, Attached] = {},
) -> Markup:
    """The content of <main>: the form with `tree`'s answers kept as typed (urlencoded tree or instance alike).

    With errors an alert stands first; one that says why nothing is to be applied for stands there alone. Blank items
    are then left out, so that the errors' indices fit. A group shows at most one item more than it may have, whatever
    was sent.
    `focus`, a section's id or the name of a group or an attachment, opens the page there, without scripts as well.
    `attached` says by digest how the files stand. A form that takes files is posted as multipart/form-data: whichever
    button is pressed, what was chosen is sent along.
    `counter` is the pass of staff who fill it in for somebody: it travels along, and no draft stays on their computer.
    """
    tree = drop_blank_items(form, tree) if errors else cut_groups(form, tree)
    errors = _stops(errors) or errors
    views = section_views(form, tree, errors, focus, attached)
    controls = all_controls([control for view in views for control in view.controls])
    return render(
        "form.html",
        form=form,
        action=action,
        key=key or "",
        counter=counter,
        demo=demo and form.example is not None,
        takes_files=_takes_files(controls),
        stopped=bool(_stops(errors)),
        sections=views,
        summary=summary(form, errors, controls),
        districts=districts(places),
        unknown=(UNKNOWN_COMMUNITY, UNKNOWN_COMMUNITY_TITLE),
        privacy=privacy(form),
    )


def render_answers(
    form: Form,
    places: Places,
    *,
    instance: Mapping[str, Any],
    action: str,
    key: str,
    demo: bool = False,
    counter: str = "",
    attached: Mapping[str, Attached] = {},
) -> Markup:
    """The content of <main>: "check your answers", which says first that nothing has been sent.

    `attached` says by digest how the files stand: their number and pages are shown, never a digest.
    """
    return render(
        "answers.html",
        form=form,
        action=action,
        key=key,
        counter=counter,
        demo=demo,
        answers=canonical_text(dict(instance)),
        sections=sections_of(form, places, instance, attached),
    )


def render_own_answers(
    form: Form, places: Places, instance: Mapping[str, Any], attached: Mapping[str, Attached] = {}
) -> Markup:
    """Somebody's own stored answers, to be read: a heading (h2) and a description list per section, no buttons.

    `attached` says by digest how the files stand.
    """
    return render("own_answers.html", sections=sections_of(form, places, instance, attached))


def render_correction(
    form: Form,
    places: Places,
    *,
    tree: Mapping[str, Any],
    shown: Collection[str],
    reasons: Mapping[str, str],
    action: str,
    hidden: Mapping[str, str],
    errors: Sequence[FieldError] = (),
    attached: Mapping[str, Attached] = {},
    focus: str | None = None,
) -> Markup:
    """The content of <main>: only the questions at the pointers `shown`, each with the office's reason from `reasons`.

    `tree` holds every answer as typed, `hidden` what the page carries along. Errors stand first, as on the form.
    An attachment that is open shows the files already sent, which stay unless they are taken away (`attached` says by
    digest how they stand), and takes more: such a page is posted as multipart/form-data. `focus`, the name of a group
    or an attachment, opens the page there.
    """
    # Only in a whole group may items go: where some of its questions are open, each item stays at its place.
    errors = _stops(errors) or errors
    whole = {name: value for name, value in tree.items() if f"/{name}" in shown}
    tree = {**tree, **(drop_blank_items(form, whole) if errors else cut_groups(form, whole))}
    views = correction_views(form, tree, shown, reasons, errors=errors, attached=attached, focus=focus)
    controls = all_controls([control for view in views for control in view.controls])
    return render(
        "correction.html",
        form=form,
        action=action,
        hidden=hidden,
        takes_files=_takes_files(controls),
        stopped=bool(_stops(errors)),
        shown=" ".join(sorted(shown)),
        sections=views,
        summary=summary(form, errors, controls),
        districts=districts(places),
        unknown=(UNKNOWN_COMMUNITY, UNKNOWN_COMMUNITY_TITLE),
    )


def render_changes(
    form: Form,
    places: Places,
    *,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    marked: Collection[str],
    action: str,
    hidden: Mapping[str, str],
    attached: Mapping[str, Attached] = {},
) -> Markup:
    """The content of <main>: what was, and what it will be, with a button that confirms; nothing has been sent yet.

    `attached` says by digest how files stand.
    """
    changed = shown_changes(form, places, before, after, attached)
    touched = [change.pointer for change in changed]
    kept = [pointer for pointer in marked if may_stand(form, before, pointer) and not _touches(pointer, touched)]
    kept.sort(key=lambda pointer: order_of(form, pointer))
    return render(
        "changes.html",
        action=action,
        hidden=hidden,
        changes=changed,
        unchanged=[title_at(form, before, pointer) for pointer in kept],
    )


def _stops(errors: Sequence[FieldError]) -> list[FieldError]:
    """Of errors those that say nothing is to be applied for: whoever reads one has no use for the others yet."""
    return [error for error in errors if error.keyword == STOP]


def _takes_files(controls: Sequence[Control]) -> bool:
    return any(control.field.kind == "attachment" for control in controls)


def _touches(pointer: str, touched: Collection[str]) -> bool:
    return pointer in touched or any(one.startswith(f"{pointer}/") for one in touched)
