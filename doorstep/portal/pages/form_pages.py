"""The static page of each form: what the intake shows again, with answers and errors, when the form is posted."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from doorstep.forms.library import load_library
from doorstep.forms.rendering import render_form
from doorstep.places import load_places


@dataclass(frozen=True)
class FormPage:
    """One form's page: `body` is the content of <main>, with its h1."""

    form: str
    title: str
    body: str


def form_pages(root: Path, services: Container[str], *, demo: bool) -> list[FormPage]:
    """A page for each current form of these services below `root`/schemas, empty and without errors."""
    library = load_library(root / "schemas")
    places = load_places(root / "docs" / "places" / "divisions.json")
    pages = []
    for form_id in library.ids():
        form = library.current(form_id)
        assert form is not None
        if form.service not in services:
            continue
        body = render_form(form, places, tree={}, errors=(), action=f"/apply/{form_id}/", key=None, demo=demo)
        pages.append(FormPage(form_id, form.title, str(body)))
    return pages
