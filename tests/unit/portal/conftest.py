"""Real sites, built once a run from this repository, and copies of its content to break."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from doorstep.forms.library import publish, read_index
from tests.made_once import made_once

ROOT = Path(__file__).resolve().parents[3]
KEPT = ("minimum-living-allowance", "medical-assistance", "home-care-for-elderly", "payment-account")
GUIDE = "docs/services/minimum-living-allowance.md"


def build(folder: Path, *, demo: bool, builder: str = "mkdocs") -> Path:
    """Builds into `folder`/site and `folder`/intake, strictly: a warning fails."""
    environment = os.environ | {"DOORSTEP_DEMO": "1" if demo else "0"}
    command = [sys.executable, "-m", builder, "build", "--strict", "--quiet", "--site-dir", str(folder / "site")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "demo", partial(build, demo=True))


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "published", partial(build, demo=False))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A root with three services, and theme/ and the forms' templates, that a test may spoil: as small a city as has
    every kind of thing, for every check reads all of it.
    """
    for folder in ("docs", "schemas", "theme", "doorstep/forms/templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=_others)
    index = tmp_path / "schemas" / "archive" / "index.json"
    entries = [entry for entry in json.loads(index.read_text(encoding="utf-8")) if entry["form"] in KEPT]
    index.write_text(json.dumps(entries), encoding="utf-8")
    lasting = tmp_path / "schemas" / "archive" / "lasting.json"
    kept = json.loads(lasting.read_text(encoding="utf-8"))
    kept["stages"] = {service: stages for service, stages in kept["stages"].items() if service in KEPT}
    lasting.write_text(json.dumps(kept), encoding="utf-8")
    for name in ("sayings", "around"):
        (tmp_path / f"docs/_data/{name}.yml").write_text("track: [办到哪一步了]\n", encoding="utf-8")
    return tmp_path


def _others(folder: str, names: list[str]) -> set[str]:
    """The guides, forms and archived forms that are not of the three services."""
    if Path(folder).parts[-2:] in {("docs", "services"), ("schemas", "forms"), ("schemas", "archive")}:
        return {name for name in names if Path(name).stem not in {*KEPT, "index", "lasting"}}
    if Path(folder).parts[-2:] == ("docs", "resources"):
        return set(names)  # a test of the catalog writes its own
    if Path(folder).parts[-2:] == ("docs", "_data"):
        return {"hardship.yml"}  # which leads to other services; its tests write their own
    return set()


@pytest.fixture
def edit(content: Path) -> Callable[[str, str, str], Path]:
    """Replaces text that must be there in a file of `content`, publishing what is a form; gives the root."""

    def replace(file: str, old: str, new: str) -> Path:
        path = content / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        if path.parent.name == "forms":
            publish(
                content / "schemas", path.stem, max(entry.published_on for entry in read_index(content / "schemas"))
            )
        return content

    return replace
