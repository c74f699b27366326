"""Everything a request may ever need, loaded before the first one (weblib.warm says for whom)."""

from __future__ import annotations

from importlib import import_module

from chalicelib import pages
from chalicelib.composition import House, open_now
from doorstep.forms import rendering
from weblib.warm import import_package

LATER = ("doorstep.stores.unfound_file", "ipaddress", "multipart", "segno", "stdnum.cn.uscc")
"""Modules that are imported inside functions."""


def load_everything(house: House) -> None:
    """Import every view and what it imports later, compile every template, make every form's checker and the
    search's ranker.
    """
    open_now(house)
    import_package("chalicelib")
    import_package("weblib")
    for name in LATER:
        import_module(name)
    house.seeking.ranker()
    pages.TEMPLATES.load()
    rendering.load_templates()
    for form_id in house.library.ids():
        form = house.library.current(form_id)
        if form is not None:
            house.checker(form).check({})  # finds faults, so the authority that words them is made too
