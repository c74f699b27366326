"""Real sites, built once a run from this repository, and copies of its content to break."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from doorstep.forms.library import publish

ROOT = Path(__file__).resolve().parents[3]
GUIDE = "docs/services/minimum-living-allowance.md"


def build(folder: Path, *, demo: bool) -> Path:
    """Builds into `folder`/site and `folder`/intake, strictly: a warning fails."""
    environment = os.environ | {"DOORSTEP_DEMO": "1" if demo else "0"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder / "site")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("demo"), demo=True)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("published"), demo=False)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A root with a copy of docs/, schemas/, theme/ and the forms' templates that a test may spoil."""
    for folder in ("docs", "schemas", "theme", "doorstep/forms/templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def edit(content: Path) -> Callable[[str, str, str], Path]:
    """Replaces text that must be there in a file of `content`, publishing what is a form; gives the root."""

    def replace(file: str, old: str, new: str) -> Path:
        path = content / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        if path.parent.name == "forms":
            publish(content / "schemas", path.stem, date(2026, 11, 22))
        return content

    return replace
