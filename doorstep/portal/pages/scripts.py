"""The scripts as they are served: without what only engineers read, and a module that is loaded later in one piece."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

# A fifth of the scripts is written for engineers: comments, indents, ends of lines, spaces around operators and braces.
# A resident's phone need not fetch it. None of our sentences and selectors has such a space; a test holds that.
_FOR_ENGINEERS = re.compile(
    rb"^ *(?://|/\*\*| \*).*\n|^\n|^ +| (?=[=&|}?{:(])|(?<=[=&|{>:;?]) |(?<=[;{,(])\n|\n(?=[})])", re.MULTILINE
)
# The same within a line, but for what is quoted, which has such spaces.
_WITHIN_LINES = re.compile(rb" ?/\* [^*]*\*/ ?|('(?:[^'\\\n]|\\.)*'|`[^`]*`)|(?<=,) | (?=[!*+%<])|(?<=[*+%]) ")
_IMPORT = re.compile(r"^import (?P<what>\{ (?P<names>.+) \}|\* as \w+) from '(?P<target>\S+)';\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=async |const |function )", re.MULTILINE)


def served_scripts(folder: Path) -> dict[str, bytes]:
    """Every script by its path in the folder. What stands in `x/` are the parts of `x.js` and is served within it: one
    request on a slow phone, not seven. They share one scope, so a name means one thing in all of them.
    """
    sources = {path.relative_to(folder).as_posix(): path.read_text() for path in sorted(folder.rglob("*.js"))}
    return {name: lean(_whole(name, sources).encode()) for name in sources if "/" not in name}


def lean(script: bytes) -> bytes:
    """The same program, without what only its engineers read."""
    return _WITHIN_LINES.sub(lambda found: found[1] or b"", _FOR_ENGINEERS.sub(b"", script))


def _whole(entry: str, sources: Mapping[str, str]) -> str:
    """The script behind its parts, each behind those it imports; what all import from elsewhere stands on top, once."""
    home = entry.removesuffix(".js")
    if not any(name.startswith(f"{home}/") for name in sources):
        return sources[entry]
    taken: set[str] = set()
    bodies: list[str] = []
    wanted: dict[tuple[str, str], set[str]] = {}

    def take(name: str) -> None:
        taken.add(name)
        for found in _IMPORT.finditer(sources[name]):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), found["target"]))
            if not path.startswith(f"{home}/"):
                names = found["names"]
                wanted.setdefault((path, "" if names else found["what"]), set()).update((names or "").split(", "))
            elif path not in taken:
                take(path)
        body = _IMPORT.sub("", sources[name])
        bodies.append(body if name == entry else _EXPORT.sub("", body))

    take(entry)
    imports = [
        f"import {whole or '{' + ','.join(sorted(names)) + '}'} from './{path}';\n"
        for (path, whole), names in wanted.items()
    ]
    return "".join(imports + bodies)
