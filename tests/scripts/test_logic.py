"""The scripts' own rules: their logic under Node, their size, their syntax, and what they may not touch."""

from __future__ import annotations

import gzip
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from doorstep.portal.pages.assets import collect_assets

HERE = Path(__file__).parent
SOURCES = HERE.parents[1] / "theme/scripts"
SCRIPTS = sorted(SOURCES.rglob("*.js"))
BUDGET = 15 * 1024
LATER = {
    "uploading.js": 6.25 * 1024,
    "catalog.js": 2 * 1024,
    "hardship.js": 1.125 * 1024,
    "sight.js": 3584,
    "seeking.js": 7 * 1024,
    "top.js": 1536,
}
"""What only some pages load, or load when it is wanted, each in one piece, and what every page does, with what it may
weigh by itself."""
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
    "nothing leaves for elsewhere": r"https?://|sendBeacon|WebSocket",
}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_the_syntax_is_old_enough_for_an_old_phone(script: Path) -> None:
    for what, pattern in (TOO_NEW | FORBIDDEN).items():
        found = [line for line in script.read_text().splitlines() if re.search(pattern, line)]
        assert not found, f"{script.name}: {what}: {found}"
    # It tells how far a file has come, which fetch cannot.
    assert "XMLHttpRequest" not in script.read_text() or script.parent.name == "uploading"


def served() -> dict[str, bytes]:
    files = collect_assets(HERE.parents[1] / "theme").files
    return {Path(name).name: body for name, body in files.items() if name.endswith(".js")}


def test_all_scripts_together_are_small() -> None:
    sizes = {name: len(gzip.compress(body, 9, mtime=0)) for name, body in served().items()}
    assert len(sizes) == len([path for path in SCRIPTS if path.parent.name == "scripts"])
    later = {name: sizes.pop(name) for name in LATER}
    assert sum(sizes.values()) <= BUDGET, sizes
    assert all(size <= LATER[name] for name, size in later.items()), later


def test_what_only_some_pages_load_is_named_by_nothing_the_others_load() -> None:
    for name, body in served().items():
        assert not re.search(rb"from ?'[^']*/uploading", body), name
    assert served()["main.js"].count(b"import('./uploading.js')") == 1


@pytest.mark.parametrize("name", sorted(served()))
def test_what_is_served_is_a_program(name: str) -> None:
    said = subprocess.run(
        ["node", "--check", "--input-type=module"], input=served()[name], capture_output=True, check=False
    )
    assert said.returncode == 0, said.stderr.decode()
    assert b"/* " not in served()[name], "a comment is for engineers"


def texts(script: str) -> list[str]:
    """Every quoted text and every regular expression, without what is computed within them."""
    code = re.sub(r"^ *(//|/\*\*| \*).*", "", script, flags=re.MULTILINE)
    found = re.findall(r"'(?:[^'\\\n]|\\.)*'|`[^`]*`|(?<=[(,:?] )/[^/\n]+/|(?<=[(,:?])/[^/\n]+/", code)
    return [re.sub(r"\$\{[^{}]*\}", "", text) for text in found]


def test_what_is_served_says_and_finds_what_was_written() -> None:
    imports = re.compile(r"\bimport[^;']*from ?'[^']*';")
    for name, body in served().items():
        whole = [path for path in SCRIPTS if path.relative_to(SOURCES).parts[0].removesuffix(".js") == Path(name).stem]
        whole += [SOURCES / "shared/elements.js"] if b"const focusOn=" in body or b"function focusOn(" in body else []
        written = [text for path in whole for text in texts(imports.sub("", path.read_text()))]
        assert Counter(texts(imports.sub("", body.decode()))) == Counter(written), name
        assert len(written) > 3, name


def test_all_sentences_stand_in_one_file() -> None:
    for script in SCRIPTS:
        code = re.sub(r"//.*|/\*.*?\*/|^ \*.*", "", script.read_text(), flags=re.MULTILINE | re.DOTALL)
        assert script.name == "words.js" or not re.search(r"[\u4e00-\u9fff]", code), script.name


@pytest.mark.parametrize("which", ["logic", "sight"])
def test_logic(which: str) -> None:
    script = HERE / f"{which}.test.mjs"
    done = subprocess.run(["node", "--test", str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
