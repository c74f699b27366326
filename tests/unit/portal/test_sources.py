"""What lies below docs/ is a page at its known place, or a finding: nothing else is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from doorstep.portal.checks.sources import check_sources, is_source

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "source",
    [
        "services/draft/x.md", "services/x.markdown", "secret.md", "services/id-card.md.orig", "services/x.docx",
        "services/~$x.docx", "x.xlsx", "services/x.html", "a.js", "services/index.md", "resources/index.md",
        "services/Draft.md", "services/a\n.md", "assets/a.png",
    ],
)  # fmt: skip
def test_a_file_at_no_known_place_is_a_finding(tmp_path: Path, source: str) -> None:
    path = tmp_path / "docs" / source
    path.parent.mkdir(parents=True)
    path.write_text("x", encoding="utf-8")
    assert [(found.file, found.rule) for found in check_sources(tmp_path)] == [(f"docs/{source}", "file-misplaced")]


@pytest.mark.parametrize("source", ["_data/x.yml", "places/divisions.json", ".about.md.swp", "services/.keep"])
def test_what_is_never_published_may_lie_there(tmp_path: Path, source: str) -> None:
    path = tmp_path / "docs" / source
    path.parent.mkdir(parents=True)
    path.write_text("x", encoding="utf-8")
    assert list(check_sources(tmp_path)) == []
    assert not is_source(source)


def test_every_page_there_is_lies_at_a_known_place() -> None:
    pages = [path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")]
    assert len(pages) > 180
    assert all(map(is_source, pages))
