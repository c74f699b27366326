"""New pages as an editor begins them: front matter from what was answered, and prose that says no more than that."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from doorstep.portal.facts.front_matter import FENCE
from doorstep.portal.facts.guides import HEADINGS

ENDS = ("。", "！", "？")


class PageExists(Exception):
    """There is a page of this name already, and it is left as it is. `path` is where."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def write_page(path: Path, facts: Mapping[str, Any], body: str) -> None:
    """Writes a new page; raises PageExists rather than touch one that is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as page:
            page.write(f"{FENCE}{''.join(_lines(facts))}{FENCE}{body}")
    except FileExistsError:
        raise PageExists(path) from None


def guide_body(facts: Mapping[str, Any], result: str) -> str:
    """The five parts of a guide's prose; `result` is what one has when it is done."""
    offices = facts["offices"]
    if "form" in facts:
        how = "点“在网上申请”，照着填，填完交上。"
    elif "elsewhere" in facts:
        how = f"在{facts['elsewhere']}办。"
    else:
        how = f"到{offices['accept']}办。窗口在哪里，见[办事窗口](/places/)。"
    parts = {
        "who": "\n".join(f"- {line}" for line in facts["fits"]),
        "bring": "<!-- include: materials -->",
        "how": f"{how}\n\n<!-- include: limits -->",
        "result": result if result.endswith(ENDS) else f"{result}。",
        "questions": "### 还有不清楚的，问谁？\n\n打12345问。",
    }
    return "".join(f"\n## {title} {{#{anchor}}}\n\n{parts[anchor]}\n" for anchor, title in HEADINGS.items())


def _lines(facts: Mapping[str, Any]) -> list[str]:
    """One name a line; a list of several facts each has a line for each of them."""
    lines = []
    for name, value in facts.items():
        if isinstance(value, list) and any(isinstance(one, dict) for one in value):
            lines += [f"{name}:\n", *(f"  - {flow(one)}\n" for one in value)]
        else:
            lines.append(f"{name}: {flow(value)}\n")
    return lines


def flow(value: Any) -> str:
    """The value as YAML on one line, quoted where it must be."""
    text = yaml.safe_dump([value], allow_unicode=True, default_flow_style=True, width=10**6, sort_keys=False)
    return text.strip()[1:-1]
