"""The office's own styles and images, from its own origin, at addresses that hold their content's hash."""

from __future__ import annotations

import functools
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from chalice.app import Request, Response

from office.visitor import Visit
from weblib.problems import ProblemError

TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
"""What may stand in assets/: text, as a function's answers are."""

HASH_DIGITS = 12


class Asset(NamedTuple):
    media_type: str
    content: str


def address(name: str) -> str:
    """Where the file assets/<name> is served, such as /assets/office.0123456789ab.css; KeyError for no such file."""
    return _addresses()[name]


def show_asset(_visit: Visit, _request: Request, name: str) -> Response:
    """The file of that address; what an address here names never changes."""
    asset = _assets().get(name)
    if asset is None:
        raise ProblemError("unknown-page")
    return Response(
        asset.content, {"Content-Type": asset.media_type, "Cache-Control": "public, max-age=31536000, immutable"}
    )


@functools.cache
def _assets() -> dict[str, Asset]:
    """Every file of assets/, by the last part of its address."""
    return {
        hashed(path.name, path.read_bytes()): Asset(TYPES[path.suffix], path.read_text(encoding="utf-8"))
        for path in _files()
    }


@functools.cache
def _addresses() -> dict[str, str]:
    return {path.name: f"/assets/{hashed(path.name, path.read_bytes())}" for path in _files()}


def hashed(name: str, content: bytes) -> str:
    """office.css → office.0123456789ab.css"""
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{sha256(content).hexdigest()[:HASH_DIGITS]}.{suffix}"


def load_assets() -> None:
    """Read all of them now, so that none is read again later."""
    _assets()
    _addresses()


def _files() -> list[Path]:
    return sorted((Path(__file__).parent / "assets").iterdir())
