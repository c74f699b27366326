"""From saving a page to seeing it, in an editor's preview, beside building the whole site anew."""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import threading
import time
from pathlib import Path
from urllib.request import urlopen

from doorstep.editing.pages import open_server
from doorstep.editing.session import Session

ROOT = Path(__file__).parents[1]
PAGES = {"a guide": "services/id-card", "a resource": "resources/counselling-room"}


def run(*, rounds: int = 10) -> None:
    """Print medians and the longest; the copy of the site has every page there is."""
    os.environ["PYTHONPATH"] = str(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "root"
        for part in ("docs", "theme", "schemas", "doorstep/forms/templates"):
            shutil.copytree(ROOT / part, root / part)
        shutil.copy(ROOT / "mkdocs.yml", root)
        _measure(root, Path(folder) / "preview", rounds)


def _measure(root: Path, build: Path, rounds: int) -> None:
    session, going = Session(root, build, lambda _: None), threading.Event()
    going.set()
    with open_server(session, "127.0.0.1", 0) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        threads = [
            threading.Thread(target=server.serve_forever),
            threading.Thread(target=session.run, args=(going.is_set,)),
        ]
        for thread in threads:
            thread.start()
        whole = _seen(f"{address}/services/id-card/", "<h1>")
        count = len(list(build.rglob("index.html")))
        print(f"editing: {count} pages; all of them, with every check: {whole:.2f} s")
        for what, page in PAGES.items():
            took = [_saved(root / "docs" / f"{page}.md", f"{address}/{page}/", number) for number in range(rounds)]
            print(f"  {what} is seen {statistics.median(took):.2f} s after it was saved, at most {max(took):.2f} s")
        going.clear()
        server.shutdown()
        for thread in threads:
            thread.join()


def _saved(file: Path, address: str, number: int) -> float:
    text = file.read_text(encoding="utf-8")
    head, _, body = text.partition("\nsummary: ")
    file.write_text(f"{head}\nsummary: 第{number}次改的{body}", encoding="utf-8")
    took = _seen(address, f"第{number}次改的")
    file.write_text(text, encoding="utf-8")
    return took


def _seen(address: str, text: str) -> float:
    start = time.perf_counter()
    while True:
        try:
            with urlopen(address, timeout=10) as answer:  # the preview above
                if text in answer.read().decode():
                    return time.perf_counter() - start
        except OSError:
            pass  # not built yet
        time.sleep(0.01)
