"""Where site and office listen on this machine, for whoever serves them and whoever prints their addresses."""

from __future__ import annotations

import os

import click

LAST = 65535
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 — what we may be told, not what we choose


def site_host() -> str:
    return os.environ.get("HOST") or "127.0.0.1"


def site_port() -> int:
    """PORT, or 8000. ClickException for what is no port."""
    return _read("PORT", 8000)


def office_port() -> int:
    """OFFICE_PORT, or the one after the site's. ClickException for what is no port."""
    if not os.environ.get("OFFICE_PORT") and site_port() == LAST:
        raise click.ClickException(f"PORT is {LAST}, the last there is: set OFFICE_PORT too, for example to 8001")
    return _read("OFFICE_PORT", site_port() + 1)


def site_address() -> str:
    """Where the site answers by its own words; "" where it listens at every address, for then nobody knows its name."""
    host = site_host()
    if host in EVERYWHERE:
        return ""
    return f"http://{f'[{host}]' if ':' in host else host}:{site_port()}"


def _read(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= LAST):
        raise click.ClickException(f"{name} must be a number from 1 to {LAST}, for example {name}=8080 make run")
    return int(text)
