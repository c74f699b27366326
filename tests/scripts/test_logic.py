"""The scripts' own rules: their logic under Node, their size, their syntax, and what they may not touch."""

from __future__ import annotations

import gzip
import re
import subprocess
from pathlib import Path

import pytest

from doorstep.portal.assets import collect_assets

HERE = Path(__file__).parent
SCRIPTS = sorted((HERE.parents[1] / "theme/scripts").glob("*.js"))
BUDGET = 15 * 1024
TOO_NEW = {
    "logical assignment (Chrome 85)": r"(\|\||&&|\?\?)=",
    "private members (Chrome 84)": r"(this|\w)\.#\w|^\s*(static\s+)?#\w+\s*[=(;]",
    "class fields (Chrome 84 for static and private)": r"^\s*static\s+\w+\s*=",
    "top-level await (Chrome 89)": r"^(const\s.*=\s*|let\s.*=\s*)?await\b",
    "numeric separators": r"\b[0-9]+_[0-9]",
    "methods after Chrome 80": r"\.(at|replaceAll|replaceChildren|findLast|hasOwn|toSorted|toReversed|with|matchAll)\(",
    "Promise.any, allSettled": r"Promise\.(any|allSettled)",
    "structuredClone, randomUUID, :has()": r"structuredClone|randomUUID|:has\(",
    "AbortSignal.timeout": r"AbortSignal\.",
    "regular expressions with look-behind names or v flag": r"/v[.,;)]",
    "requestSubmit (Chrome 76, not in old WebKit)": r"requestSubmit",
}
FORBIDDEN = {
    "the console sees no answer": r"console\.",
    "nothing is evaluated": r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write",
    "nothing leaves for elsewhere": r"https?://|sendBeacon|XMLHttpRequest|WebSocket",
}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_the_syntax_is_old_enough_for_an_old_phone(script: Path) -> None:
    for what, pattern in (TOO_NEW | FORBIDDEN).items():
        found = [line for line in script.read_text().splitlines() if re.search(pattern, line)]
        assert not found, f"{script.name}: {what}: {found}"


def test_all_scripts_together_are_small() -> None:
    served = collect_assets(HERE.parents[1] / "theme").files
    sizes = {name: len(gzip.compress(body, 9, mtime=0)) for name, body in served.items() if name.endswith(".js")}
    assert len(sizes) == len(SCRIPTS)
    assert sum(sizes.values()) <= BUDGET, sizes


def texts(script: str) -> list[str]:
    """Every quoted text and every regular expression, without what is computed within them."""
    code = re.sub(r"^ *(//|/\*\*| \*).*", "", script, flags=re.MULTILINE)
    found = re.findall(r"'(?:[^'\\\n]|\\.)*'|`[^`]*`|(?<=[(,:] )/[^/\n]+/|(?<=\()/[^/\n]+/", code)
    return [re.sub(r"\$\{[^{}]*\}", "", text) for text in found]


def test_what_is_served_says_and_finds_what_was_written() -> None:
    served = collect_assets(HERE.parents[1] / "theme").files
    for script in SCRIPTS:
        body = next(body for name, body in served.items() if name.endswith(f"/{script.name}"))
        assert texts(body.decode()) == texts(script.read_text()), script.name
        assert len(texts(script.read_text())) > 3


def test_all_sentences_stand_in_one_file() -> None:
    for script in SCRIPTS:
        code = re.sub(r"//.*|/\*.*?\*/|^ \*.*", "", script.read_text(), flags=re.MULTILINE | re.DOTALL)
        assert script.name == "words.js" or not re.search(r"[\u4e00-\u9fff]", code), script.name


def test_logic() -> None:
    done = subprocess.run(["node", "--test", str(HERE / "logic.test.mjs")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
