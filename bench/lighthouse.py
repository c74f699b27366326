"""Lighthouse on a phone, as it comes: the medians of five runs on a page of each kind."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.serving import NODE
from tests.browser.site import serving
from tests.chromium import FIND

PAGES = {
    "front": "/",
    "guide": "/services/minimum-living-allowance/",
    "form": "/apply/minimum-living-allowance/",
    "find": "/find/",
    "resources": "/resources/",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


def run(*, rounds: int = 5) -> None:
    program = NODE / ".bin" / "lighthouse"
    if not program.exists():
        print("lighthouse is not installed here, and is left out")
        return
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, serving(Path(folder)) as running:
        for name, address in PAGES.items():
            told = [judged(program, running.url + address) for _ in range(rounds)]
            scores = [f"{part} {median_of(told, part):.0f}" for part in CATEGORIES]
            print(f"lighthouse, {name}: {', '.join(scores)}", flush=True)
            for part in CATEGORIES[1:]:
                for fault in faults(told[0], part):
                    print(f"  {part}: {fault}")


def median_of(told: list[dict[str, Any]], part: str) -> float:
    return statistics.median(float(one["categories"][part]["score"]) * 100 for one in told)


def judged(program: Path, address: str) -> dict[str, Any]:
    chromium = subprocess.run(["sh", FIND], capture_output=True, text=True, check=True).stdout.strip()
    done = subprocess.run(
        [program, address, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}",
         f"--chrome-flags={FLAGS}", "--max-wait-for-load=60000"],
        env=os.environ | {"CHROME_PATH": chromium}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def faults(told: dict[str, Any], part: str) -> list[str]:
    """Why a category has less than all."""
    audits = {one["id"] for one in told["categories"][part]["auditRefs"] if one["weight"]}
    found = [told["audits"][name] for name in sorted(audits)]
    return [audit["title"] for audit in found if audit["score"] is not None and audit["score"] < 1]
