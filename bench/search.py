"""What residents' words find: ours beside Material with jieba and Pagefind, over the same pages.

`queries/tuning.tsv` is what the weights were set by, `queries/unseen.tsv` what nobody looked into: of both only the
sums are printed. A query and the addresses that answer it, parted by tabs, a line each.
"""

from __future__ import annotations

import statistics
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page

from bench.serving import HERE, NODE, packed, served
from bench.stock import build_stock, write_stock
from doorstep.portal.pages.assets import collect_assets
from doorstep.portal.site import load_portal
from doorstep.search.index import read_index
from doorstep.search.ranking import Ranker
from tests.chromium import chromium

ROOT = HERE.parent
HALVES = ("tuning", "unseen")
SLOWED = 4
"""How many times slower the processor is made: an old phone's."""

Found = Sequence[Sequence[str]]


class Query(NamedTuple):
    text: str
    answers: frozenset[str]


def run(queries: Path = HERE / "queries") -> None:
    halves = {name: read_queries(queries / f"{name}.tsv") for name in HALVES}
    asked = [query for half in halves.values() for query in half]
    if not asked:
        print(f"search: {queries.name}/ holds no queries")
        return
    texts = [query.text for query in asked]
    index = ROOT / "build" / "intake" / "search.txt"
    ranker = Ranker(read_index(index))
    found: dict[str, Found] = {"ours": [[result.page.url for result in ranker.search(text)] for text in texts]}
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        took = _time_ours(browser.new_page(), Path(folder) / "ours", index, texts)
        found |= _ask_peers(browser.new_page(), Path(folder) / "peers", texts)
    for number, (name, half) in enumerate(halves.items()):
        begin = 0 if not number else len(halves[HALVES[0]])
        print(f"search, {len(half)} queries, {name}:")
        for who, results in found.items():
            print(f"  {who:18} {told(half, results[begin : begin + len(half)])}")
    print(f"search, ours at {SLOWED}× CPU slowdown: {_quantiles(took)}")
    print(f"search, bytes (brotli): index {packed(index.read_bytes()):,}, {_scripts()}")


def read_queries(path: Path) -> list[Query]:
    if not path.exists():
        return []
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Query(text, frozenset(page_of(one) for part in parts for one in part.split())) for text, *parts in lines]


def page_of(address: str) -> str:
    """A heading counts as its page; only of the themes each is a list of its own."""
    return address if address.startswith("/services/#") else address.partition("#")[0]


def told(queries: Iterable[Query], results: Found) -> str:
    pairs = [(query.answers, list(map(page_of, urls))) for query, urls in zip(queries, results, strict=True)]
    count = len(pairs) or 1
    first, three = (sum(bool(answers & set(urls[:most])) for answers, urls in pairs) for most in (1, 3))
    nothing = sum(not urls for _, urls in pairs)
    return f"hit@1 {first / count:.1%}, hit@3 {three / count:.1%}, nothing found {nothing / count:.1%}"


def _ask_peers(page: Page, folder: Path, texts: list[str]) -> Mapping[str, Found]:
    """By peer what it finds, as addresses of ours. A peer that is not installed is named as such, and asked nothing."""
    ours = write_stock(load_portal(ROOT, demo=True), folder)
    site = build_stock(folder)
    binary = next((NODE / "@pagefind").glob("*/bin/pagefind_extended"), None)
    if binary:
        subprocess.run([binary, "--site", site, "--force-language", "zh"], capture_output=True, check=True)
    worker = next((site / "assets/javascripts/workers").glob("search.*.min.js"))
    asking: dict[str, tuple[str, dict[str, Any]]] = {
        "Material + jieba": ("askMaterial", {"worker": f"/{worker.relative_to(site).as_posix()}"}),
        "Pagefind": ("askPagefind", {}),
    }
    there = {"Material + jieba": find_spec("jieba"), "Pagefind": binary}
    for who in [who for who, found in there.items() if not found]:
        print(f"search: {who} is not installed here, and is left out")
        del asking[who]
    with served(site) as address:
        page.goto(f"{address}/")
        page.evaluate(_scripted("0"))
        answers = {
            who: page.evaluate(_scripted(f"{name}(given)"), {**given, "queries": texts})
            for who, (name, given) in asking.items()
        }
    return {who: [[ours.get(path, path) for path in paths] for paths in found] for who, found in answers.items()}


def _time_ours(page: Page, folder: Path, index: Path, texts: list[str]) -> list[float]:
    """Milliseconds of each query in the browser's own ranker."""
    folder.mkdir()
    (folder / "index.html").write_text("<!doctype html><title>x</title>")
    (folder / "scripts").symlink_to(ROOT / "theme" / "scripts")
    (folder / "search.txt").write_bytes(index.read_bytes())
    with served(folder) as address:
        page.goto(f"{address}/")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        given = {"ranking": "/scripts/seeking/ranking.js", "index": "/search.txt", "queries": texts}
        took: list[float] = page.evaluate(_scripted("timeOurs(given)"), given)["took"]
    return took


def _scripted(call: str) -> str:
    return f"async (given) => {{ {(HERE / 'asking.js').read_text(encoding='utf-8')}; return {call}; }}"


def _quantiles(took: list[float]) -> str:
    cut = statistics.quantiles(took, n=20, method="inclusive")
    return f"{cut[9]:.1f} ms p50, {cut[18]:.1f} ms p95, {max(took):.1f} ms at most"


def _scripts() -> str:
    files = collect_assets(ROOT / "theme").files
    sizes = {Path(name).name: packed(body) for name, body in files.items() if name.endswith(("/top.js", "/seeking.js"))}
    return ", ".join(f"{name} {size:,}" for name, size in sorted(sizes.items()))
