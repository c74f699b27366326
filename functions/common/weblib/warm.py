"""Modules loaded before the first request, for a server that runs while files are updated.

A function on AWS is replaced as a whole and starts quickest with little; it never comes here.
"""

from __future__ import annotations

import importlib
import pkgutil


def import_package(name: str) -> None:
    """Import the package and every module that stands in it."""
    for found in pkgutil.iter_modules(importlib.import_module(name).__path__):
        importlib.import_module(f"{name}.{found.name}")
