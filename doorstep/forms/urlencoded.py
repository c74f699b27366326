"""A browser's form body becomes controls (names that begin with _) and a tree of answers."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote_plus

from doorstep.forms.errors import BodyUnreadable

MAX_PAIRS = 2_000
MAX_NAME = 120
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:-[0-9]{1,3}-[a-z][a-z0-9_]*)?(?:-(?:year|month|day))?")


def parse_form_body(text: str, *, keep_places: bool = False) -> tuple[dict[str, str], dict[str, Any]]:
    """(`{"_do": "check", …}`, `{"household_members": [{"name": "…"}], "born": {"year": "…"}, "assets": ["…"]}`).

    All leaves are texts as typed; a name sent more than once gives a list. Names no form can have stand at the top of
    the tree as they are, for validation to refuse. Raises BodyUnreadable for what no browser sends.

    A file's control, `_file-…`, says as text only what a device called the file: nobody wants to know.

    With `keep_places` a group's items keep their numbers, `{"household_members": {"1": {"name": "…"}}}`: a page that
    shows one item of several sends only that.
    """
    controls: dict[str, str] = {}
    tree: dict[str, Any] = {}
    pairs = [pair for pair in text.split("&") if pair]
    if len(pairs) > MAX_PAIRS:
        raise BodyUnreadable("too many controls")
    for pair in pairs:
        raw_name, _, raw_value = pair.partition("=")
        name, value = _decoded(raw_name), _decoded(raw_value)
        if len(name) > MAX_NAME:
            raise BodyUnreadable("a control's name is too long")
        if name.startswith("_file-"):
            continue
        if name.startswith("_"):
            controls[name] = value
        else:
            _put(tree, _path(name), value)
    return controls, tree if keep_places else {name: _with_lists(part) for name, part in tree.items()}


def _decoded(text: str) -> str:
    try:
        return unquote_plus(text, errors="strict")
    except UnicodeDecodeError:
        # `from None`: the cause would quote the body.
        raise BodyUnreadable("not UTF-8") from None


def _path(name: str) -> list[str]:
    return name.split("-") if _NAME.fullmatch(name) else [name]


def _put(tree: dict[str, Any], path: list[str], value: str) -> None:
    for part in path[:-1]:
        below = tree.setdefault(part, {})
        if not isinstance(below, dict):
            raise BodyUnreadable("a control is both a value and a group")
        tree = below
    last = path[-1]
    earlier = tree.get(last)
    if isinstance(earlier, dict):
        raise BodyUnreadable("a control is both a value and a group")
    if earlier is None:
        tree[last] = value
    elif isinstance(earlier, list):
        earlier.append(value)
    else:
        tree[last] = [earlier, value]


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    parts = {key: _with_lists(part) for key, part in value.items()}
    if parts and all(key.isascii() and key.isdigit() for key in parts):
        return [parts[key] for key in sorted(parts, key=lambda key: (int(key), key))]
    return parts
