"""An editor's session: what is saved is shown at once, and the whole site is built anew behind it, and checked.

A page that was there is made anew by the process that built the site; lists, other pages and the checks across files
follow from a new process, which takes over when it has built all. With errors in it what stood before stays.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from doorstep.editing.builder import Answer, Builder
from doorstep.editing.files import Seen, changed, look

BETWEEN_LOOKS = 0.15
"""Seconds; the price of looking is a few hundredths of one."""
PAGES = "docs/"
BEGUN, DONE = "在查：", "查过了"
"""Around what is found: .vscode/tasks.json takes the lines between them for findings."""
MOST_NAMED = 5


class Session:
    """`findings`, and `stopped` where something broke, are for whoever shows pages; `folder` is where they lie."""

    def __init__(self, root: Path, build: Path, tell: Callable[[str], None]) -> None:
        self.root, self.build, self._tell = root, build, tell
        self.findings: list[dict[str, Any]] = []
        self.stopped: str | None = None
        self._answers: Queue[Answer] = Queue()
        self._shown: Builder | None = None
        self._coming: Builder | None = None
        self._count = 0

    @property
    def folder(self) -> Path | None:
        return self._shown.folder if self._shown else None

    def run(self, going_on: Callable[[], bool]) -> None:
        """Until `going_on` says no."""
        shutil.rmtree(self.build, ignore_errors=True)
        seen = look(self.root)
        self._tell(f"{_now()} {BEGUN}全站")
        self._build_all()
        try:
            while going_on():
                seen = self._turn(seen)
        finally:
            for builder in (self._coming, self._shown):
                if builder:
                    builder.end()
            shutil.rmtree(self.build, ignore_errors=True)

    def _turn(self, seen: Seen) -> Seen:
        now = look(self.root)
        if saved := changed(seen, now):
            self._tell(f"{_now()} {BEGUN}{'、'.join(sorted(saved)[:MOST_NAMED])}")
            for path in sorted(saved):
                if self._shown and path.startswith(PAGES) and path.endswith(".md") and path in seen and path in now:
                    self._shown.render(path.removeprefix(PAGES))
            self._build_all()
        with contextlib.suppress(Empty):
            self._take(self._answers.get(timeout=BETWEEN_LOOKS))
        return now

    def _build_all(self) -> None:
        if self._coming:
            self._coming.end()  # what it builds is out of date
        self._count += 1
        self._coming = Builder(self.root, self.build / str(self._count), self._answers)

    def _take(self, answer: Answer) -> None:
        if answer.builder is self._coming:
            self._take_over(answer)
        elif answer.builder is self._shown:
            self._page_made(answer)

    def _page_made(self, answer: Answer) -> None:
        """What is wrong is shown beside the page at once; the terminal is told by the build of all, which follows."""
        if answer.stopped:
            return  # as by a fact that the lists do not know: that build says what is wrong
        file = f"{PAGES}{answer.source}"
        self.findings = [*answer.findings, *(one for one in self.findings if one["file"] != file)]
        if not answer.findings:
            self._tell(f"{_now()} {file} 换上了（{answer.seconds:.2f}秒）")

    def _take_over(self, answer: Answer) -> None:
        self._coming = None
        if answer.builder.built:
            before, self._shown = self._shown, answer.builder
            if before:
                before.end()
        else:
            answer.builder.end()
        self.findings, self.stopped = answer.findings, answer.stopped
        self._report(answer)
        many = len(answer.findings) + (answer.stopped is not None)
        kept = "" if answer.builder.built else "；别的页面还是改之前的样子" if self._shown else "；改好就有网页看"
        result = f"有 {many} 处要改{kept}" if many else "没有问题"
        self._tell(f"{_now()} {DONE}，{result}（{answer.seconds:.1f}秒）")

    def _report(self, answer: Answer) -> None:
        for one in answer.findings:
            self._tell(f"  {line_of(one)}")
        if answer.stopped:
            self._tell(f"  {answer.stopped}")


def line_of(finding: dict[str, Any]) -> str:
    """“file:line: problem → remedy”, as `doorstep check` says it."""
    at = f":{finding['line']}" if finding["line"] else f"#{finding['pointer']}" if finding["pointer"] else ""
    return f"{finding['file']}{at}: {finding['problem']} → {finding['remedy']}"


def _now() -> str:
    return time.strftime("%H:%M:%S")
