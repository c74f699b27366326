"""The words around a guide fit every service, not only the first one there was."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from doorstep.portal.guides import Guide
from doorstep.portal.lasting import ARCHIVE
from doorstep.portal.site import load_portal

ROOT = Path(__file__).parents[3]
GUIDE = "docs/services/minimum-living-allowance.md"


def part(root: Path, name: str, spoil: tuple[str, str] = ("", "")) -> str:
    path = root / GUIDE
    path.write_text(path.read_text(encoding="utf-8").replace(*spoil), encoding="utf-8")
    portal = load_portal(root, demo=False)
    guide: Guide = next(each for each in portal.guides if each.source == GUIDE)
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
    (appeal,) = (one for one in load_portal(ROOT, demo=False).remedies if one["id"] == "appeal")
    for words in ("60天", "向区人民政府申请", "《行政复议法》第二十条", "6个月", "《行政诉讼法》第四十六条", "12348"):
        assert words in appeal["text"]


def test_what_one_can_do_names_no_office_of_one_service() -> None:
    assert "街道" not in (ROOT / "docs/_data/remedies.yml").read_text(encoding="utf-8")
