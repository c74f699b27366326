"""Names that change with the content."""

from __future__ import annotations

import re
from pathlib import Path

from doorstep.portal.pages.assets import collect_assets


def theme(root: Path, script: str = "import './part.js'") -> Path:
    (root / "assets").mkdir(parents=True, exist_ok=True)
    (root / "scripts").mkdir(exist_ok=True)
    (root / "assets" / "doorstep.css").write_text("a{}")
    (root / "assets" / "icon.svg").write_text("<svg/>")
    (root / "scripts" / "main.js").write_text(script)
    (root / "scripts" / "part.js").write_text("")
    return root


def test_scripts_share_a_folder_so_that_they_find_each_other(tmp_path: Path) -> None:
    assets = collect_assets(theme(tmp_path))
    assert assets.script is not None
    assert assets.script.lstrip("/") in assets.files
    assert assets.script.lstrip("/").replace("main.js", "part.js") in assets.files


def test_a_changed_script_moves_all_scripts_and_no_style(tmp_path: Path) -> None:
    before = collect_assets(theme(tmp_path))
    after = collect_assets(theme(tmp_path, script="import './part.js';"))
    assert before.script != after.script
    assert (before.style, before.icon) == (after.style, after.icon)


def test_every_address_holds_a_hash_because_browsers_keep_it_for_good(tmp_path: Path) -> None:
    for path in collect_assets(theme(tmp_path)).files:
        assert re.match(r"assets/[a-z]+\.[0-9a-f]{12}[./]", path)


def test_a_theme_without_scripts_names_none(tmp_path: Path) -> None:
    root = theme(tmp_path)
    for path in (root / "scripts").iterdir():
        path.unlink()
    assert collect_assets(root).script is None
