"""Our content grown to a number of pages: copies of the real guides and resources, each a page of its own.

A copy has another id, title and aliases, and no form: a form is a contract with an archive, and its pages are counted
once. Everything else stands as it is, so that a copy costs what a page costs.
"""

from __future__ import annotations

import json
import re
import shutil
from itertools import count, cycle, islice
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
PARTS = ("docs", "theme", "schemas", "doorstep/forms/templates")
OF_A_FORM = re.compile(r"^(form|after_approval|not_needed): .*\n(?: .*\n)*|, only_if: \{.*?\}(?=[,}])", re.MULTILINE)


def grow(folder: Path, copies: int) -> Path:
    """The root `folder`, with everything of ours and as many copies, half of them guides and half resources."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for kind, number in (("services", copies // 2), ("resources", copies - copies // 2)):
        pages = [path for path in sorted((ROOT / "docs" / kind).glob("*.md")) if path.stem != "index"]
        for path, turn in islice(zip(cycle(pages), count(1)), number):
            text = copied(path.read_text(encoding="utf-8"), path.stem, turn)
            (folder / "docs" / kind / f"{path.stem}-{turn}.md").write_text(text, encoding="utf-8")
    return folder


def copied(text: str, name: str, turn: int) -> str:
    text = OF_A_FORM.sub("", text).replace("how: photo", "how: shown")
    text = re.sub(rf"^id: {name}$", f"id: {name}-{turn}", text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^title: (.*)$", rf"title: \g<1>{turn}", text, count=1, flags=re.MULTILINE)
    return re.sub(r"^aliases: \[(.*)\]$", lambda found: _told_apart(found[1], turn), text, count=1, flags=re.MULTILINE)


def _told_apart(aliases: str, turn: int) -> str:
    told = [f"{alias}{turn}" for alias in yaml.safe_load(f"[{aliases}]")]
    return f"aliases: {json.dumps(told, ensure_ascii=False)}"
