"""`doorstep new`: pages begun at the terminal, by questions or by options, are right at once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from doorstep.cli import main
from doorstep.portal.facts.front_matter import read_front_matter
from doorstep.portal.site import check_content

GUIDE: dict[str, str | list[str]] = {
    "id": "library-card",
    "title": "办借书证",
    "summary": "有了它就能把书借回家",
    "alias": ["借书证", "图书证", "怎么借书"],
    "theme": "老人",
    "fits": ["住在本市"],
    "accept": "社区居委会（村委会）",
    "decide": "社区居委会（村委会）",
    "material": ["shown:身份证", "filled_in:申请表"],
    "visits": "1",
    "fee": "0",
    "result": "一张借书证",
    "law": ["civil-code 第一百六十五条"],
    "checked-on": "2026-11-01",
}
RESOURCE: dict[str, str | list[str]] = {
    "id": "night-school",
    "title": "社区夜校",
    "summary": "下了班学点手艺",
    "alias": ["夜校", "晚上上课", "12345"],
    "category": "就业创业",
    "kind": "course",
    "for": ["谁都行", "找工作、想创业的人"],
    "audience": "想学手艺的居民",
    "how-to-get": "到社区报名 #1窗口",
    "booking": "",
    "fee": "以现场公布的为准",
    "provider": "社区",
    "schedule": "",
    "checked-on": "2026-11-01",
}
PLACE: dict[str, str | list[str]] = {
    "street": "天山路街道",
    "alias": ["天山路"],
    "address": "办事大楼一楼",
    "hours": "",
    "estates": ["3:和平小区、东头小区"],
    "checked-on": "2026-11-01",
    "confirmed-by": "",
}
ASKED = {"guide": GUIDE, "resource": RESOURCE, "place": PLACE}
PAGES = {
    "guide": "docs/services/library-card.md",
    "resource": "docs/resources/night-school.md",
    "place": "docs/places/650203001.md",
}


def new(root: Path, kind: str, given: dict[str, str | list[str]], typed: str = "") -> Result:
    words = [
        word
        for name, value in given.items()
        for one in (value if isinstance(value, list) else [value])
        for word in (f"--{name}", one)
    ]
    return CliRunner().invoke(main, ["new", kind, *words], obj=root, input=typed)


@pytest.mark.parametrize("kind", ASKED)
def test_a_page_from_options_passes_every_check(content: Path, kind: str) -> None:
    done = new(content, kind, ASKED[kind])
    assert done.exit_code == 0, done.output
    assert PAGES[kind] in done.output
    assert check_content(content, datetime.now(UTC).date()) == []


@pytest.mark.parametrize("kind", ASKED)
def test_a_page_that_is_there_is_left_as_it_is(content: Path, kind: str) -> None:
    assert new(content, kind, ASKED[kind]).exit_code == 0
    before = (content / PAGES[kind]).read_bytes()
    again = new(content, kind, ASKED[kind] | {"checked-on": "2026-11-02"})
    assert again.exit_code
    assert f"{PAGES[kind]} 已经有了" in again.output
    assert (content / PAGES[kind]).read_bytes() == before


def test_questions_are_asked_again_until_the_answer_is_right(content: Path) -> None:
    lines = [
        "Library Card", "library-card",  # an id is ASCII
        "办借书证",
        "受理借书", "有了它就能把书借回家",  # an office's word
        "借书证、图书证", "借书证、图书证、怎么借书",  # too few
        "99", "2",  # there is no such number
        "1",
        "老人满60岁；住在本市",
        "社区居委会（村委会）", "",
        "其他材料", "申请表", "2", "一张照片", "1", "",
        "很多趟", "1",
        "20", "窗口公布多少就收多少",
        "一张借书证",
        "民法典", "民法典 第一百六十五条",  # its text was read, so its article is cited
        "2099-01-01", "2026-11-01",
    ]  # fmt: skip
    done = new(content, "guide", {}, "\n".join(lines) + "\n")
    assert done.exit_code == 0, done.output
    for said in ("改成“正式收下开始办”", "至少要有 3 条", "从1到", "写0到9的数字", "要有依据", "第几条", "还没有到"):
        assert said in done.output
    facts = read_front_matter(content / PAGES["guide"]).data
    assert facts["fits"] == ["老人满60岁", "住在本市"]
    assert facts["offices"] == {"accept": "社区居委会（村委会）", "decide": "社区居委会（村委会）"}
    assert [paper["title"] for paper in facts["materials"]] == ["申请表", "一张照片"]
    assert facts["materials"][0]["id"] == "application"  # as other guides call it
    assert facts["laws"] == ["civil-code 第一百六十五条"]
    assert check_content(content, datetime.now(UTC).date()) == []


def test_what_nobody_knows_of_a_place_is_left_out(content: Path) -> None:
    done = new(content, "place", {}, "天山路\n\n\n\n没有的社区:和平小区\n3:和平小区、东头小区\n\n2026-11-01\n\n")
    assert done.exit_code == 0, done.output
    assert "名单里没有“没有的社区”" in done.output
    facts = read_front_matter(content / PAGES["place"]).data
    assert set(facts) == {"code", "communities", "checked_on", "owner"}
    assert facts["communities"] == [{"code": "650203001003", "estates": ["和平小区", "东头小区"]}]


def test_a_wrong_option_writes_nothing(content: Path) -> None:
    for wrong, said in (("打电话13912345678报名", "电话"), ("到社区报名: 先来先得", "到社区报名：先来先得")):
        done = new(content, "resource", RESOURCE | {"summary": wrong})
        assert done.exit_code
        assert said in done.output
        assert not (content / PAGES["resource"]).exists()


@pytest.mark.parametrize(("kind", "folder"), [("guide", "services"), ("resource", "resources")])
def test_no_page_takes_the_address_of_a_list(content: Path, kind: str, folder: str) -> None:
    done = new(content, kind, ASKED[kind] | {"id": "index"})
    assert done.exit_code
    assert "本站自己要用" in done.output
    assert not (content / "docs" / folder / "index.md").exists()


def test_a_form_that_is_not_made_yet_is_not_promised(content: Path) -> None:
    done = new(content, "guide", GUIDE | {"form": "library-card"})
    assert done.exit_code
    assert "还没有给 library-card 的表" in done.output
    assert not (content / PAGES["guide"]).exists()


def test_an_editor_meets_chinese_alone(content: Path) -> None:
    begun: dict[str, str | list[str]] = {"id": "library-card"}
    for given, typed, said in (
        (GUIDE | {"visits": "很多"}, "", "写0到9的数字"),
        (begun, "\n\n", "这一项一定要答"),  # and the terminal closed
        (begun, "办借书证\n", "停下了，什么也没有写"),
    ):
        done = new(content, "guide", given, typed)
        assert done.exit_code == 1
        assert said in done.output
        assert not any(word in done.output for word in ("Usage", "Error", "Aborted"))
        assert not (content / PAGES["guide"]).exists()


def test_a_law_that_nobody_listed_loses_no_answer(content: Path) -> None:
    asked = {name: value for name, value in GUIDE.items() if name != "law"} | {"fee": "不收费"}
    done = new(content, "guide", asked, "借书条例 第一条\n\n")
    assert "没有“借书条例”" in done.output
    assert "laws：" in done.output  # what is still to be done is said
    facts = read_front_matter(content / PAGES["guide"]).data
    assert (facts["laws"], facts["fee"]) == ([], {"yuan": 0})
    assert [found.file for found in check_content(content)] == [PAGES["guide"]]


def test_a_place_of_which_nothing_is_known_gets_no_page(content: Path) -> None:
    done = new(content, "place", {}, "天山路\n" + "\n" * 4)
    assert (done.exit_code, "没有写文件" in done.output) == (0, True)
    assert not (content / PAGES["place"]).exists()
