"""The scripts as they are served: each in one piece, and without what only engineers read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

# A fifth of the scripts is written for engineers: comments, indents, ends of lines, spaces around operators and braces.
# A resident's phone need not fetch it. None of our sentences and selectors has such a space; a test holds that.
_FOR_ENGINEERS = re.compile(
    rb"^ *(?://|/\*\*| \*).*\n|^\n|^ +| (?=[=&|}?{:(])|(?<=[=&|{>:;?]) |(?<=[;{,(])\n|\n(?=[})])", re.MULTILINE
)
# The same within a line, but for what is quoted, which has such spaces.
_WITHIN_LINES = re.compile(rb" ?/\* [^*]*\*/ ?|('(?:[^'\\\n]|\\.)*'|`[^`]*`)|(?<=,) | (?=[!*+%<])|(?<=[*+%]) ")
_IMPORT = re.compile(r"^import \{ (?P<names>.+) \} from '(?P<target>\S+)';\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=async |const |function )", re.MULTILINE)
_SHARED = "shared"


@dataclass
class _Script:
    """A script in the making: its parts in the order they run, and the names it wants of each other script."""

    bodies: list[str] = field(default_factory=list)
    wanted: dict[str, set[str]] = field(default_factory=dict)


def served_scripts(folder: Path) -> dict[str, bytes]:
    """Every script by its path in the folder. What stands in `x/` are the parts of `x.js` and is served within it: one
    request on a slow phone, not nine. They share one scope, so a name means one thing in all of them. Another script
    gets what it imports of them from `x.js`, so that what they remember is there once; what stands in `shared/`
    remembers nothing, and each script brings its own.
    """
    sources = {path.relative_to(folder).as_posix(): path.read_text() for path in sorted(folder.rglob("*.js"))}
    made = {name: _gathered(name, sources) for name in sources if "/" not in name}
    return {name: lean(_whole(name, made).encode()) for name in made}


def lean(script: bytes) -> bytes:
    """The same program, without what only its engineers read."""
    return _WITHIN_LINES.sub(lambda found: found[1] or b"", _FOR_ENGINEERS.sub(b"", script))


def _gathered(entry: str, sources: Mapping[str, str]) -> _Script:
    """The script behind its parts, each behind those it imports."""
    script = _Script()
    own = (entry, _SHARED + ".js")
    taken: set[str] = set()

    def take(name: str) -> None:
        taken.add(name)
        for found in _IMPORT.finditer(sources[name]):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), found["target"]))
            home = path if "/" not in path else path.split("/")[0] + ".js"
            if home not in own:
                script.wanted.setdefault(home, set()).update(found["names"].split(", "))
            elif path not in taken:
                take(path)
        body = _IMPORT.sub("", sources[name])
        script.bodies.append(body if name == entry else _EXPORT.sub("", body))

    take(entry)
    return script


def _whole(entry: str, made: Mapping[str, _Script]) -> str:
    """The script with what it imports of others on top, once, and what others want of its parts below."""
    script = made[entry]
    imports = [f"import {{{','.join(sorted(names))}}} from './{home}';\n" for home, names in script.wanted.items()]
    given = set().union(*(other.wanted.get(entry, set()) for other in made.values()))
    exports = [f"export {{{','.join(sorted(given))}}};\n"] if given else []
    return "".join(imports + script.bodies + exports)
