"""The list of everything by letter: read as a name is said, complete, and each letter with something below it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from doorstep.portal.seek.alphabet import OTHER, Listed, by_letter, sounds


@pytest.mark.parametrize(
    ("title", "sound"),
    [("重病救助", "zhong"), ("重新登记", "chong"), ("长者食堂", "zhang"), ("长期护理", "chang"),
     ("“一老一小”服务", "yi"), ("乐器队", "yue"), ("（免费）体检", "mian")],
)  # fmt: skip
def test_a_name_is_read_as_it_is_said(title: str, sound: str) -> None:
    assert sounds(title)[0] == sound


def test_letters_stand_in_order_and_numbers_last() -> None:
    listed = [Listed(title, f"/{title}/", "") for title in ("住房", "12345热线", "低保", "Wi-Fi在哪", "打印", "……")]
    assert {letter: [one.title for one in below] for letter, below in by_letter(listed).items()} == {
        "D": ["打印", "低保"], "W": ["Wi-Fi在哪"], "Z": ["住房"], OTHER: ["……", "12345热线"],
    }  # fmt: skip


def test_the_page_lists_all_there_is_once_and_leads_to_each_letter(demo: Path) -> None:
    page = (demo / "site" / "find" / "index.html").read_text(encoding="utf-8")
    listed = page[page.index('id="letters"') : page.index("</main>")]
    links = re.findall(r'href="(/(?:services|resources)/[^"#]+/)"', listed)
    own = [*(demo / "site" / "services").glob("*/index.html"), *(demo / "site" / "resources").glob("*/index.html")]
    expected = [f"/{path.parent.relative_to(demo / 'site').as_posix()}/" for path in own]
    assert sorted(links) == sorted(one for one in expected if one != "/resources/category/")
    jumps, letters = re.findall(r'href="#(letter-.)"', listed), re.findall(r'<h3 id="(letter-.)">', listed)
    assert jumps == letters == sorted(letters)
    assert len(letters) > 10
