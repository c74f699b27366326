"""What the build hands to the running functions: a page without content, services, offices, working days, places."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from doorstep.portal.facts.offices import offices
from doorstep.portal.facts.working_days import calendar
from doorstep.portal.services import services
from doorstep.portal.site import Portal

#: What the functions replace in shell.html.
TITLE, MAIN = "<!--doorstep:title-->", "<!--doorstep:main-->"


def hand_over(portal: Portal, site: Path, intake: Path) -> None:
    """Moves site/shell.html into `intake`, and writes services.json, offices.json, calendar.json, divisions.json and
    search.txt beside it.

    Raises ValueError when the shell lacks a place for title or content: every answer of the intake would be blank.
    """
    intake.mkdir(parents=True, exist_ok=True)
    built = site / "shell.html"
    shell = built.read_text(encoding="utf-8")
    if shell.count(TITLE) != 1 or shell.count(MAIN) != 1:
        raise ValueError(f"shell.html must hold {TITLE} and {MAIN} once each")
    built.unlink()
    (intake / "shell.html").write_text(shell, encoding="utf-8")
    divisions = portal.root / "docs" / "places" / "divisions.json"
    gone = {guide.id for guide in portal.every_guide} - {guide.id for guide in portal.guides}
    known = services(portal.every_guide, portal.laws, portal.remedies, portal.offices, gone)
    _write(intake / "services.json", known)
    _write(intake / "offices.json", offices(portal.offices, divisions))
    _write(intake / "calendar.json", calendar(portal.working_days))
    shutil.copyfile(divisions, intake / "divisions.json")
    (intake / "search.txt").write_bytes(portal.search_index.content)


def _write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
