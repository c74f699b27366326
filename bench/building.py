"""How a build grows with its pages, beside stock Material with the same pages, navigation and `not_in_nav`.

Seconds are those an editor waits, and beside them those all its processes worked, which other work on the machine
changes less. Material searches Chinese only with jieba, which is part of what it must do for these pages; without it
(nothing is found then) it is told too.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from bench.grown import ROOT, grow
from bench.stock import write_stock
from doorstep.portal.site import load_portal

SIZES = (300, 600, 1_500, 3_000)
BUILD = "import sys; sys.argv = ['mkdocs', 'build', '--quiet']; from mkdocs.__main__ import cli; cli()"
WITHOUT_JIEBA = f"import sys; sys.modules['jieba'] = None; {BUILD}"


class Took(NamedTuple):
    """Seconds: how long somebody waited, and how long processors worked."""

    waited: float
    worked: float

    def __str__(self) -> str:
        return f"{self.waited:.1f} s ({self.worked:.1f} s of work)"


def run(sizes: tuple[int, ...] = SIZES) -> None:
    ours: dict[int, Took] = {}
    with tempfile.TemporaryDirectory() as folder:
        own = _pages(Path(folder) / "own", 0)
        for size in sizes:
            root = Path(folder) / str(size)
            grow(root, size - own)
            ours[size] = _took(root, BUILD)
            print(f"building {count(root / 'build' / 'site'):,} pages: {ours[size]}{_doubled(ours, size)}", flush=True)
        _beside_stock(Path(folder), max(sizes), ours[max(sizes)])


def _beside_stock(folder: Path, size: int, own: Took) -> None:
    stock = folder / "stock"
    write_stock(load_portal(folder / str(size), demo=True), stock)
    programs: Mapping[str, str] = {"with jieba": BUILD, "without": WITHOUT_JIEBA}
    for name, program in programs.items():
        if name == "with jieba" and not find_spec("jieba"):
            print("  stock Material with jieba: jieba is not installed here, and is left out")
            continue
        took = _took(stock, program)
        pages = count(stock / "site")
        beside = f"ours takes {own.waited / took.waited:.2f} × (work: {own.worked / took.worked:.2f} ×)"
        print(f"  stock Material {name}, {pages:,} pages: {took}; {beside}", flush=True)


def _pages(root: Path, copies: int) -> int:
    """How many pages a build of the real content has."""
    grow(root, copies)
    _took(root, BUILD)
    return count(root / "build" / "site")


def count(site: Path) -> int:
    return len(list(site.rglob("index.html")))


def _doubled(took: Mapping[int, Took], size: int) -> str:
    half = took.get(size // 2)
    return f", {took[size].waited / half.waited:.2f} × those of {size // 2:,}" if half else ""


def _took(root: Path, program: str) -> Took:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DOORSTEP_DEMO": "1", "NO_MKDOCS_2_WARNING": "1"}
    worked, began = _worked(), time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return Took(time.monotonic() - began, _worked() - worked)


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
