"""The portal as data: everything the pages are made of, read once and checked before anything is built."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from doorstep.forms.vocabulary import check_forms
from doorstep.portal.assets import Assets, collect_assets
from doorstep.portal.checks import WORD_LIST, check_forms_known, check_unconfirmed, check_words
from doorstep.portal.findings import ContentError, Finding
from doorstep.portal.guides import Guide, Law, cite, read_guide
from doorstep.portal.place_pages import PlaceList, load_place_list


@dataclass(frozen=True)
class Portal:
    """What templates see as `portal`."""

    root: Path
    demo: bool
    guides: tuple[Guide, ...]
    laws: Mapping[str, Law]
    hotlines: tuple[dict[str, str], ...]
    remedies: list[dict[str, str]]
    places: PlaceList
    assets: Assets

    def guide_at(self, source: str) -> Guide | None:
        """The guide whose page is `source`, a path below docs/."""
        return next((guide for guide in self.guides if guide.source == f"docs/{source}"), None)

    def guide_of_form(self, form: str) -> Guide:
        return next(guide for guide in self.guides if guide.form == form)

    def cite(self, basis: str) -> str:
        return cite(basis, self.laws)

    @property
    def themes(self) -> dict[str, list[Guide]]:
        """Guides by theme; a theme without a guide does not exist."""
        found: dict[str, list[Guide]] = {}
        for guide in self.guides:
            found.setdefault(guide.theme, []).append(guide)
        return found


def load_portal(root: Path, *, demo: bool) -> Portal:
    """Reads docs/, schemas/ and theme/ below `root`. Raises ContentError with all findings at once."""
    data = root / "docs" / "_data"
    laws = {entry["id"]: Law(**entry) for entry in _read(data / "laws.yml")}
    schema = json.loads((root / "schemas" / "content" / "guide.json").read_text(encoding="utf-8"))
    findings: list[Finding] = []
    guides: list[Guide] = []
    sources = [path for path in sorted((root / "docs" / "services").glob("*.md")) if path.stem != "index"]
    for path in sources:
        guide, found = read_guide(path, root=root, schema=schema, laws=laws)
        findings += found
        if guide:
            guides.append(guide)
    findings += [
        Finding(f"schemas/{found.file}", 0, found.problem, found.remedy, found.pointer)
        for found in check_forms(root / "schemas")
    ]
    if not findings:  # a guide or form that cannot be read would also be reported as missing
        findings += check_forms_known(guides, _services_of_forms(root / "schemas" / "forms"))
    findings += check_words(root, _read(root / WORD_LIST))
    findings += check_unconfirmed(root)
    if findings:
        raise ContentError(findings)
    return Portal(
        root=root,
        demo=demo,
        guides=tuple(guides),
        laws=laws,
        hotlines=tuple(_read(data / "hotlines.yml")),
        remedies=_read(data / "remedies.yml"),
        places=load_place_list(root / "docs" / "places" / "divisions.json"),
        assets=collect_assets(root / "theme"),
    )


def check_content(root: Path) -> list[Finding]:
    """Everything wrong with guides, forms, data and words below `root`; empty when the site may be built."""
    try:
        load_portal(root, demo=False)
    except ContentError as error:
        return error.findings
    return []


def day(text: str) -> str:
    """“2026-11-02” as people write it: 2026年11月2日."""
    year, month, number = (int(part) for part in text.split("-"))
    return f"{year}年{month}月{number}日"


def _services_of_forms(folder: Path) -> dict[str, str]:
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))["x-service"] for path in sorted(folder.glob("*.json"))
    }


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
