"""Styles, scripts and the icon under names that change with their content, so that browsers may keep them for good."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from doorstep.portal.pages.scripts import served_scripts


@dataclass(frozen=True)
class Assets:
    """`files` by path in the site (all below assets/); the addresses pages name; `script`, for pages
    that ask for something, and `top`, for every page, are None without scripts.
    """

    files: dict[str, bytes]
    style: str
    icon: str
    script: str | None
    top: str | None


def collect_assets(theme: Path) -> Assets:
    """Styles and icon get their own hash; the scripts share one folder named by all of them, since they import each
    other by relative paths and those must keep working.
    """
    files: dict[str, bytes] = {}

    def add(path: Path) -> str:
        content = path.read_bytes()
        name = f"assets/{path.stem}.{_short(content)}{path.suffix}"
        files[name] = content
        return f"/{name}"

    style, icon = add(theme / "assets" / "doorstep.css"), add(theme / "assets" / "icon.svg")
    scripts = served_scripts(theme / "scripts")
    home = f"assets/scripts.{_short(b''.join(name.encode() + body for name, body in scripts.items()))}"
    files.update({f"{home}/{name}": body for name, body in scripts.items()})
    main, top = (f"/{home}/{name}" if name in scripts else None for name in ("main.js", "top.js"))
    return Assets(files, style, icon, main, top)


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
