"""What VS Code offers while a page is written: every name of front matter, with its example or its list of choices.

Made from the schemas and lists when an editor begins, and kept out of the repository: so it is never out of date.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from doorstep.portal.facts.catalog_words import read_vocabulary
from doorstep.portal.facts.data import read_data
from doorstep.portal.handbook.lists import SCHEMAS, read_handbook

FILE = ".vscode/doorstep.code-snippets"
#: VS Code takes front matter for YAML, and the rest of the page for Markdown.
SCOPE = "markdown,yaml"


def write_snippets(root: Path) -> None:
    """Writes them where VS Code looks for a project's own."""
    path = root / FILE
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(snippets(root), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def snippets(root: Path) -> dict[str, Any]:
    """By title {scope, prefix, description, body}, as VS Code reads them."""
    known = _choices(root)
    found: dict[str, Any] = {}
    for include, facts in read_handbook(root).facts.items():
        kind = Path(SCHEMAS[include]).stem
        for fact in facts:
            body = f"{fact.name}: {known[fact.name]}" if fact.name in known else _text(fact.example or f"{fact.name}: ")
            found[f"{kind} {fact.name}"] = {
                "scope": SCOPE,
                "prefix": [fact.name, fact.title],
                "description": fact.text,
                "body": [body],
            }
    return found


def _choices(root: Path) -> Mapping[str, str]:
    """The facts that name one of a list, as a choice to pick from."""
    lists: dict[str, Iterable[str]] = {"theme": [theme["title"] for theme in read_data(root)[0].themes]}
    vocabulary, _ = read_vocabulary(root)
    if vocabulary:
        lists |= {"category": vocabulary.categories, "kind": vocabulary.kinds}
    return {name: f"${{1|{','.join(map(_option, words))}|}}" for name, words in lists.items()}


def _option(word: str) -> str:
    return word.replace("\\", "\\\\").replace(",", "\\,").replace("|", "\\|")


def _text(line: str) -> str:
    """The line as it is, whatever of it means something in a snippet."""
    return line.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
