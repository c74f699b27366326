"""What pages lead to: links and includes of all pages below docs/, each with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from doorstep.portal.checks.read_page import ReadPage, address_of
from doorstep.portal.findings.finding import Finding
from doorstep.portal.findings.yaml_faults import NOT_UTF8

#: Pages without a Markdown file: address, title, template.
GENERATED = (
    ("services/index.md", "全部办事指南", "services.html"),
    ("places/index.md", "找我的办事窗口", "places.html"),
    ("find/index.md", "找一找", "find.html"),
    ("open-data/index.md", "公开的数据", "open-data.html"),
)
_ANCHOR = re.compile(r"\{#([A-Za-z][\w-]*)\}")
_TEMPLATE = re.compile(r"^template: *(\S+)", re.MULTILINE)
_ID = re.compile(r"""\bid="([^"{]+)\"""")


def check_encoding(root: Path, folders: dict[str, str]) -> Iterator[Finding]:
    """A finding for each file that is not UTF-8, by folder and pattern."""
    for folder, pattern in folders.items():
        for path in sorted((root / folder).rglob(pattern)):
            try:
                path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                yield Finding(path.relative_to(root).as_posix(), 0, *NOT_UTF8)


def check_pages(
    root: Path,
    pages: Collection[ReadPage],
    forms: Iterable[str],
    made: Iterable[str] = (),
    numbers: Collection[str] = (),
) -> Iterator[Finding]:
    """Findings of every page below docs/. What only the built page shows, `checks.check_links` finds.

    `made` are the sources of more pages whose anchors no Markdown file holds, `numbers` those that a link may dial.
    """
    docs = root / "docs"
    anchors: dict[str, set[str] | None] = {address_of(path): None for path, _, _ in GENERATED}
    anchors |= {f"/apply/{form}/": None for form in forms}
    of_templates: dict[str, frozenset[str]] = {}
    anchors |= {page.address: _ids(root, page.text, of_templates) for page in pages}
    anchors |= {address_of(source): None for source in made}
    for page in pages:
        faults = partial(_fault, address=page.address, anchors=anchors, docs=docs, numbers=numbers)
        by_line = [*page.on_lines, *_dead(page.source, page.links, faults)]
        yield from by_line or [*page.as_built, *_dead(page.source, page.built_links, faults)]


def _dead(
    source: str, links: Iterable[tuple[int, str]], fault_of: Callable[[str], tuple[str, str, str] | None]
) -> Iterator[Finding]:
    return (Finding(source, line, *fault) for line, link in links if (fault := fault_of(link)))


def _fault(
    link: str, address: str, anchors: dict[str, set[str] | None], docs: Path, numbers: Collection[str]
) -> tuple[str, str, str] | None:
    """(problem, remedy, rule) of a link on the page at `address`."""
    try:
        parts = urlsplit(link)
    except ValueError:  # brackets that begin an address and do not end it
        return f"链接 {link} 没有去处", "只写本站的地址，以 / 开头、以 / 结尾", "link-dead"
    if parts.scheme == "tel":
        if parts.path in numbers and link == f"tel:{parts.path}":
            return None
        return f"链接拨的 {parts.path} 没有确认过", "只拨 docs/_data/hotlines.yml 里的公用短号码", "number-unconfirmed"
    target = unquote(parts.path) or address
    if parts.scheme or parts.netloc or not target.startswith("/"):
        return f"链接 {link} 没有去处", "只写本站的地址，以 / 开头、以 / 结尾", "link-dead"
    if target not in anchors:
        if not target.endswith("/") and (docs / target.lstrip("/")).is_file():
            return None
        slashed = f"{target}/"
        remedy = f"改成 {slashed}" if slashed in anchors else "改成本站有的地址"
        return f"链接 {link} 没有去处", remedy, "link-dead"
    known = anchors[target]
    fragment = unquote(parts.fragment)
    # “_1” is what MkDocs calls a heading that was given no id: only the build counts those.
    if fragment and known is not None and fragment not in known and not fragment.startswith("_"):
        return f"链接 {link} 要去的那一段没有", "改成那一页上有的 id", "anchor-dead"
    return None


def site_addresses(root: Path, forms: Iterable[str]) -> set[str]:
    """Where a page may lead, as far as files say: pages below docs/, forms, and pages that are always made."""
    docs = root / "docs"
    sources = [path.relative_to(docs).as_posix() for path in docs.rglob("*.md")]
    pages = {address_of(source) for source in (*sources, *(path for path, _, _ in GENERATED))}
    return pages | {f"/apply/{form}/" for form in forms}


def _ids(root: Path, text: str, known: dict[str, frozenset[str]]) -> set[str]:
    """The ids on a page: those an editor gave headings, and those of the templates around them."""
    template = _TEMPLATE.search(text)
    names = {"main.html", template[1] if template else "guide.html"}
    for name in names - known.keys():
        file = root / "theme" / name
        known[name] = frozenset(
            _ID.findall(file.read_text(encoding="utf-8", errors="replace")) if file.is_file() else ()
        )
    return set(_ANCHOR.findall(text)).union(*(known[name] for name in names))
