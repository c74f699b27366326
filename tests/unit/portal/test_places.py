"""Places as editors tell them: what is read, what is refused and where, and what each build shows of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from doorstep.portal.facts.place_facts import FOLDER, read_centres, read_place_facts
from doorstep.portal.facts.place_pages import PlaceList, load_place_list
from doorstep.portal.seek.entries import place_entries
from doorstep.portal.site import check_content, load_portal

ROOT = Path(__file__).parents[3]
STREET, OTHER = "650203001", "650203002"
COMMUNITY, ELSEWHERE = "650203001001", "650203002001"
NEXT = '  - {code: "650203001002", estates: [东头小区]}'
PAGE = f"""---
code: "{STREET}"
aliases: [天山街道]
address: 办事大楼一楼
communities:
  - {{code: "{COMMUNITY}", estates: [和平小区, 东头小区]}}
checked_on: 2026-11-22
owner: portal-editors
---
从南门进。
"""
CONFIRMED = PAGE.replace("owner:", "confirmed_by: 街道办事处\nconfirmed_on: 2026-11-20\nphone: 0000-0000000\nowner:")


@pytest.fixture(scope="module")
def places() -> PlaceList:
    return load_place_list(ROOT / "docs" / "places" / "divisions.json")


def write(root: Path, text: str, name: str = STREET) -> str:
    path = root / FOLDER / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path.relative_to(root).as_posix()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "schemas").symlink_to(ROOT / "schemas")
    return tmp_path


def test_what_was_told_stands_with_the_street_and_its_community(root: Path, places: PlaceList) -> None:
    write(root, PAGE)
    told, findings = read_place_facts(root, places)
    assert findings == []
    street = places.telling(told).streets[STREET]
    assert street.facts["address"] == "办事大楼一楼"
    sought = [name for entry in place_entries(places.telling(told)) for name in entry.said.get("aliases", [])]
    assert {"天山街道", "和平小区", "东头小区"} <= set(sought)
    assert [one.code for one in street.communities if one.facts] == [COMMUNITY]
    assert places.telling(told).streets[OTHER].facts == {}


MISTAKES = [
    (f'code: "{STREET}"', f'code: "{OTHER}"', 2, "code 和文件名不一样"),
    (f'code: "{STREET}"', f"code: {STREET}", 2, "code：写法不对"),
    (COMMUNITY, "650203001099", 6, "天山路街道没有代码是 650203001099 的社区、村"),
    (COMMUNITY, ELSEWHERE, 6, f"天山路街道没有代码是 {ELSEWHERE} 的社区、村"),
    ("checked_on", f'  - {{code: "{COMMUNITY}", aliases: [和平]}}\nchecked_on', 7, f"有两条的 code 都是 {COMMUNITY}"),
    ("checked_on", f"{NEXT}\nchecked_on", 7, f"“东头小区”已经写在社区 {COMMUNITY} 里了"),
    ("天山街道", "胜利路", 3, "“胜利路”是克拉玛依区胜利路街道的名称"),
    ("aliases: [天山街道]", "adress: x", 2, "这个文件：不认识 adress"),
    ("aliases: [天山街道]", "phone: 0000-0000000", 3, "phone 没有单位确认过"),
    ("2026-11-22", "2026-02-30", 7, "没有 2026-02-30 这一天"),
    ("owner:", "confirmed_by: 街道办事处\nowner:", 2, "这个文件：写法不对"),
    ("owner:", 'confirmed_by: "-"\nconfirmed_on: 2026-11-20\nowner:', 8, "confirmed_by “-”不是单位的名字"),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: one[3])
def test_a_mistake_is_named_by_its_line(root: Path, places: PlaceList, mistake: tuple[str, str, int, str]) -> None:
    old, new, at, problem = mistake
    assert old in PAGE
    source = write(root, PAGE.replace(old, new, 1))
    _, findings = read_place_facts(root, places)
    assert [(one.file, one.line, one.problem) for one in findings] == [(source, at, problem)]
    assert all(one.remedy for one in findings)


def test_a_page_of_no_street_is_found(root: Path, places: PlaceList) -> None:
    source = write(root, PAGE.replace(STREET, "650203999", 1), "650203999")
    _, findings = read_place_facts(root, places)
    assert [(one.file, one.line) for one in findings] == [(source, 2)]


def test_a_community_of_another_street_is_sent_to_its_page(root: Path, places: PlaceList) -> None:
    write(root, PAGE.replace(COMMUNITY, ELSEWHERE))
    assert read_place_facts(root, places)[1][0].remedy == f"写到 docs/places/{OTHER}.md 里"


def test_the_published_site_tells_only_what_an_office_confirmed(content: Path) -> None:
    write(content, PAGE)
    assert load_portal(content, demo=True).places.streets[STREET].facts
    portal = load_portal(content, demo=False)
    assert portal.places.streets[STREET].facts == {}
    assert portal.centres == ()
    write(content, CONFIRMED)
    assert check_content(content) == [], "the number of an office that has confirmed it may stand"
    assert load_portal(content, demo=False).places.streets[STREET].facts["phone"] == "0000-0000000"


def test_the_centres_name_no_place_that_nobody_confirmed() -> None:
    centres, findings = read_centres(ROOT)
    assert findings == []
    assert len(centres) >= 3
    assert not [one for one in centres if {"address", "hours", "phone"} & set(one) and "confirmed_by" not in one]


def test_a_mistake_in_the_centres_is_named_by_its_line(content: Path) -> None:
    file = content / "docs" / "_data" / "centres.yml"
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = [number for number, line in enumerate(lines, 1) if line.startswith("- ")]
    lines[rows[0] - 1] = "- {id: city, title: 市党群服务中心, text: 有人接待, phone: '0000000'}"
    lines[rows[1] - 1] = lines[rows[1] - 1].replace("id: district", "id: city")
    file.write_text("\n".join(lines), encoding="utf-8")
    found = [(one.line, one.problem) for one in read_centres(content)[1]]
    assert found == [(rows[0], "phone 没有单位确认过"), (rows[1], "有两条的 id 都是 city")]
