"""What was reported about the city's services, from docs/_data/reported.yml: said as reported, never as a promise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import escape

from doorstep.portal.facts.catalog import Catalog
from doorstep.portal.facts.data_files import Fault, doubled, read_data_file
from doorstep.portal.facts.guides import Guide
from doorstep.portal.facts.place_pages import PlaceList
from doorstep.portal.findings.finding import Finding

SOURCE = "docs/_data/reported.yml"
SCHEMA = "schemas/content/reported.json"
INCLUDE = re.compile(r"<!-- include: reported ([a-z0-9-]+) -->")
"""Where a page tells one figure."""


@dataclass(frozen=True)
class Figure:
    """One figure: what it is of, what was `said`, in which report and `when` (“2019年”), and `here`, the name of what
    this site counts of the same, empty where it counts nothing.
    """

    id: str
    title: str
    said: str
    report: str
    when: str
    here: str = ""

    @property
    def told(self) -> str:
        """The paragraph that tells it on a page, as HTML."""
        told = escape(f"{self.when}，本市报道过：{self.title}，{self.said}。这是当时的报道，不是现在的保证。")
        return f"<p>{told}</p>"


def read_reported(root: Path) -> tuple[tuple[Figure, ...], list[Finding]]:
    """The figures in the order of the file, none when it is wrong; and what is wrong with it, or with pages that want a
    figure told.
    """
    known, findings = read_data_file(root, SOURCE, SCHEMA, _faults)
    if known is None:
        return (), findings
    reports = {one["id"]: one for one in known["sources"]}
    figures = tuple(_figure(one, reports[one["source"]]) for one in known["figures"])
    return figures, list(_untold(root, figures))


def _untold(root: Path, figures: Iterable[Figure]) -> Iterator[Finding]:
    """A finding for each figure that a page wants told and nobody reported."""
    ids = {figure.id for figure in figures}
    for path in sorted((root / "docs").rglob("*.md")):
        text = path.read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.splitlines() if INCLUDE.search(text) else (), 1):
            for name in INCLUDE.findall(line):
                if name not in ids:
                    remedy = f"照 {SOURCE} 里 figures 的 id 写"
                    yield Finding(
                        path.relative_to(root).as_posix(), number, f"没有报道过的数字 {name}", remedy, "figure-unknown"
                    )


def with_told(html: str, figures: Iterable[Figure]) -> str:
    """The page with each figure it wants told."""
    told = {figure.id: figure.told for figure in figures}
    return INCLUDE.sub(lambda found: told.get(found[1], ""), html)


def counted(guides: Iterable[Guide], catalog: Catalog, places: PlaceList) -> Mapping[str, int]:
    """What this build of the site counts of its own, by the name that figures have in `here`."""
    guides = list(guides)
    streets = places.streets.values()
    return {
        "resources": len(catalog.offered),
        "subdistricts": sum(street.kind == "街道" for street in streets),
        "communities": sum(one.kind == "社区" for street in streets for one in street.communities),
        "one_visit": sum(guide.facts["visits"]["most"] <= 1 for guide in guides),
        "online": sum(guide.form is not None for guide in guides),
    }


def _figure(figure: dict[str, Any], report: Mapping[str, Any]) -> Figure:
    day = report.get("published_on", "")
    when = f"{int(day[:4])}年{int(day[5:7])}月{int(day[8:])}日" if day else f"{report['year']}年"
    return Figure(figure["id"], figure["title"], figure["said"], report["title"], when, figure.get("here", ""))


def _faults(known: Mapping[str, Any]) -> Iterator[Fault]:
    """What a schema cannot say."""
    for name in ("sources", "figures"):
        yield from doubled(known[name], "id", (name,))
    sources = {one["id"] for one in known["sources"]}
    for number, figure in enumerate(known["figures"]):
        if figure["source"] not in sources:
            yield (
                ("figures", number, "source"),
                f"没有来源 {figure['source']}",
                "写成 sources 里一条的 id",
                "figure-unknown",
            )
