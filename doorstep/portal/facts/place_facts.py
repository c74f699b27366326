"""What editors know of places: docs/places/CODE.md, a street's counter and its communities, read or found wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from doorstep.portal.facts.checked_page import checked_page, page_schema
from doorstep.portal.facts.confirmed import BY, by_faults, is_confirmed
from doorstep.portal.facts.data_files import Fault, doubled, read_data_file
from doorstep.portal.facts.front_matter import FrontMatter
from doorstep.portal.facts.place_pages import PlaceList
from doorstep.portal.facts.resources import day_faults
from doorstep.portal.findings.finding import Finding

FOLDER = "docs/places"
SCHEMA = "schemas/content/place.json"
CENTRES, CENTRES_SCHEMA = "docs/_data/centres.yml", "schemas/content/centres.json"
LIST = f"{FOLDER}/divisions.json"
PHONE_REMEDY = "写上 confirmed_by（哪个单位）和 confirmed_on（哪一天）；没有确认过的号码不写"


@dataclass(frozen=True)
class PlaceFacts:
    """`facts` is the front matter of a street's page, valid by schemas/content/place.json."""

    code: str
    facts: Mapping[str, Any]
    source: str

    @property
    def confirmed(self) -> bool:
        """Whether the published site tells it. Without it, the street and its communities stand there all the same."""
        return is_confirmed(self.facts)


def read_place_facts(
    root: Path, places: PlaceList, today: date | None = None
) -> tuple[list[PlaceFacts], list[Finding]]:
    """The pages that nothing is wrong with, and what is wrong with the others. Without `today` no day is late."""
    paths = sorted((root / FOLDER).glob("*.md"))
    if not paths:
        return [], []
    schema = page_schema(root, SCHEMA)
    found: list[PlaceFacts] = []
    findings: list[Finding] = []
    estates: dict[str, str] = {}
    for path in paths:
        source = path.relative_to(root).as_posix()
        page, wrong = checked_page(path, source, schema, partial(_faults, path=path, places=places, today=today))
        wrong += _told_before(page, source, estates) if page else []
        findings += wrong
        if page and not wrong:
            found.append(PlaceFacts(page.data["code"], page.data, source))
    return found, sorted(set(findings))


def read_centres(root: Path) -> tuple[list[dict[str, Any]], list[Finding]]:
    """The service centres beside the counters, as docs/_data/centres.yml has them; none when there are findings."""
    centres, findings = read_data_file(root, CENTRES, CENTRES_SCHEMA, _centre_faults)
    return centres or [], findings


def phones(places: Iterable[PlaceFacts], centres: Iterable[Mapping[str, Any]]) -> set[str]:
    """The numbers of places, as a link dials them, that their offices have confirmed."""
    told: list[Mapping[str, Any]] = [one for one in centres if is_confirmed(one)]
    for place in places:
        if place.confirmed:
            told += [place.facts, *place.facts.get("communities", ())]
    return {one["phone"].replace("-", "") for one in told if "phone" in one}


def _centre_faults(centres: list[dict[str, Any]]) -> Iterator[Fault]:
    yield from doubled(centres, "id")
    for number, centre in enumerate(centres):
        if "phone" in centre and not is_confirmed(centre):
            yield (number, "phone"), "phone 没有单位确认过", PHONE_REMEDY, "number-unconfirmed"
        yield from (((number, BY), *fault) for fault in by_faults(centre))


def _faults(page: FrontMatter, path: Path, places: PlaceList, today: date | None) -> Iterator[Fault]:
    """What a schema cannot say."""
    facts = page.data
    code = facts["code"]
    if code != path.stem:
        yield ("code",), "code 和文件名不一样", f"把 code 改成 {path.stem}，或者改文件名", "id-not-file"
    elif code not in places.streets:
        yield ("code",), f"没有代码是 {code} 的街道、乡镇", f"照 {LIST} 里的9位代码改，文件名也改", "place-unknown"
    else:
        yield from _community_faults(facts.get("communities", []), code, places)
        yield from _alias_faults(facts.get("aliases", []), code, places)
    yield from (((BY,), *fault) for fault in by_faults(facts))
    for name in ("checked_on", "confirmed_on"):
        if name in facts:
            yield from (((name,), *fault) for fault in day_faults(name, facts[name], today))
    if not is_confirmed(facts):
        told = [((), facts), *((("communities", at), row) for at, row in enumerate(facts.get("communities", [])))]
        yield from (
            ((*at, "phone"), "phone 没有单位确认过", PHONE_REMEDY, "number-unconfirmed")
            for at, row in told
            if "phone" in row
        )


def _community_faults(rows: list[dict[str, Any]], street: str, places: PlaceList) -> Iterator[Fault]:
    known = {each.code for each in places.streets[street].communities}
    for number, row in enumerate(rows):
        if row["code"] not in known:
            elsewhere = places.streets.get(row["code"][:9]) if row["code"] in places.codes else None
            remedy = f"写到 {FOLDER}/{elsewhere.code}.md 里" if elsewhere else f"照 {LIST} 里的12位代码改"
            yield (
                ("communities", number, "code"),
                f"{places.streets[street].name}没有代码是 {row['code']} 的社区、村",
                remedy,
                "place-unknown",
            )
    yield from doubled(rows, "code", ("communities",))


def _alias_faults(aliases: list[str], street: str, places: PlaceList) -> Iterator[Fault]:
    """Whoever looks for a street by its own name must not be led to another's counter."""
    others = {
        name: other for other in places.streets.values() if other.code != street for name in (other.name, other.short)
    }
    own = places.streets[street]
    for number, alias in enumerate(aliases):
        if alias in others and alias not in (own.name, own.short):
            problem = f"“{alias}”是{others[alias].district}{others[alias].name}的名称"
            yield ("aliases", number), problem, f"去掉；这一页只写{own.name}的叫法", "said-twice"


def _told_before(page: FrontMatter, source: str, estates: dict[str, str]) -> Iterator[Finding]:
    """An estate of two communities would lead its people to either counter."""
    for number, row in enumerate(page.data.get("communities", [])):
        for at, estate in enumerate(row.get("estates", [])):
            before = estates.setdefault(estate, row["code"])
            if before != row["code"]:
                problem = f"“{estate}”已经写在社区 {before} 里了"
                remedy = "分在两个社区的，写清楚哪几栋归哪个社区；不是的去掉一处"
                yield Finding(
                    source, page.line(("communities", number, "estates", at)), problem, remedy, "estate-twice"
                )
