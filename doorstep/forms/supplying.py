"""What is asked only after approval as HTML: the little form, and a last look at it before it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from doorstep.forms.controls import all_controls, section_views
from doorstep.forms.entries import sections_of
from doorstep.forms.errors import FieldError
from doorstep.forms.fields import Form
from doorstep.forms.filler import cut_groups, drop_blank_items
from doorstep.forms.page_parts import districts, privacy, render, summary
from doorstep.places import UNKNOWN_COMMUNITY, UNKNOWN_COMMUNITY_TITLE, Places


def render_supplying(
    form: Form,
    places: Places,
    *,
    tree: Mapping[str, Any],
    action: str,
    hidden: Mapping[str, str],
    errors: Sequence[FieldError] = (),
    demo: bool = False,
) -> Markup:
    """The content of <main>: a form that is asked after approval. `hidden` is what the page carries along; its buttons
    are `supply-check` and `follow`, and `supply-example` in a demonstration.
    """
    tree = drop_blank_items(form, tree) if errors else cut_groups(form, tree)
    views = section_views(form, tree, errors, None)
    controls = all_controls([control for view in views for control in view.controls])
    return render(
        "supplying.html",
        form=form,
        action=action,
        hidden=hidden,
        demo=demo and form.example is not None,
        sections=views,
        summary=summary(form, errors, controls),
        districts=districts(places),
        unknown=(UNKNOWN_COMMUNITY, UNKNOWN_COMMUNITY_TITLE),
        laws=privacy(form)["laws"],
    )


def render_supplied(
    form: Form, places: Places, instance: Mapping[str, Any], *, action: str, hidden: Mapping[str, str]
) -> Markup:
    """The content of <main>: the same answers once more before they are sent, with buttons `supply-confirm` and
    `supply-change`.
    """
    return render(
        "supplied.html", form=form, action=action, hidden=hidden, sections=sections_of(form, places, instance)
    )
