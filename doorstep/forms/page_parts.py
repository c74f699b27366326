"""What every page of forms is put together from: templates, the summary of errors, places, the privacy notice.

The only file that imports Jinja2.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from doorstep.attachments.files import MOST_BYTES
from doorstep.forms.control import Control
from doorstep.forms.errors import FieldError
from doorstep.forms.fields import Field, Form
from doorstep.places import Community, Places

TEMPLATES = Environment(
    loader=PackageLoader("doorstep.forms"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
TEMPLATES.globals["most_bytes"] = MOST_BYTES
_NUMBER = re.compile(r"(?<!\d)12\d{3}(?!\d)")
"""The public lines that a sentence may name: five digits, such as 12345."""


def with_numbers(said: str) -> Markup:
    """Text as HTML; a public line it names is dialled by one touch."""
    return Markup(_NUMBER.sub(r'<a href="tel:\g<0>">\g<0></a>', str(escape(said))))  # noqa: S704 (escaped before)


TEMPLATES.filters["with_numbers"] = with_numbers
# A summary's line for an error of the whole form or of a whole item leads to the top of the form.
FORM_ID = "application-form"

STOP = "not"
"""The keyword of the error that says why whoever chose this need not apply."""

_ARTICLE = re.compile("第[零一二三四五六七八九十百千、至之]+条.*$")
_SORTS = {
    "resident-id": "身份证号", "bank-card": "银行卡号", "financial": "收入和财产", "health": "病情和残疾",
}  # fmt: skip
"""Sensitive answers as the privacy notice names them: by kind of answer, else by what makes it sensitive."""


def render(template: str, **context: Any) -> Markup:
    return Markup(TEMPLATES.get_template(template).render(**context))  # noqa: S704 (autoescaped templates of our own)


def summary(form: Form, errors: Sequence[FieldError], controls: Sequence[Control]) -> list[tuple[str, str]]:
    """(id to go to, message) for each error, in the order given; an item's error says whose it is."""
    targets = {control.pointer: control.focus_id for control in controls}
    return [
        (targets.get(error.pointer) or _below(error.pointer, controls), _item(form, error.pointer) + error.message)
        for error in errors
    ]


def _item(form: Form, pointer: str) -> str:
    name, _, rest = pointer.removeprefix("/").partition("/")
    index = rest.partition("/")[0]
    field = form.field(name)
    if field is None or not field.item_title or not index.isdigit():
        return ""
    return field.item_title.replace("{n}", str(int(index) + 1)) + "，"


def _below(pointer: str, controls: Sequence[Control]) -> str:
    inside = (control.focus_id for control in controls if pointer and control.pointer.startswith(f"{pointer}/"))
    return next(inside, FORM_ID)


def districts(places: Places) -> list[tuple[str, list[Community]]]:
    grouped = groupby(places.communities, key=lambda place: f"{place.district_name} {place.street_name}")
    return [(title, list(members)) for title, members in grouped]


def privacy(form: Form) -> dict[str, Any]:
    """What sorts of sensitive answers there are, and by which laws all is asked; the article stands at the question."""
    everything = [part for field in form.fields for part in (field, *field.fields)]
    return {
        "sensitive": list(dict.fromkeys(_sort(field) for field in everything if field.sensitive)),
        "laws": list(dict.fromkeys(_ARTICLE.sub("", field.why_basis) for field in everything if field.why_basis)),
    }


def _sort(field: Field) -> str:
    return _SORTS.get(field.kind) or _SORTS.get(field.sensitive or "") or field.title.rstrip("？?")
