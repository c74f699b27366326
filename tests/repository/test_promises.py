"""What must hold of the repository itself, whoever edits it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = {".py", ".js", ".mjs", ".css", ".html", ".md", ".yml", ".yaml", ".json", ".toml", ".txt", ".in", ".cfg", ""}


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def lines_matching(pattern: str, *where: str) -> list[str]:
    wanted = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked(*where)
        if path.suffix in TEXT and path != Path(__file__)
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if wanted.search(line)
    ]


def test_no_file_names_a_package_registry() -> None:
    assert not lines_matching(r'--(extra-)?index-url|"resolved": *"http|https?://[^ ]*/simple/?([" ]|$)|^registry *=')


def test_no_file_names_a_path_of_one_machine() -> None:
    assert not lines_matching(r"(^|[^A-Za-z0-9_.])/(work|home/[a-z]+|root)/")


def test_nothing_is_left_open() -> None:
    assert not lines_matching(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError", "*.py", "*.js", "*.html", "*.yml")


def test_tests_neither_patch_nor_skip() -> None:
    assert not lines_matching(
        r"mock\.patch|monkeypatch\.setattr|mark\.(skip|xfail)|pytest\.skip\(", "tests/*", "bench/*"
    )


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_what_the_documents_name_exists(name: str) -> None:
    text = (ROOT / name).read_text()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    commands = set(re.findall(r"`make ([a-z]+)", text)) | set(re.findall(r"^make ([a-z]+)", text, re.MULTILINE))
    assert commands <= targets, f"{name} names make targets that do not exist: {commands - targets}"
    for path in re.findall(
        r"`((?:docs|doorstep|functions|schemas|tests|theme|bench|requirements|\.ci)/[\w./-]*)`", text
    ):
        assert (ROOT / path).exists(), f"{name} names {path}, which does not exist"


def test_files_are_one_step_each() -> None:
    long = [path for path in tracked("*.py", "*.js") if len(path.read_text().splitlines()) > 300]
    assert not long, f"over 300 lines; is each still one step? {long}"
