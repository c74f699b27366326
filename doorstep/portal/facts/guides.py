"""A guide: the front matter of a page in docs/services as typed facts, or findings that say why it is not one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from doorstep.portal.facts.confirmed import BY, ON, RETIRED, is_confirmed
from doorstep.portal.facts.data import Law
from doorstep.portal.facts.front_matter import FrontMatter, Unreadable, read_front_matter
from doorstep.portal.facts.implied_papers import with_implied
from doorstep.portal.facts.limit_checks import check_limits
from doorstep.portal.facts.stage_checks import check_stages
from doorstep.portal.findings.explaining import PUNCTUATION, refused
from doorstep.portal.findings.finding import Finding
from doorstep.portal.findings.rules import is_error

#: The fixed headings of a guide's prose, in order: ASCII id and what stands there.
HEADINGS = {"who": "谁能办", "bring": "带什么", "how": "怎么办", "result": "办完得到什么", "questions": "常见问题"}
#: A material that names nothing one could bring.
VAGUE = re.compile(r"其他|其它|等材料|等相关|相关材料")
#: Of front matter, rows of its lists aside: one for each name there is, and two to spare.
MOST_LINES = 20
#: Days that have been, and what to write instead of one to come.
DAYS = {"checked_on": "写真正核对条文的那一天", ON: "写真正确认的那一天", RETIRED: "到了停办那一天再写"}
#: An editor in China is already in tomorrow while a server's clock is not.
A_DAY = timedelta(days=1)
HEADING = re.compile(r"^## (.+?) *\{#([a-z-]+)\} *$")


@dataclass(frozen=True)
class Guide:
    """One service as residents read it. `facts` is the front matter, valid by schemas/content/guide.json, with the
    papers it implies (`implied_papers`); `line` the line on which a fact stands there, by path.
    """

    id: str
    title: str
    summary: str
    theme: str
    form: str | None
    aliases: tuple[str, ...]
    facts: Mapping[str, Any]
    source: str
    line: Callable[[tuple[str | int, ...]], int] = field(compare=False, repr=False)

    @property
    def confirmed(self) -> bool:
        """Whether the published site shows it."""
        return is_confirmed(self.facts)

    @property
    def retired(self) -> bool:
        """Whether the service is no longer offered: no build shows it, and what was received goes on."""
        return RETIRED in self.facts

    @property
    def url(self) -> str:
        return f"/services/{self.id}/"


def read_guide(
    path: Path, *, root: Path, schema: dict[str, Any], laws: Mapping[str, Law] | None, today: date | None
) -> tuple[Guide | None, list[Finding]]:
    """The guide in `path`, or None, with everything that is wrong with it.

    Without `laws` citations are not looked up, without `today` no day is too late.
    """
    source = path.relative_to(root).as_posix()
    try:
        page = read_front_matter(path)
    except Unreadable as unreadable:
        return None, [Finding(source, *fault) for fault in unreadable.faults]
    findings = [
        Finding(source, page.line(at), *fault) for at, *fault in refused(Draft202012Validator(schema), page.data)
    ]
    if any(found.rule == PUNCTUATION for found in findings):
        return None, sorted(set(findings))  # whatever else is wrong may come of that
    findings += [Finding(source, *fault) for fault in _beyond(page, path, laws, today)]
    long = _too_long(page, source)
    if any(map(is_error, findings)):
        return None, sorted({*findings, *long})  # two missing names of one place make the same finding twice
    facts = with_implied(page.data)
    guide = Guide(
        facts["id"], facts["title"], facts["summary"], facts["theme"], facts.get("form"), tuple(facts["aliases"]),
        facts, source, page.line,
    )  # fmt: skip
    return guide, [*findings, *long]  # which spoils no fact: everything else is still compared with it


def cite(basis: str, laws: Mapping[str, Law]) -> str:
    """“approval-2021 第九条” as people read it: 《title》（ref）第九条; of what nobody read, the title alone."""
    law_id, _, articles = basis.partition(" ")
    return f"{laws[law_id].called}{articles}"


def _too_long(page: FrontMatter, source: str) -> list[Finding]:
    """Rows of lists (materials, stages, limits) are data that a service has as many of as it has, one on a line each;
    all that stands around them is bound.
    """
    rows = {line for path, line in page.lines.items() if len(path) == 2 and isinstance(path[1], int)} - page.named
    count = page.body_line - 3 - len(rows) - len({BY, ON, RETIRED} & page.data.keys())  # an office's word is no burden
    if count <= MOST_LINES:
        return []
    problem = f"开头的信息除了一条一行的材料、步骤、期限，有 {count} 行，最多{MOST_LINES}行"
    return [Finding(source, 1, problem, "一项写一行；只留要计算的内容，别的写进正文", "head-long")]


def _beyond(
    page: FrontMatter, path: Path, laws: Mapping[str, Law] | None, today: date | None
) -> Iterator[tuple[int, str, str, str]]:
    """What a schema cannot say: names that must agree, citations, materials that name nothing."""
    if page.data.get("id") != path.stem:
        yield page.line(("id",)), "id 和文件名不一样", f"把 id 改成 {path.stem}，或者改文件名", "id-not-file"
    for at, basis in _citations(page.data, ()):
        law, _, articles = basis.partition(" ")
        if laws is not None and law not in laws:
            remedy = f"先把 {law} 写进 docs/_data/laws.yml，或者改成那里有的代号"
            yield page.line(at), f"引用了没有登记的法规 {law}", remedy, "law-unknown"
        elif laws is not None and laws[law].read and not articles:
            yield page.line(at), f"引用 {law} 没有写第几条", f"写成“{law} 第…条”", "law-article"
    yield from _days_to_come(page, today)
    stages = check_stages(page.data.get("stages"), page.data.get("offices"))
    yield from ((page.line(("stages", at)), *fault) for at, fault in stages)
    for index, material in enumerate(page.data.get("materials") or []):
        title = str(material.get("title", "")) if isinstance(material, dict) else ""
        if VAGUE.search(title):
            remedy = "一样一样写清楚；说不清的不要"
            yield page.line(("materials", index)), "材料写成了“其他”“等材料”", remedy, "material-vague"
    told = check_limits(page.data.get("limits"), online="form" in page.data)
    yield from ((page.line(("limits", at)), *fault) for at, fault in told)
    yield from _prose(page)


def _days_to_come(page: FrontMatter, today: date | None) -> Iterator[tuple[int, str, str, str]]:
    if today is None:
        return
    for name, remedy in DAYS.items():
        if _day(page.data.get(name)) > today + A_DAY:
            yield page.line((name,)), f"{name} 还没有到", remedy, "day-to-come"
    for index, limit in enumerate(page.data.get("limits") or []):
        if _day(limit.get("confirmed_on") if isinstance(limit, dict) else None) > today + A_DAY:
            yield page.line(("limits", index)), "confirmed_on 还没有到", "写真正确认的那一天", "day-to-come"


def _day(text: Any) -> date:
    """The day, or one long past where the schema has already refused it."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return date.min


def _prose(page: FrontMatter) -> Iterator[tuple[int, str, str, str]]:
    """The fixed headings, in order, and the places where materials and limits come in from the front matter."""
    found = [
        (page.body_line + offset, HEADING.sub(r"\1 {#\2}", line))
        for offset, line in enumerate(page.body.splitlines())
        if line.startswith("## ")
    ]
    wanted = [f"{title} {{#{anchor}}}" for anchor, title in HEADINGS.items()]
    if [heading for _, heading in found] != wanted:
        pairs = zip(found, wanted, strict=False)
        line = next((at for (at, heading), due in pairs if heading != due), found[-1][0] if found else page.body_line)
        remedy = "依次写：" + "、".join(f"## {title}" for title in wanted)
        yield line, "正文的标题和规定的不一样", remedy, "headings"
    for marker in ("materials", "limits"):
        if f"<!-- include: {marker} -->" not in page.body:
            remedy = "放回“带什么”“怎么办”里，内容从开头的信息来"
            yield page.body_line, f"正文里没有 <!-- include: {marker} -->", remedy, "include-missing"


def _citations(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "basis" and isinstance(inner, str):
                yield (*path, key), inner
            elif key == "laws" and isinstance(inner, list):
                yield from (((*path, key, index), law) for index, law in enumerate(inner) if isinstance(law, str))
            else:
                yield from _citations(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _citations(inner, (*path, index))
