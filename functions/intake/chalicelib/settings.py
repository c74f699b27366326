"""Where intake finds its keys, its forms and its pages, read from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Settings(NamedTuple):
    """Folders, and whether this is the demonstration.

    `proxies`: how many of our own stand in front of us. `origin`: the site's public address without a slash at its
    end; empty: the one the browser asked for. `store`: which store, as `stores.choosing.open_store` reads it; `files`:
    where files rest, as `open_files` beside it does, and `files_origin` the origin that browsers post them to, where
    that is not our own.
    """

    var: Path
    schemas: Path
    build: Path
    demo: bool
    proxies: int
    origin: str
    store: str
    files: str
    files_origin: str


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings those environment variables give; what is absent has its default for one machine."""
    proxies = environ.get("DOORSTEP_PROXIES") or "0"
    return Settings(
        var=Path(environ.get("DOORSTEP_VAR") or "var"),
        schemas=Path(environ.get("DOORSTEP_SCHEMAS") or "schemas"),
        build=Path(environ.get("DOORSTEP_BUILD") or "build"),
        demo=environ.get("DOORSTEP_DEMO") == "1",
        proxies=int(proxies) if proxies.isdecimal() else 0,
        origin=(environ.get("DOORSTEP_ORIGIN") or "").rstrip("/"),
        store=environ.get("DOORSTEP_STORE") or "",
        files=environ.get("DOORSTEP_FILES") or "",
        files_origin=(environ.get("DOORSTEP_FILES_ORIGIN") or "").rstrip("/"),
    )
