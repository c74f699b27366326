"""The headers every answer carries, static or made on demand: one constant, so that no page is left out."""

from __future__ import annotations

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' data:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""Nothing inline and nothing from a third party; `data:` images are the receipt's QR code."""

SECURITY_HEADERS: dict[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # An address may hold a receipt (/verify/?receipt=…): it is told to no other site. Not `no-referrer`, with which
    # browsers send our own posts with `Origin: null`, and nobody could tell them from a stranger's.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def headers_with_files_at(origin: str) -> dict[str, str]:
    """The same where scripts send files straight to this origin (DOORSTEP_FILES_ORIGIN), unless it is empty."""
    policy = CONTENT_SECURITY_POLICY
    if origin:
        policy = policy.replace("connect-src 'self'", f"connect-src 'self' {origin}")
    return SECURITY_HEADERS | {"Content-Security-Policy": policy}


FOR_EVERY_SITE: dict[str, str] = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""For what is given away: other sites' pages may read it. The same for everybody, it tells nothing of its reader."""


SCRIPTLESS_HEADERS: dict[str, str] = SECURITY_HEADERS | {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}
"""For the office, none of whose pages has a script, a font of its own or anything that connects."""
