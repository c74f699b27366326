"""One process that keeps the site warm (`doorstep.portal.preview`), and the folder it builds into."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path
from queue import Queue
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """What came of building all (`source` is empty) or one page below docs/.

    `findings` have the fields of `portal.findings.Finding`; `stopped` says why it broke off, None where it did not.
    """

    builder: Builder
    source: str
    findings: list[dict[str, Any]]
    stopped: str | None
    seconds: float


class Builder:
    """Starts building at once; every answer comes to the queue."""

    def __init__(self, root: Path, folder: Path, answers: Queue[Answer]) -> None:
        self.folder = folder
        self._answers = answers
        self._asked: deque[tuple[str, float]] = deque([("", time.monotonic())])
        environment = os.environ | {"DOORSTEP_DEMO": "1", "NO_MKDOCS_2_WARNING": "1"}
        self._process = subprocess.Popen(  # noqa: S603 — our own interpreter, a fixed command
            [sys.executable, "-m", "doorstep.portal.preview", str(folder)],
            cwd=root, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            encoding="utf-8",
        )  # fmt: skip
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def built(self) -> bool:
        """Whether there is a site to show."""
        return (self.folder / "index.html").is_file()

    def render(self, source: str) -> None:
        """Asks for one page, a path below docs/."""
        assert self._process.stdin is not None
        self._asked.append((source, time.monotonic()))
        with contextlib.suppress(BrokenPipeError):  # it ended; `_listen` says so
            self._process.stdin.write(f"{source}\n")
            self._process.stdin.flush()

    def end(self) -> None:
        """Ends the process and takes its folder away."""
        with contextlib.suppress(BrokenPipeError), self._process:  # what was asked for and never read is nobody's loss
            self._process.kill()
            self._listener.join()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        for line in self._process.stdout:
            said = json.loads(line)
            source, at = self._asked.popleft()
            took = time.monotonic() - at
            self._answers.put(Answer(self, source, said["findings"], said.get("stopped"), took))
        why = self._process.stderr.read().strip().rpartition("\n")[2]
        self._answers.put(Answer(self, "", [], why or "预览的进程停了", 0.0))
