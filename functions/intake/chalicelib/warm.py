"""Everything a request may ever need, loaded before the first one: for a server that runs while files are updated.

A function on AWS is replaced as a whole and starts quickest with little; it never comes here.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

from chalicelib import pages
from chalicelib.composition import House
from doorstep.forms import rendering

LATER = ("ipaddress", "segno", "stdnum.cn.uscc", "doorstep.applications.follow", "doorstep.applications.withdraw")
"""Modules that are imported inside functions."""


def load_everything(house: House) -> None:
    """Import every view and what it imports later, compile every template, make every form's checker."""
    for found in pkgutil.iter_modules([str(Path(__file__).parent)]):
        import_module(f"chalicelib.{found.name}")
    for name in LATER:
        import_module(name)
    pages.load_templates()
    rendering.load_templates()
    for form_id in house.library.ids():
        form = house.library.current(form_id)
        if form is not None:
            house.checker(form).check({})  # finds faults, so the authority that words them is made too
