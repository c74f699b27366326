"""`doorstep serve` and `doorstep office` themselves, over the small site, which they take for up to date."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from doorstep.building import _fingerprint
from doorstep.serving.application import ServeSettings
from tests.functional.house import ROOT
from tests.functional.running import Server


@dataclass
class Command:
    """A running command and its two ports; `site` asks the one, `office` the other."""

    process: subprocess.Popen[bytes]
    site: Server
    office: Server
    log: Path

    def told(self) -> str:
        return self.log.read_text()

    def families(self) -> tuple[list[int], list[int]]:
        """The processes of the site, and those of the office beside it; not the examiner's beside that."""
        everybody = family(self.process.pid)
        offices = [number for number in everybody if b"\0office\0--beside\0" in words_of(number)]
        below = {number for office in offices for number in family(office)}
        site = [number for number in everybody if number not in below]
        return site, sorted(below - set(self.examiner()))

    def examiner(self) -> list[int]:
        """The examiner's process, and whatever it examines a file in."""
        everybody = family(self.process.pid)
        examiners = [number for number in everybody if b"\0examine\0--beside\0" in words_of(number)]
        return sorted(number for examiner in examiners for number in family(examiner))

    def examiners_children(self) -> list[int]:
        """What a command that is the examiner itself examines a file in."""
        return family(self.process.pid)[1:]

    def everybody(self) -> list[int]:
        return [process for side in (*self.families(), self.examiner()) for process in side]

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(40)


def family(process: int) -> list[int]:
    """A process and everything below it."""
    try:
        below = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:  # it has just ended
        return [process]
    return [process, *(one for child in below for one in family(int(child)))]


def words_of(process: int) -> bytes:
    """The command line of a process, nothing of one that has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def alive(process: int) -> bool:
    """Whether it runs: one that ended and that nobody asked about does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def all_end(processes: list[int], *, within: float = 20) -> bool:
    deadline = time.monotonic() + within
    while any(map(alive, processes)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(alive, processes))


def begin(settings: ServeSettings, *words: str, **environment: str) -> Command:
    """`doorstep` with these words; nobody waits for it."""
    published = "--published" in words
    (settings.build / "stamp").write_text(
        f"{_fingerprint(ROOT, demo=not published)} {environment.get('DOORSTEP_ORIGIN', '')}"
    )
    port, office = free_ports(2)
    log = settings.var.parent / "command.log"
    places = {
        "DOORSTEP_VAR": str(settings.var), "DOORSTEP_BUILD": str(settings.build), "DOORSTEP_WORKERS": "2",
        "PORT": str(port), "OFFICE_PORT": str(office),
    }  # fmt: skip
    chosen = places | environment
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "doorstep", *words], cwd=ROOT, env=os.environ | chosen, stdout=output, stderr=output
        )
    return Command(
        process, Server(process, int(chosen["PORT"]), log), Server(process, int(chosen["OFFICE_PORT"] or 0), log), log
    )


@contextmanager
def running_command(settings: ServeSettings, *words: str, **environment: str) -> Iterator[Command]:
    """The command, once everything that it serves answers, until the block ends."""
    command = begin(settings, *words, **environment)
    try:
        if words[0] == "serve":
            wait_for(command, command.site, "/api/health")
        if words[0] == "office" or not {"--no-office", "--published"} & set(words):
            wait_for(command, command.office, "/health")
        yield command
    finally:
        if command.process.poll() is None:
            command.end()


def wait_for(command: Command, server: Server, path: str) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            if server.request("GET", path)[0] == 200:
                return
        except (OSError, http.client.HTTPException):
            assert time.monotonic() < deadline, command.told()
            assert command.process.poll() is None, command.told()
            time.sleep(0.05)
