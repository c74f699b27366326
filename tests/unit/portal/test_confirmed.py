"""The published site is whole with what was confirmed, and has nothing of what was not."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from doorstep.portal.checks.page_reader import PageReader, read_pages
from doorstep.portal.facts.confirmed import unconfirmed, unlinked
from doorstep.portal.site import load_portal

ROOT = Path(__file__).parents[3]
CONFIRMED = {
    "minimum-living-allowance": "docs/services/minimum-living-allowance.md",
    "medical-assistance": "docs/services/medical-assistance.md",
    "home-care-for-elderly": "docs/services/home-care-for-elderly.md",
}
NEAR_HOME = {"free-clinic": "docs/resources/free-clinic.md"}
NOBODY = "还没有核定过的指南"


def confirm(root: Path, *names: str) -> None:
    for name in names:
        path = root / (CONFIRMED | NEAR_HOME)[name]
        said = "owner: portal-editors\nconfirmed_by: 区民政局\nconfirmed_on: 2026-11-20\n"
        path.write_text(path.read_text(encoding="utf-8").replace("owner: portal-editors\n", said), encoding="utf-8")


def publish(root: Path, folder: Path) -> dict[str, PageReader]:
    """The published site of this root, built strictly: a dead link is an error."""
    environment = os.environ | {"DOORSTEP_DEMO": "0", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder / "site")]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return read_pages(folder / "site")


@pytest.fixture
def city(content: Path) -> Path:
    """`content` with what a build reads besides, and every guide of this repository."""
    shutil.copy(ROOT / "mkdocs.yml", content)
    for folder in ("docs", "schemas"):
        shutil.copytree(ROOT / folder, content / folder, dirs_exist_ok=True)
    return content


def test_three_confirmed_guides_are_a_whole_site(city: Path, tmp_path: Path) -> None:
    confirm(city, *CONFIRMED)
    others = {path.stem for path in (city / "docs/services").glob("*.md")} - {*CONFIRMED, "legal-aid"}
    other = min(others)
    about = city / "docs" / "about.md"
    about.write_text(
        about.read_text(encoding="utf-8") + f"\n见[还没有核定的这件事](/services/{other}/)。\n", encoding="utf-8"
    )
    retired = city / "docs" / "services" / "legal-aid.md"
    told = "confirmed_by: 区法律援助中心\nconfirmed_on: 2026-11-20\nretired_on: 2026-11-21\nowner: portal-editors\n"
    retired.write_text(retired.read_text(encoding="utf-8").replace("owner: portal-editors\n", told), encoding="utf-8")
    pages = publish(city, tmp_path / "built")
    gone = (tmp_path / "built/site/services/legal-aid/index.html").read_text(encoding="utf-8")
    assert "从2026年11月21日起停办" in gone
    assert "/apply/" not in gone
    assert pages.pop("/services/legal-aid/")
    shown = (tmp_path / "built/site/services/medical-assistance/index.html").read_text(encoding="utf-8")
    assert "区民政局，2026年11月20日核对过这一页。" in shown
    assert {page for page in pages if re.match("/(services|apply)/.", page)} == {
        f"/{part}/{name}/" for part in ("services", "apply") for name in CONFIRMED
    }
    themes = (tmp_path / "built/site/services/index.html").read_text(encoding="utf-8")
    assert re.findall("<h2[^>]*>([^<]*)</h2>", themes) == ["生活有困难", "老人", "看病和医保"]
    said = (tmp_path / "built/site/about/index.html").read_text(encoding="utf-8")
    assert said.count("（能在网上申请）") == len(CONFIRMED)
    assert "见还没有核定的这件事。" in said, "an editor's link to what is left out becomes its words"
    for path in (tmp_path / "built/site").rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert NOBODY not in html, path
        assert set(re.findall(r"/(?:services|apply)/([a-z0-9-]+)/", html)) <= set(CONFIRMED), path
    known = json.loads((tmp_path / "built/intake/services.json").read_text(encoding="utf-8"))
    assert {name for name, service in known.items() if service["open"]} == set(CONFIRMED)
    assert set(known) == {*others, *CONFIRMED, "legal-aid"}, "what runs already still needs its service"


def test_without_a_confirmed_guide_the_site_says_so_and_leads_to_people(published: Path) -> None:
    pages = read_pages(published / "site")
    for address in ("/", "/services/", "/find/", "/about/"):
        html = (published / "site" / address.strip("/") / "index.html").read_text(encoding="utf-8")
        assert NOBODY in html, address
        assert ("href", "tel:12345") in pages[address].links
    assert not [page for page in pages if re.match("/(services|apply)/.|/resources/", page)]
    assert not (published / "site/open-data/hsds").exists()


def test_the_demonstration_shows_all_there_is(content: Path) -> None:
    confirm(content, "medical-assistance")
    assert {guide.id for guide in load_portal(content, demo=True).guides} == set(CONFIRMED)
    portal = load_portal(content, demo=False)
    assert [guide.id for guide in portal.guides] == ["medical-assistance"]
    assert {page.source for page in portal.left_out} == set(CONFIRMED.values()) - {CONFIRMED["medical-assistance"]}


def test_what_waits_is_listed_with_what_is_missing(content: Path) -> None:
    confirm(content, "medical-assistance")
    waiting = {page.file: page.missing for page in unconfirmed(content)}
    assert set(waiting) >= set(CONFIRMED.values()) - {CONFIRMED["medical-assistance"]}
    assert CONFIRMED["medical-assistance"] not in waiting
    assert any("办理天数" in said for said in waiting[CONFIRMED["home-care-for-elderly"]])
    assert not any("办理天数" in said for said in waiting[CONFIRMED["minimum-living-allowance"]])


def test_words_stay_where_a_link_goes() -> None:
    html = (
        '见<a href="/services/a/">这<b>一</b>页</a>、<a class="x" href="/services/a/#who">谁</a>、<a href="/b/">乙</a>'
    )
    assert unlinked(html, {"/services/a/"}) == '见这<b>一</b>页、谁、<a href="/b/">乙</a>'
