"""The forms one applies with, by id, for tests that go through all of them."""

from __future__ import annotations

from doorstep.forms.fields import Form
from doorstep.forms.library import load_library
from tests.browser.site import ROOT

LIBRARY = load_library(ROOT / "schemas")
FORMS: tuple[Form, ...] = tuple(LIBRARY.forms.values())


def named(form: Form) -> str:
    return form.id
