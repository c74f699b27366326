"""A tab that was open across a deploy finds what it asks for by a former build's names for two weeks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from doorstep.former_assets import ASSETS, DAYS, LEDGER, MOST, keep_former

TODAY = dt.date(2026, 11, 23)
OWN = "search.3.txt"


def build(folder: Path, **assets: str) -> Path:
    for name, content in assets.items():
        path = folder / ASSETS / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return folder


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder / ASSETS).as_posix() for path in (folder / ASSETS).rglob("*") if path.is_file()}


def after(before: Path, number: int, day: dt.date, *, demo: bool = True, **assets: str) -> Path:
    fresh = build(before.with_name(str(number)), **(assets or {"search_3_txt": "3"}))
    keep_former(before, fresh, demo=demo, today=day)
    return fresh


def first(tmp_path: Path, *, demo: bool = True) -> Path:
    one = build(tmp_path / "1", search_1_txt="1", search_1_txt_br="b", scripts_1__a_js="a", scripts_1__b__c_js="c")
    keep_former(tmp_path / "none", one, demo=demo, today=TODAY)
    return one


def test_they_stay_with_their_folders_and_compressed_forms(tmp_path: Path) -> None:
    found = after(first(tmp_path), 2, TODAY)
    assert names(found) == {OWN, "search.1.txt", "search.1.txt.br", "scripts.1/a.js", "scripts.1/b/c.js"}


def test_they_stay_from_the_day_they_were_left_out_on(tmp_path: Path) -> None:
    long_served = TODAY + dt.timedelta(days=300)
    second = after(first(tmp_path), 2, long_served)
    third = after(second, 3, long_served + dt.timedelta(days=DAYS - 1))
    assert "search.1.txt" in names(third)
    assert names(after(third, 4, long_served + dt.timedelta(days=DAYS))) == {OWN}


def test_what_comes_back_begins_anew(tmp_path: Path) -> None:
    second = after(first(tmp_path), 2, TODAY)
    third = after(second, 3, TODAY + dt.timedelta(days=10), search_1_txt="1")
    fourth = after(third, 4, TODAY + dt.timedelta(days=20))
    assert "search.1.txt" in names(fourth)
    assert "scripts.1/a.js" not in names(fourth)


def test_what_the_demonstration_says_never_gets_into_what_is_published(tmp_path: Path) -> None:
    published = after(first(tmp_path), 2, TODAY, demo=False)
    assert names(published) == {OWN}
    assert names(after(published, 3, TODAY, demo=True, search_4_txt="4")) == {"search.4.txt"}


def test_of_a_build_of_which_nothing_is_known_nothing_is_kept(tmp_path: Path) -> None:
    unknown = build(tmp_path / "1", search_1_txt="1")
    assert names(after(unknown, 2, TODAY)) == {OWN}
    (unknown / LEDGER).write_text("{")  # the disk was full
    assert names(after(unknown, 4, TODAY)) == {OWN}


def test_they_are_bounded_and_the_newest_stay(tmp_path: Path) -> None:
    half = "x" * (MOST // 2 + 1)
    second = after(build_with_ledger(tmp_path, half), 2, TODAY, search_2_txt=half)
    assert names(second) == {"search.1.txt", "search.2.txt"}
    third = after(second, 3, TODAY + dt.timedelta(days=1))
    assert names(third) == {"search.2.txt", OWN}


def build_with_ledger(tmp_path: Path, content: str) -> Path:
    one = build(tmp_path / "1", search_1_txt=content)
    keep_former(tmp_path / "none", one, demo=True, today=TODAY)
    return one
