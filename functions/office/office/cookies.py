"""The office's two cookies. `__Host-`: of this host alone, over TLS alone; no neighbour can set them."""

from __future__ import annotations

from chalice.app import Request

SESSION = "__Host-doorstep-office"
ATTEMPT = "__Host-doorstep-sign-in"

_RULES = "Path=/; Secure; HttpOnly; SameSite=Lax"


def cookie(request: Request, name: str) -> str:
    """The cookie's value; "" when there is none, or more than one of this name."""
    pairs = [part.strip().partition("=") for part in request.headers.get("cookie", "").split(";")]
    values = [value for sent, _, value in pairs if sent == name]
    return values[0] if len(values) == 1 else ""


def setting(name: str, value: str, *, seconds: int | None = None) -> str:
    """The Set-Cookie header's value; without `seconds` the cookie ends with the browser."""
    return f"{name}={value}; {_RULES}" + (f"; Max-Age={seconds}" if seconds is not None else "")


def clearing(name: str) -> str:
    return setting(name, "", seconds=0)
