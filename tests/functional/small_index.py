"""The search of the small site: a page of each kind, made as the build makes it, with the weights of the real one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from doorstep.portal.facts.search_words import SearchWords
from doorstep.portal.seek.entries import Entry
from doorstep.portal.seek.search_index import search_index

ROOT = Path(__file__).parents[2]
FORM = "minimum-living-allowance"
GUIDE = Entry(
    "guide",
    f"/services/{FORM}/",
    "申请低保",
    "家里钱不够过日子，每月领钱",
    ("在网上申请", f"/apply/{FORM}/"),
    {"aliases": ["低保", "最低生活保障"], "questions": ["有房子能不能申请低保？"]},
)
OTHERS = (
    Entry("resource", "/resources/free-clinic/", "免费看病", "每月一次", None, {}),
    Entry("hotline", "tel:12345", "政务服务便民热线 12345", "什么事都能问", None, {}),
    Entry("place", "/places/650203001/", "克拉玛依区天山路街道", "办事窗口", None, {}),
)


@cache
def small_index() -> bytes:
    settings = yaml.safe_load((ROOT / "docs/_data/search.yml").read_text(encoding="utf-8"))
    return search_index([GUIDE, *OTHERS], SearchWords({}, [], settings["stop"], settings["weights"])).content
