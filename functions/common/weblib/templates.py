"""A folder of templates that are compiled once; everything put into them is escaped."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from weblib.moments import beijing_time


class Templates:
    """The templates of `folder`. Beside `filters` all of them know `beijing`; a name nobody gave is an error."""

    def __init__(self, folder: Path, **filters: Callable[..., str]) -> None:
        self._folder = folder
        self._filters = {"beijing": beijing_time, **filters}

    def render(self, template: str, **parts: Any) -> str:
        """What the template of this name makes of these parts."""
        return self._environment.get_template(template).render(parts)

    def load(self) -> None:
        """Compile all of them now, so that none is read again later."""
        for name in self._environment.list_templates():
            self._environment.get_template(name)

    @functools.cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(self._folder),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,
        )
        environment.filters.update(self._filters)
        return environment
