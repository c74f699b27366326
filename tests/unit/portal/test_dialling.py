"""A public number in a page is dialled by one touch."""

from __future__ import annotations

from pathlib import Path

from doorstep.portal.pages.dialling import dialled

NUMBERS = ("12345", "12393")


def test_numbers_in_text_become_links_and_nothing_else_does() -> None:
    html = '<p title="12345">打12393，<a href="tel:12345">12345</a>，编号112345、123456</p>'
    assert dialled(html, NUMBERS) == html.replace("打12393", '打<a href="tel:12393">12393</a>')
    assert dialled(html, ()) == html


def test_every_number_a_guide_names_is_dialled_by_one_touch(demo: Path) -> None:
    medical = (demo / "site/services/medical-assistance/index.html").read_text(encoding="utf-8")
    prose = medical.split('id="who"')[1].split('id="help"')[0]
    assert prose.count("12393") == 2 * prose.count('<a href="tel:12393">12393</a>') > 0
    assert prose.count("12345") == 2 * prose.count('<a href="tel:12345">12345</a>')
