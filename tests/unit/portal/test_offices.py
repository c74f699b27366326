"""Every office follows from its kind and the divisions, and a guide names none that is not there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from doorstep.applications.offices import FALLBACK, load_offices
from doorstep.portal.facts.office_kinds import CITY_DESK
from doorstep.portal.site import check_content

ROOT = Path(__file__).parents[3]
KINDS = "docs/_data/offices.yml"
HEAD = sum(line.startswith("#") for line in (ROOT / KINDS).read_text(encoding="utf-8").splitlines())
"""The lines above the first kind: what they say may grow."""

GUIDE = "docs/services/minimum-living-allowance.md"


def test_applications_find_their_offices(demo: Path) -> None:
    offices = load_offices(demo / "intake" / "offices.json")
    service = json.loads((demo / "intake" / "services.json").read_text(encoding="utf-8"))["minimum-living-allowance"]
    street = offices.in_role(service, "accept", "650203001001")
    assert (street.id, street.kind) == ("street-650203001", "street")
    assert offices.in_role(service, "decide", "650203001001").title == "克拉玛依区民政局"
    assert offices.in_role(service, "accept", "unknown").title == "市级窗口"
    assert offices.serving("card-service", "650203001001").title == "社保卡服务窗口", "one for the whole city"
    assert offices.in_role({}, "accept", "650203001001").kind == "city-desk"
    assert len([office for office in offices.all if office.kind == "street"]) == 15
    assert offices.title("street-gone") == "street-gone"
    assert offices.get("street-gone") is None


def test_an_office_nobody_listed_is_a_finding(edit: Callable[[str, str, str], Path]) -> None:
    root = edit(GUIDE, "decide: 区民政局", "decide: 区财政局")
    (finding,) = check_content(root)
    assert finding.file == GUIDE
    assert "区财政局" in finding.problem
    assert "docs/_data/offices.yml" in finding.remedy


@pytest.mark.parametrize("said", [" ", "-", "无", "区财政局", "区民政局（待核）", "区民政局 "])
def test_only_a_listed_office_confirms_a_guide(edit: Callable[[str, str, str], Path], said: str) -> None:
    root = edit(GUIDE, "owner: portal", f'confirmed_by: "{said}"\nconfirmed_on: 2026-11-20\nowner: portal')
    (finding,) = [each for each in check_content(root) if each.rule == "confirmed-by"]
    line = (root / GUIDE).read_text(encoding="utf-8").split("\nconfirmed_by")[0].count("\n") + 2
    assert (finding.file, finding.line, finding.rule) == (GUIDE, line, "confirmed-by")


def test_guides_may_call_one_office_by_two_names(demo: Path) -> None:
    offices = load_offices(demo / "intake" / "offices.json")
    services = json.loads((demo / "intake" / "services.json").read_text(encoding="utf-8"))
    medical = services["medical-assistance"]
    assert medical["offices"]["accept"] == "街道（乡镇）", "the law says nothing of where one is registered"
    assert offices.in_role(medical, "accept", "650203001001").id == "street-650203001"
    assert offices.in_role(medical, "decide", "650203001001").title == "克拉玛依区医疗保障局"


WRONG_KINDS = [
    ("level: district", "level: county", 2, "1.level：写法不对", "只能是 city、district"),
    ("{district}民政局", "{street}民政局", 2, "name 里的 {street} 用不了", "这一级能用的有 {city}、{district}"),
    ("{district}民政局", "{district民政局", 2, "name 的花括号不成对", "{city}、{district}"),
    ("{district}民政局", "{0}民政局", 2, "name 里的 {0} 用不了", "{city}、{district}"),
    ("{district}民政局", "{}民政局", 2, "name 里的 {} 用不了", "{city}、{district}"),
    ("{district}民政局", "{district.name}民政局", 2, "name 里的 {district.name} 用不了", "{city}、{district}"),
    ("{district}民政局", "{district!r}民政局", 2, "name 里的 {district} 用不了", "{city}、{district}"),
    ("{district}民政局", " ", 2, "1.name：写法不对", "写上内容"),
    ("id: civil-affairs", "id: street", 2, "有两条的 id 都是 street", "不能重复"),
    ("title: 区民政局", "title: 市级窗口", 4, "有两条的 title 都是 市级窗口", "不能重复"),
    ("id: civil-affairs", "also: [市级窗口], id: civil-affairs", 4, "有两条的 title 都是 市级窗口", "不能重复"),
    ("id: civil-affairs", "id: 民政局", 2, "1.id：写法不对", "小写英文字母"),
    ("id: civil-affairs", "id: civil-650203", 2, "1.id：写法不对", "小写英文字母"),
    ("id: civil-affairs, ", "", 2, "1：缺少 id", "补上"),
    ("id: city-desk", "id: desk", 1, "没有市级的 city-desk", "补上 - {id: city-desk"),
]


@pytest.mark.parametrize(
    ("change", "line", "problem", "remedy"),
    [(case[:2], *case[2:]) for case in WRONG_KINDS],
    ids=[f"{case[3]} {case[1]}" for case in WRONG_KINDS],
)
def test_a_kind_that_would_lead_applications_astray_is_a_finding(
    edit: Callable[[str, str, str], Path], change: tuple[str, str], line: int, problem: str, remedy: str
) -> None:
    (found, *others) = [each for each in check_content(edit(KINDS, *change)) if each.file == KINDS]
    assert (found.line, found.problem, others) == (HEAD + line, problem, [])
    assert remedy in found.remedy


def test_a_chinese_colon_is_told(edit: Callable[[str, str, str], Path]) -> None:
    found = [each for each in check_content(edit(KINDS, "title: 区民政局", "title：区民政局")) if each.file == KINDS]
    assert {each.line for each in found} == {HEAD + 2}
    assert "yaml-punctuation" in [each.rule for each in found]


def test_the_citys_desk_is_the_one_applications_wait_at() -> None:
    assert CITY_DESK == FALLBACK
