"""What may go wrong before the first request."""

from __future__ import annotations

import re
from urllib.parse import urlsplit


class ServeError(Exception):
    """Raised by whoever starts a server or a function: it cannot start.

    The text says what is wrong and what to do, for the person who ran the command.
    """


ORIGIN = re.compile(r"https?://([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")
"""What a browser would call a site's origin."""


def check_origin(name: str, origin: str, *, of: str, needed_for: str = "") -> None:
    """Raises ServeError where `origin`, the environment variable `name`, is none, or is missing though needed.

    `of` is what has it ("the site"), `needed_for` the clause that says what for; empty: it may be missing.
    """
    if needed_for and not origin:
        raise ServeError(
            f"{name} is missing: set it to {of}'s public address, such as https://www.example.org, {needed_for}"
        )
    if origin and not ORIGIN.fullmatch(origin):
        raise ServeError(f"{name} must be {of}'s public address and nothing more, such as https://www.example.org")


def keeps_cookies(origin: str) -> bool:
    """Whether browsers take this origin for a safe one: they keep the office's cookies (`__Host-`, Secure) from it.

    Tried with Chromium 156: over plain http from 127.0.0.1 and localhost, and from no other host.
    """
    parts = urlsplit(origin)
    host = parts.hostname or ""
    return parts.scheme == "https" or host in ("127.0.0.1", "localhost", "::1") or host.endswith(".localhost")
