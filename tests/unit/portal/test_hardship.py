"""The door for hardship: each answer leads to a service that is there, and what is not published is not led to."""

from __future__ import annotations

from pathlib import Path

import pytest

from doorstep.portal.facts.hardship import SOURCE, hardship_of, read_hardship
from doorstep.portal.site import Portal, check_content, load_portal
from tests.this_city import this_portal

ROOT = Path(__file__).parents[3]
GUIDES = {"minimum-living-allowance", "medical-assistance", "home-care-for-elderly"}
DOOR = """basis: assistance-2014 第六十条
questions:
  - {id: trouble, title: 难在哪里？}
  - {id: family, title: 家里有谁？}
options:
  - {id: income, question: trouble, title: 收入太少}
  - {id: illness, question: trouble, title: 看病花钱太多}
  - {id: elder, question: family, title: 要人照应的老人}
services:
  - {service: minimum-living-allowance, when: {trouble: [income, illness]}, because: 每月领补助。}
  - {service: medical-assistance, when: {trouble: [illness]}, because: 申请补助。}
  - {service: minimum-living-allowance, when: {trouble: [income], family: [elder]}, because: 一家人一起算。}
  - {service: home-care-for-elderly, when: {family: [elder]}, because: 找人上门。}
"""
MISTAKES = [
    ("assistance-2014", "nothing-2020", 1, "law-unknown", "引用了没有登记的法规 nothing-2020"),
    ("{id: family, title", "{id: trouble, title", 4, "list-twice", "有两条的 id 都是 trouble"),
    ("illness, question: trouble", "illness, question: money", 7, "door-answer", "没有问题 money"),
    ("service: medical-assistance", "service: gone", 11, "service-unknown", "没有业务 gone 的指南"),
    ("{trouble: [illness]}", "{trouble: [elder]}", 11, "door-answer", "问题 trouble 没有选项 elder"),
    ("{family: [elder]}", "{trouble: [income], family: [elder]}", 8, "door-dead-end", "只选 elder，什么也找不到"),
    ("elder, question: family", "elder, question: trouble", 4, "door-dead-end", "问题 family 没有选项"),
    ("because: 找人上门。", "wehn: x", 13, "name-unknown", "services.3：不认识 wehn"),
]  # fmt: skip


@pytest.fixture(scope="module")
def everything() -> Portal:
    return this_portal()


def write(root: Path, text: str) -> Path:
    path = root / SOURCE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: one[4])
def test_a_mistake_is_named_by_its_line(
    tmp_path: Path, everything: Portal, mistake: tuple[str, str, int, str, str]
) -> None:
    old, new, line, rule, problem = mistake
    assert old in DOOR
    (tmp_path / "schemas").symlink_to(ROOT / "schemas")
    _, findings = read_hardship(write(tmp_path, DOOR.replace(old, new, 1)), everything.laws, GUIDES)
    assert (SOURCE, line, rule, problem) in [(one.file, one.line, one.rule, one.problem) for one in findings]


def test_the_door_of_three_services_passes(content: Path) -> None:
    assert check_content(write(content, DOOR)) == []
    portal = load_portal(content, demo=True)
    first, *_ = portal.hardship.helps
    assert [reason.condition for reason in first.reasons] == [
        "收入太少；或者：看病花钱太多", "收入太少；并且：要人照应的老人",
    ]  # fmt: skip
    assert [one.guide.id for one in portal.hardship.helps] == [
        "minimum-living-allowance", "medical-assistance", "home-care-for-elderly",
    ]  # fmt: skip


def test_a_service_that_is_not_published_drops_out_with_what_leads_only_there(content: Path) -> None:
    write(content, DOOR)
    guide = content / "docs/services/medical-assistance.md"
    confirmed = "owner: portal-editors\nconfirmed_by: 区医疗保障局\nconfirmed_on: 2026-11-20"
    guide.write_text(guide.read_text(encoding="utf-8").replace("owner: portal-editors", confirmed, 1), "utf-8")
    door = load_portal(content, demo=False).hardship
    assert [one.guide.id for one in door.helps] == ["medical-assistance"]
    assert [(one.id, [option.id for option in one.options]) for one in door.questions] == [("trouble", ["illness"])]


def test_without_a_service_there_is_no_door(content: Path) -> None:
    assert load_portal(write(content, DOOR), demo=False).hardship.pages == []
    (content / SOURCE).unlink()
    assert load_portal(content, demo=True).hardship.pages == []


def test_each_answer_alone_leads_to_a_service(everything: Portal) -> None:
    door = everything.hardship
    assert len(door.questions) == 4
    led = {
        (question, option)
        for one in door.helps
        for reason in one.reasons
        if len(reason.when) == 1
        for question, options in reason.when.items()
        for option in options
    }
    assert led == {(question.id, option.id) for question in door.questions for option in question.options}


def test_everything_about_hardship_is_behind_the_door(everything: Portal) -> None:
    led = {one.guide.id for one in everything.hardship.helps}
    assert {guide.id for guide in everything.themes["生活有困难"]} <= led
    assert hardship_of({}, everything.guides).helps == ()
