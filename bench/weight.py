"""Bytes on the line (brotli) and requests of a first view, beside stock Material and @rjsf/core."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Response

from bench.serving import HERE, NODE, packed, served
from bench.stock import build_stock, write_stock
from doorstep.forms.library import read_bundle
from doorstep.portal.site import load_portal
from tests.chromium import chromium

ROOT = HERE.parent
GUIDE = "/services/minimum-living-allowance/"
FORM = "minimum-living-allowance"


def run() -> None:
    site = ROOT / "build" / "site"
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        write_stock(load_portal(ROOT, demo=True), Path(folder) / "stock")
        stock = build_stock(Path(folder) / "stock")
        own, theirs = first_view(browser, site, GUIDE), first_view(browser, stock, GUIDE)
        print(f"first view of a guide: {_said(own)}; stock Material with search {_said(theirs)}: {_times(theirs, own)}")
        form = first_view(browser, site, f"/apply/{FORM}/")
        page = packed((site / "apply" / FORM / "index.html").read_bytes())
        print(f"first view of a form: {_said(form)}, of which the page, which works alone, {page:,}")
        if (NODE / ".bin" / "esbuild").exists():
            rjsf = packed(rjsf_script(Path(folder)))
            print(f"  @rjsf/core with React, its validator and the same schema: {rjsf:,} bytes without a style; "
                  f"{rjsf / page:.1f} × our page, {rjsf / sum(form.values()):.1f} × all of our first view")  # fmt: skip
        else:
            print("  @rjsf/core is not installed here, and is left out")


def first_view(browser: Browser, site: Path, address: str) -> dict[str, int]:
    """By path the bytes of all that a new visitor's browser asks for; an answer from elsewhere counts too."""
    seen: dict[str, int] = {}

    def take(response: Response) -> None:
        file = site / urlsplit(response.url).path.lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        seen[response.url] = packed(file.read_bytes()) if file.is_file() else 0

    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN")
    page = context.new_page()
    context.on("response", take)
    with served(site) as origin:
        page.goto(f"{origin}{address}")
        page.wait_for_load_state("networkidle")
        context.close()
    return seen


def rjsf_script(folder: Path) -> bytes:
    """Everything that a page with this form loads of @rjsf/core, in one minified file."""
    schema = folder / "schema.json"
    schema.write_text(json.dumps(read_bundle(ROOT / "schemas", FORM), ensure_ascii=False), encoding="utf-8")
    out = folder / "rjsf.js"
    command: list[str | Path] = [
        NODE / ".bin" / "esbuild", HERE / "rjsf.jsx", "--bundle", "--minify", "--jsx=automatic", "--charset=utf8",
        '--define:process.env.NODE_ENV="production"', f"--alias:doorstep-schema={schema}", f"--outfile={out}",
    ]  # fmt: skip
    subprocess.run(command, cwd=HERE, capture_output=True, check=True)
    return out.read_bytes()


def _said(view: dict[str, int]) -> str:
    return f"{sum(view.values()):,} bytes in {len(view)} requests"


def _times(theirs: dict[str, int], own: dict[str, int]) -> str:
    return f"{sum(theirs.values()) / sum(own.values()):.1f} ×"
