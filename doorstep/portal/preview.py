"""The site kept warm for an editor: built once, and then one page at a time, as soon as its file is saved.

Runs as a process of its own, `python -m doorstep.portal.preview FOLDER`, in the root of the content. It says
`{"findings": […]}`, a line of JSON, once all is built, and again for each page below docs/ that a line names to it,
once that is made anew; `stopped` says why it was not. What it was built of stays as it was: when anything else
changes, another process builds another folder.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

from doorstep.portal.facts.guides import read_guide
from doorstep.portal.facts.place_facts import read_place_facts
from doorstep.portal.facts.resources import Around, read_resources
from doorstep.portal.findings.finding import Finding
from doorstep.portal.findings.rules import is_error
from doorstep.portal.plugin import KeptSite, NotBuilt


class Preview:
    """The site of `root` in `folder`."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.site = root, KeptSite(root, folder)

    def build(self) -> list[Finding]:
        """Builds all pages; nothing where the content has errors."""
        try:
            self.site.build()
        except NotBuilt as stopped:
            return stopped.findings
        return list(self.site.portal.warnings)

    def render(self, source: str) -> list[Finding]:
        """Makes the page of `source`, a path below docs/, anew; what is wrong with its facts instead, if anything."""
        findings = self._read(source)
        if not any(map(is_error, findings)):
            self.site.render(source)
        return findings

    def _read(self, source: str) -> list[Finding]:
        """Puts the facts that stand in the file now in the place of those it was built with."""
        portal, path = self.site.portal, self.root / "docs" / source
        findings: list[Finding] = []
        if before := portal.guide_at(source):
            schema = json.loads((self.root / "schemas" / "content" / "guide.json").read_text(encoding="utf-8"))
            guide, findings = read_guide(path, root=self.root, schema=schema, laws=portal.laws, today=None)
            if guide:
                every = tuple(guide if one is before else one for one in portal.every_guide)
                shown = tuple(guide if one is before else one for one in portal.guides)
                portal = replace(portal, every_guide=every, guides=shown)
        elif portal.catalog.at(source):
            around = Around(portal.catalog.vocabulary, portal.places.codes, None, frozenset())
            resources, found = read_resources(self.root, around)
            findings = [one for one in found if one.file == f"docs/{source}"]
            shown_now = {one.id: one for one in resources}
            listed = tuple(shown_now.get(one.id, one) for one in portal.catalog.resources)
            portal = replace(portal, catalog=replace(portal.catalog, resources=listed))
        elif portal.places.at(source):
            told, findings = read_place_facts(self.root, portal.places)
            portal = replace(portal, places=portal.places.telling(told))
        if not any(map(is_error, findings)):
            self.site.portal = portal
        return findings


def main(folder: Path) -> None:
    preview = Preview(Path.cwd(), folder)
    _answer(preview.build)
    for line in sys.stdin:  # which ends with whoever started this
        _answer(partial(preview.render, line.strip()))


def _answer(work: Callable[[], list[Finding]]) -> None:
    said: dict[str, Any] = {"findings": []}
    try:
        said["findings"] = [asdict(found) for found in work()]
    except Exception as stopped:  # noqa: BLE001 — whatever it is, the editor is told, and the preview goes on
        said["stopped"] = f"{type(stopped).__name__}: {stopped}"
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)  # what is wrong is told as findings
    main(Path(sys.argv[1]))
