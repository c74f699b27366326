"""What may lie below docs/: MkDocs publishes all it finds there, and no check reads a file at a place of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from doorstep.portal.findings.finding import Finding

#: The sources of pages, below docs/. Those of a folder have names as ids have; its list is made.
_SOURCE = re.compile(
    r"(?:index|about|track|verify)\.md|(?:services|resources|places)/(?!index\.)[a-z0-9-]+\.md|editing/[a-z0-9-]+\.md"
)
#: What the build reads and MkDocs leaves out by mkdocs.yml, or by itself.
_READ = re.compile(r"_data/.*|.*\.json|(?:.*/)?\..*", re.DOTALL)


def is_source(source: str) -> bool:
    """Whether this path below docs/ is that of a page an editor may write."""
    return _SOURCE.fullmatch(source) is not None


def check_sources(root: Path) -> Iterator[Finding]:
    """A finding for each file that would be published, or read, and lies at no known place."""
    docs = root / "docs"
    for path in sorted(docs.rglob("*")):
        source = path.relative_to(docs).as_posix()
        if not path.is_dir() and not is_source(source) and not _READ.fullmatch(source):
            remedy = "页面放进 services、resources、places，文件名用小写字母、数字、短横线，不叫 index.md；别的拿走"
            yield Finding(f"docs/{source}", 0, "这个文件不会发布，不该在这里", remedy, "file-misplaced")
