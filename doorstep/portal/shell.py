"""What the build hands to the running functions: a page without content, the services, the places."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from doorstep.portal.services import services
from doorstep.portal.site import Portal

#: What the functions replace in shell.html.
TITLE, MAIN = "<!--doorstep:title-->", "<!--doorstep:main-->"


def hand_over(portal: Portal, site: Path, intake: Path) -> None:
    """Moves site/shell.html and writes services.json and divisions.json into `intake`.

    Raises ValueError when the shell lacks a place for title or content: every answer of the intake would be blank.
    """
    intake.mkdir(parents=True, exist_ok=True)
    built = site / "shell.html"
    shell = built.read_text(encoding="utf-8")
    if shell.count(TITLE) != 1 or shell.count(MAIN) != 1:
        raise ValueError(f"shell.html must hold {TITLE} and {MAIN} once each")
    built.unlink()
    (intake / "shell.html").write_text(shell, encoding="utf-8")
    known = services(portal.guides, portal.laws, portal.remedies)
    (intake / "services.json").write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    shutil.copyfile(portal.root / "docs" / "places" / "divisions.json", intake / "divisions.json")
