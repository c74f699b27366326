"""The QR code that a guide's printed notice bears: whoever reads the notice on a wall finds the page."""

from __future__ import annotations

import segno
from markupsafe import Markup


def notice_code(address: str) -> Markup:
    """An inline SVG that says `address`; black on white, with the quiet zone that readers want."""
    code = segno.make_qr(address, error="m")
    return Markup(code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None))  # noqa: S704 — drawn from modules, holds no text
