"""What an office has confirmed: the published site shows that alone, and nothing that leads to the rest."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from doorstep.portal.facts.data import read_data
from doorstep.portal.facts.front_matter import Unreadable, read_front_matter

BY, ON = "confirmed_by", "confirmed_on"
RETIRED = "retired_on"
FOLDERS = ("docs/services", "docs/resources", "docs/places")
"""Where pages lie that an office confirms one by one."""

#: An office's whole name in Chinese; a blank, a dash or “区民政局（待核）” is nobody's word.
_OFFICE = re.compile(r"(?=(?:[^\u4e00-\u9fff]*[\u4e00-\u9fff]){4})[\u4e00-\u9fff（）·、]+")
_NOBODY = re.compile("待|未|暂|某|不详|不知|核[对实定准]|审核|确认|没有|同上|^无|无$|单位名称")

_LINK = re.compile(r'<a [^>]*?href="([^"#?]*)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


class Page(Protocol):
    """A guide or a resource: where it lies, its address, and whether an office has confirmed the whole page."""

    @property
    def source(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def confirmed(self) -> bool: ...


P = TypeVar("P", bound=Page)


def published(pages: Iterable[P], *, demo: bool) -> tuple[P, ...]:
    """The pages that this build shows: the demonstration all, the published one those that were confirmed; neither a
    service that is no longer offered.
    """
    return tuple(page for page in pages if (demo or page.confirmed) and not getattr(page, "retired", False))


def is_confirmed(facts: Mapping[str, Any]) -> bool:
    """Whether an office has confirmed the whole page, and on which day."""
    return bool(facts.get(BY) and facts.get(ON))


def looked_over_on(facts: Mapping[str, Any]) -> str:
    """The day on which somebody last looked the page over; empty where nobody says."""
    return max(str(facts.get(name, "")) for name in ("checked_on", ON))


def by_faults(facts: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(problem, remedy, rule) where `confirmed_by` names no office."""
    said = facts.get(BY)
    if said is not None and (not _OFFICE.fullmatch(said) or _NOBODY.search(said)):
        yield f"{BY} “{said}”不是单位的名字", "写单位的全名；没有单位确认过，就和 confirmed_on 一起去掉", "confirmed-by"


def addresses(pages: Iterable[Page]) -> frozenset[str]:
    """The addresses of these pages and of their forms."""
    pages = list(pages)
    forms = [form for page in pages if (form := getattr(page, "form", None))]
    return frozenset({*(page.url for page in pages), *(f"/apply/{form}/" for form in forms)})


def unlinked(html: str, gone: Collection[str]) -> str:
    """The text of an editor without its links to addresses that this build leaves out: their words stay."""
    return _LINK.sub(lambda found: found[2] if found[1] in gone else found[0], html) if gone else html


class Waiting(NamedTuple):
    """A page that the published site leaves out: its file, its title, and what is missing, in Chinese."""

    file: str
    title: str
    missing: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file}: {self.title}：{'；'.join(self.missing)}"


def unconfirmed(root: Path) -> list[Waiting]:
    """Every page that waits for its office. What cannot be read is left to the checks."""
    laws = read_data(root)[0].laws or {}
    unread_laws = {law.id for law in laws.values() if not law.read}
    paths = [path for folder in FOLDERS for path in sorted((root / folder).glob("*.md")) if path.stem != "index"]
    found = []
    for path in paths:
        try:
            facts = read_front_matter(path).data
        except Unreadable:
            continue
        if not is_confirmed(facts) and RETIRED not in facts:
            missing = tuple(_missing(facts, unread_laws))
            found.append(Waiting(path.relative_to(root).as_posix(), str(facts.get("title", path.stem)), missing))
    return found


def _missing(facts: Mapping[str, Any], unread_laws: Collection[str]) -> Iterable[str]:
    yield f"办事单位核对整页以后，写上 {BY}（哪个单位）和 {ON}（哪一天）"
    unread = {str(law).partition(" ")[0] for law in facts.get("laws") or ()} & set(unread_laws)
    if unread:
        yield f"没有读过原文的法规：{'、'.join(sorted(unread))}"
    if facts.get("limits") == []:
        yield "没有办理天数，请办事单位说明"
