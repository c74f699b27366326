"""Everything a request may ever need, loaded before the first one (weblib.warm says for whom)."""

from __future__ import annotations

from importlib import import_module

from office import assets, pages
from office.composition import House
from weblib.warm import import_package

LATER = ("ipaddress",)
"""Modules that are imported inside functions."""


def load_everything(_house: House) -> None:
    """Import every view and what it imports later, compile every template, read every asset."""
    import_package("office")
    import_package("weblib")
    for name in LATER:
        import_module(name)
    pages.TEMPLATES.load()
    assets.load_assets()
