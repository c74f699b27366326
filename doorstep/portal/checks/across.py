"""Content checks that look across files: plain words, guides and forms that know each other, links."""

from __future__ import annotations

import functools
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from doorstep.portal.checks.page_reader import PageReader, read_pages
from doorstep.portal.checks.unconfirmed_text import unconfirmed_in
from doorstep.portal.facts.data import WORD_LIST
from doorstep.portal.facts.guides import Guide
from doorstep.portal.facts.search_words import SOURCES as SEARCHED_BY
from doorstep.portal.findings.finding import Finding, said_twice, title_again

#: Where people's words stand, and by which pattern.
WORDED = {
    "docs/_data": "*.yml", "theme": "*.html", "schemas/forms": "*.json",
    "schemas/vocabulary": "questions.json", "doorstep/forms/templates": "*.html",
}  # fmt: skip
#: What may hold an office's word: titles of laws, and what people may search by.
EXEMPT = re.compile(r"《[^》]*》|^aliases:.*$|^ *- *\{id: [a-z0-9-]+, title: [^,]+, ref: .*$")

#: What residents search by and never read may hold every word.
NEVER_READ = {WORD_LIST, *SEARCHED_BY}

PLACE_PHONE = re.compile(r"^phone: |^ *- \{.*\bphone: ")


def check_words(root: Path, replacements: Mapping[str, str]) -> Iterator[Finding]:
    """A finding for each office word in what residents read beside pages."""
    for folder, pattern in WORDED.items():
        for path in sorted((root / folder).rglob(pattern)):
            source = path.relative_to(root).as_posix()
            if source not in NEVER_READ:
                yield from words_in(path.read_text(encoding="utf-8", errors="replace"), source, replacements)


def words_in(text: str, source: str, replacements: Mapping[str, str]) -> Iterator[Finding]:
    """A finding for each office word on a page."""
    any_of_them = re.compile("|".join(map(re.escape, replacements)) or "(?!)")
    for number, line in enumerate(text.splitlines(), 1):
        said = EXEMPT.sub("", line)
        for word in (word for word in replacements if word in said) if any_of_them.search(said) else ():
            yield Finding(source, number, f"“{word}”不好懂", f"改成“{replacements[word]}”", "plain-words")
            said = said.replace(word, "")


def check_unconfirmed(root: Path) -> Iterator[Finding]:
    """A finding for each telephone number or blank that an editor left in a list."""
    for path in sorted((root / "docs").glob("_data/*.yml")):
        text = path.read_text(encoding="utf-8", errors="replace")
        yield from unconfirmed_on(text, path.relative_to(root).as_posix())


def unconfirmed_on(text: str, source: str) -> Iterator[Finding]:
    """A finding for each telephone number or blank that an editor left in this file."""
    told = Path(source).parent.name == "places" or Path(source).stem == "centres"
    for number, line in enumerate(text.splitlines(), 1):
        own = told and PLACE_PHONE.match(line)  # its own checks ask who confirmed it
        for what, remedy, rule in () if own else unconfirmed_in(line):
            yield Finding(source, number, f"这一行有{what}", remedy, rule)


def check_forms_known(
    guides: Iterable[Guide], forms: Mapping[str, str | None], unread: Container[str] = ()
) -> Iterator[Finding]:
    """Guides and forms must name each other.

    `forms` gives, by form id, the service it belongs to, None where the form cannot be read; `unread` are the ids of
    guides that cannot be. Of both only the name is known.
    """
    by_id = {guide.id: guide for guide in guides}
    for guide in by_id.values():
        if guide.form is not None and forms.get(guide.form, "") not in (guide.id, None):
            problem, remedy = f"没有为这项业务准备的表 {guide.form}", "改 form，或者去掉这一行"
            yield Finding(guide.source, guide.line(("form",)), problem, remedy, "form-unknown")
    for form, service in forms.items():
        if service is None or service in unread:
            continue
        if service not in by_id or by_id[service].form != form:
            yield Finding(
                f"schemas/forms/{form}.json", 0, f"没有指南用这张表（x-service: {service}）",
                f"在 docs/services/{service}.md 里写 form: {form}", "form-unused", "/x-service",
            )  # fmt: skip


def check_themes(titles: Container[str], guides: Iterable[Guide]) -> Iterator[Finding]:
    """A finding for each guide whose theme nobody lists."""
    for guide in guides:
        if "theme" in guide.facts and guide.theme not in titles:
            remedy = "照 docs/_data/themes.yml 的 title 写，或者在那里加一条"
            yield Finding(
                guide.source, guide.line(("theme",)), f"theme “{guide.theme}”不在名单里", remedy, "theme-unknown"
            )


def check_aliases(guides: Iterable[Guide]) -> Iterator[Finding]:
    """Whoever searches by what leads to two guides alike learns from neither which is meant."""
    said: dict[str, dict[str, int]] = {}
    for guide in guides:
        yield from title_again(guide.source, guide.title, guide.aliases, guide.line)
        named = [(("title",), guide.title), *((("aliases", at), alias) for at, alias in enumerate(guide.aliases))]
        for at, text in named:
            said.setdefault(text, {}).setdefault(guide.source, guide.line(at))
    for text, places in said.items():
        yield from said_twice(text, places)


def check_links(site: Path, read: Mapping[str, PageReader] | None = None) -> list[Finding]:
    """Links of a built site that lead nowhere in it, or to a place on a page that is not there, and what its policy
    forbids. `read` are those of its pages, by address, that somebody has read already.
    """
    pages = read_pages(site, read or {})
    ids = {address: set(page.ids) for address, page in pages.items()}
    fault_of = functools.cache(functools.partial(_fault, site=site, ids=ids))
    findings = []
    for address, page in pages.items():
        remedy = "正文和 theme 里都不写"
        findings += [Finding(address, 0, f"页面里有 {name}", remedy, "web-code") for name in page.forbidden]
        for link in {link for _, link in page.links}:
            if fault := fault_of(link, "" if link.startswith("/") else address):
                problem, *rest = fault
                findings.append(Finding(address, 0, f"链接 {link} {problem}", *rest))
    return sorted(set(findings))


def _fault(link: str, address: str, site: Path, ids: Mapping[str, set[str]]) -> tuple[str, str, str] | None:
    """(problem, remedy, rule) of a link; of one that names no page of its own the page's `address` is asked."""
    parts = urlsplit(link)
    if parts.scheme in {"tel", "data"}:
        return None
    target = unquote(parts.path) or address
    known = target in ids or (not target.endswith("/") and (site / target.lstrip("/")).is_file())
    if parts.scheme or parts.netloc or not target.startswith("/") or not known:
        return "没有去处", "改成本站有的地址", "link-dead"
    if parts.fragment and target in ids and unquote(parts.fragment) not in ids[target]:
        return "要去的那一段没有", "改成那一页上有的 id", "anchor-dead"
    return None
