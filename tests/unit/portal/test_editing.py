"""An editor's preview: what is saved is shown, what is wrong is said, and nothing an editor saves ends it."""

from __future__ import annotations

import json
import shutil
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from doorstep.editing.files import changed, look
from doorstep.editing.pages import open_server
from doorstep.editing.session import Session

ROOT = Path(__file__).parents[3]
GUIDE = "docs/services/minimum-living-allowance.md"
PAGE = "/services/minimum-living-allowance/"
HEADING = "## 谁能办 {#who}\n"


class Editor:
    """Somebody who saves files, and looks."""

    def __init__(self, root: Path, address: str) -> None:
        self.root, self.address = root, address
        self.told: list[str] = []

    def get(self, path: str) -> str:
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as wrong:
            return wrong.read().decode()

    def state(self, page: str = PAGE) -> Any:
        return json.loads(self.get(f"/.doorstep/state?page={page}"))

    def rules(self) -> list[str]:
        return [found["rule"] for found in self.state()["findings"]]

    def replace(self, old: str, new: str, file: str = GUIDE) -> None:
        text = (self.root / file).read_text(encoding="utf-8")
        assert old in text
        (self.root / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    def see(self, what: Callable[[], bool]) -> None:
        """Looks until it is so; a minute is far more than it takes."""
        until = time.monotonic() + 60
        while not what():
            assert time.monotonic() < until, f"{self.told}\n{self.state()}"
            time.sleep(0.02)


@pytest.fixture
def editor(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Editor]:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))  # the builder runs where the content is, and the code is here
    shutil.copy(ROOT / "mkdocs.yml", content)
    told: list[str] = []
    session = Session(content, tmp_path / "preview", told.append)
    going = threading.Event()
    going.set()
    with open_server(session, "127.0.0.1", 0) as server:
        editor = Editor(content, f"http://127.0.0.1:{server.server_port}")
        editor.told = told
        threads = [
            threading.Thread(target=server.serve_forever),
            threading.Thread(target=session.run, args=(going.is_set,)),
        ]
        for thread in threads:
            thread.start()
        yield editor
        going.clear()
        server.shutdown()
        for thread in threads:
            thread.join(30)
    assert not (tmp_path / "preview").exists()


def test_what_is_saved_is_shown_and_what_is_wrong_is_said(editor: Editor) -> None:
    editor.see(lambda: "<h1>申请低保</h1>" in editor.get(PAGE))
    assert "/.doorstep/edit.js" in editor.get(PAGE)
    first = editor.state()
    assert first["findings"] == []

    editor.replace(HEADING, HEADING + "\n今天新写的一句。\n")
    editor.see(lambda: "今天新写的一句" in editor.get(PAGE))
    assert editor.state()["page"] != first["page"]  # so the browser loads it again

    editor.replace("title: 申请低保\n", "title 申请低保\n")
    editor.see(lambda: bool(editor.rules()))
    assert "今天新写的一句" in editor.get(PAGE)  # the page stays as it was

    editor.replace("title 申请低保\nsummary: ", "title: 申请低保\nsummary: 新写的：")
    editor.see(lambda: "新写的：一家人" in editor.get(PAGE) and not editor.rules())
    editor.see(lambda: "新写的：一家人" in editor.get("/services/"))  # lists follow

    editor.replace("今天新写的一句", "今天受理")
    editor.see(lambda: editor.rules() == ["plain-words"])
    editor.see(lambda: "查过了，有 1 处" in editor.told[-1])
    assert sum(f"{GUIDE}:" in line for line in editor.told[-3:]) == 1  # once, before it is said that all was looked at

    editor.replace("今天受理", "今天正式收下开始办")
    editor.replace("decide: 区民政局", "decide: 市公安局")
    editor.see(lambda: "office-unknown" in editor.rules())
    assert not any("KeyError" in line for line in editor.told)


def test_a_session_that_begins_with_a_mistake_shows_the_site_once_it_is_mended(editor: Editor) -> None:
    text = (editor.root / GUIDE).read_text(encoding="utf-8")
    (editor.root / GUIDE).write_text("---\nid: [\n---\n", encoding="utf-8")
    editor.see(lambda: "yaml-unreadable" in editor.rules())
    (editor.root / GUIDE).write_text(text, encoding="utf-8")
    editor.see(lambda: "<h1>申请低保</h1>" in editor.get(PAGE) and not editor.rules())


def test_changes_are_seen_whatever_they_are(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "kept.md").write_text("a")
    (tmp_path / "docs" / "gone.md").write_text("a")
    before = look(tmp_path)
    assert changed(before, look(tmp_path)) == set()
    (tmp_path / "docs" / "gone.md").unlink()
    (tmp_path / "docs" / "new.md").write_text("a")
    (tmp_path / "docs" / "kept.md").write_text("ab")
    assert changed(before, look(tmp_path)) == {"docs/gone.md", "docs/new.md", "docs/kept.md"}


def test_nothing_outside_the_site_is_served(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret")
    session = Session(tmp_path, tmp_path / "preview", print)
    with open_server(session, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        editor = Editor(tmp_path, f"http://127.0.0.1:{server.server_port}")
        for path in ("/../secret.html", "/%2e%2e/secret.html", "/.doorstep/../../secret.html"):
            assert "secret" not in editor.get(path)
        assert "稍等" in editor.get("/")
        server.shutdown()
