"""The words around a guide fit every service, not only the first one there was."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from doorstep.applications.calendar import load_calendar
from doorstep.applications.clock import clock
from doorstep.applications.clock_words import NO_DATE, clock_said, correcting_words
from doorstep.portal.checks.lasting import ARCHIVE
from doorstep.portal.facts.guides import Guide
from doorstep.portal.site import load_portal
from tests.this_city import this_portal

ROOT = Path(__file__).parents[3]
GUIDE = "docs/services/minimum-living-allowance.md"


MEDICAL, HOME_CARE = "docs/services/medical-assistance.md", "docs/services/home-care-for-elderly.md"


def part(root: Path, name: str, spoil: tuple[str, str] = ("", ""), source: str = GUIDE) -> str:
    path = root / source
    path.write_text(path.read_text(encoding="utf-8").replace(*spoil), encoding="utf-8")
    portal = load_portal(root, demo=True)
    guide: Guide = next(each for each in portal.guides if each.source == source)
    theme = Environment(loader=FileSystemLoader(root / "theme"), autoescape=True)
    ui = {"icon": lambda _: "", "unit": lambda _: "个工作日"}
    return theme.get_template(f"partials/{name}.html").render(guide=guide, portal=portal, ui=ui)


def test_a_visit_at_home_is_named_where_there_is_one(content: Path) -> None:
    assert "上门或者在窗口签" in part(content, "materials")
    without = part(content, "materials", ("at_home: true, ", ""))
    assert "上门" not in without
    assert "在窗口签" in without


def test_a_guide_without_stages_still_names_its_offices(content: Path) -> None:
    (content / ARCHIVE).unlink()  # this guide had some
    path = content / GUIDE
    head, stages = path.read_text(encoding="utf-8").split("stages: [")
    path.write_text(head + "materials:\n" + stages.split("materials:\n")[1], encoding="utf-8")
    assert "收申请的是户口所在的街道（乡镇），做决定的是区民政局。" in part(content, "limits")


def test_how_to_object_says_by_when_and_where() -> None:
    (appeal,) = (one for one in this_portal(demo=False).remedies if one["id"] == "appeal")
    for words in ("60天", "向区人民政府申请", "《行政复议法》第二十条", "6个月", "《行政诉讼法》第四十六条", "12348"):
        assert words in appeal["text"]


def test_what_one_can_do_names_no_office_of_one_service() -> None:
    assert "街道" not in (ROOT / "docs/_data/remedies.yml").read_text(encoding="utf-8")


def test_who_need_not_apply_reads_so_before_anything_else_and_once() -> None:
    (medical,) = (guide for guide in this_portal().guides if guide.source == MEDICAL)
    assert "低保、特困不用申请，医院直接结算" in medical.summary
    assert not any("不用申请" in line for line in medical.facts["fits"])


def test_papers_say_how_they_come_and_who_has_them_already(content: Path) -> None:
    medical = part(content, "materials", source=MEDICAL)
    for words in ("拍张照片，在网上交", "工作人员先去查，查得到的，不用您交", "手上有就交，没有就不用交"):
        assert words in medical
    assert "不用拍照" not in medical
    assert "不用拍照" in part(content, "materials")
    assert "上门" not in part(content, "materials", source=HOME_CARE), "nobody said that they come"


@pytest.mark.parametrize("source", [MEDICAL, HOME_CARE])
def test_where_nobody_committed_to_days_no_page_names_any(content: Path, source: str) -> None:
    said = part(content, "limits", source=source)
    assert NO_DATE in said
    assert not re.search(r"[0-9]+个?(?:工作日|天)", said)


@pytest.mark.parametrize("status", ["received", "accepted"])
@pytest.mark.parametrize("service_id", ["medical-assistance", "home-care-for-elderly"])
def test_where_nobody_committed_to_days_no_clock_runs(demo: Path, service_id: str, status: str) -> None:
    service = json.loads((demo / "intake" / "services.json").read_text(encoding="utf-8"))[service_id]
    calendar = load_calendar(demo / "intake" / "calendar.json")
    events = [{"type": kind, "at": "2026-11-02T02:00:00.000Z"} for kind in dict.fromkeys(["received", status])]
    running = clock(service, events, calendar)
    assert running.respond_by is None
    assert str(clock_said(service, running, dt.date(2027, 11, 2))) == NO_DATE
    assert correcting_words(service, running) == ""
    assert service["acceptance"] == {"missing_told": "once", "if_silent": "none"}


def test_every_guide_stands_in_one_theme_and_themes_in_their_order() -> None:
    portal = this_portal()
    listed = [guide.id for guides in portal.themes.values() for guide in guides]
    assert sorted(listed) == sorted(guide.id for guide in portal.guides)
    assert list(portal.themes) == [title for title in portal.theme_titles if title in portal.themes]


def test_a_subsidy_applied_for_elsewhere_is_named_and_nothing_is_promised_of_it() -> None:
    guide = (ROOT / HOME_CARE).read_text(encoding="utf-8")
    (told,) = (line for line in guide.splitlines() if "在手机应用“民政通”上申请" in line)
    assert "不收集" in told
    assert "在手机自带的应用商店里搜“民政通”三个字" in guide, "nobody has confirmed an address"
    assert not re.search(r"[0-9]+元|[0-9]+%|800", guide), "amounts are the office's to say"
