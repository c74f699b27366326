"""What one looks over before sending holds no heading under which nothing was asked."""

from __future__ import annotations

from doorstep.forms.entries import sections_of
from doorstep.forms.library import FormLibrary
from doorstep.places import Places


def test_a_section_of_which_nothing_was_asked_is_left_out(library: FormLibrary, places: Places) -> None:
    form = library.current("medical-assistance")
    assert form is not None
    margin = dict(form.example or {})
    poor = margin | {"situation": "poverty", "has_household": False}
    shown, more = ([section.id for section, _ in sections_of(form, places, instance)] for instance in (margin, poor))
    assert "income" not in shown
    assert more == [section.id for section in form.sections]
    assert [section for section in more if section not in shown] == ["income", "household"]
