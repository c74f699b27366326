"""Styles, scripts and the icon under names that change with their content, so that browsers may keep them for good."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Assets:
    """`files` by path in the site (all below assets/); the addresses pages name; `script` is None without scripts."""

    files: dict[str, bytes]
    style: str
    icon: str
    script: str | None


# A fifth of the scripts is written for engineers: comments, indents, empty lines, spaces at operators and braces.
# A resident's phone need not fetch it. None of our sentences and selectors has such a space; a test holds that.
_FOR_ENGINEERS = re.compile(rb"^ *(?://|/\*\*| \*).*\n|^\n|^ +| (?=[=&|}])|(?<=[=&|{>]) ", re.MULTILINE)


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
    folder = theme / "scripts"
    scripts = {
        path.relative_to(folder).as_posix(): _FOR_ENGINEERS.sub(b"", path.read_bytes())
        for path in sorted(folder.rglob("*.js"))
    }
    home = f"assets/scripts.{_short(b''.join(name.encode() + body for name, body in scripts.items()))}"
    files.update({f"{home}/{name}": body for name, body in scripts.items()})
    return Assets(files, style, icon, f"/{home}/main.js" if "main.js" in scripts else None)


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
