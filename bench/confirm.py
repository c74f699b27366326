"""Confirming applications: Doorstep beside FastAPI + uvicorn + pydantic, one worker each, in one run, rows counted."""

from __future__ import annotations

import json
import os
import secrets
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.load import Load, drive

ROOT = Path(__file__).parents[1]
FORM = "minimum-living-allowance"
PATH = f"/api/forms/{FORM}/applications"
SERVER_CPU, CLIENT_CPU = {0}, {1}


@dataclass(frozen=True)
class Contestant:
    """A server to load: how it is started, and how many applications its file holds."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    count: str
    file: Path


def contestants(folder: Path) -> list[Contestant]:
    """Doorstep, (a) the peer that seals and signs, (b) the peer that stores plaintext. `{port}` is filled in later."""

    def peer(letter: str, app: str) -> Contestant:
        place = folder / app
        place.mkdir()
        command = [sys.executable, "-m", "uvicorn", f"bench.peers:{app}", "--port", "{port}", "--no-access-log"]
        count = "SELECT count(*) FROM rows"
        environment = {"BENCH_FOLDER": str(place)}
        name = f"({letter}) FastAPI, {app}"
        return Contestant(name, [*command, "--log-level", "warning"], environment, count, place / "rows.sqlite3")

    ours = {"PORT": "{port}", "DOORSTEP_VAR": str(folder / "var"), "DOORSTEP_WORKERS": "1"}
    serve = [sys.executable, "-m", "doorstep", "serve", "--demo", "--no-office"]
    doorstep = Contestant(
        "Doorstep", serve, ours, "SELECT count(*) FROM heads", folder / "var" / "applications.sqlite3"
    )
    return [doorstep, peer("a", "sealing"), peer("b", "plaintext")]


def run(*, rounds: int = 5, requests: int = 1000) -> None:
    """Print requests a second at 1, 8 and 32 clients, and the median of the ratios round by round."""
    with tempfile.TemporaryDirectory() as folder:
        for clients in (1, 8, 32):
            place = Path(folder) / str(clients)
            place.mkdir()
            measure(contestants(place), clients, rounds, requests if clients > 1 else requests // 2)


def measure(runners: Sequence[Contestant], clients: int, rounds: int, requests: int) -> None:
    """One line a contestant at this number of clients; all three are up at once and take turns."""
    taken: dict[str, list[Load]] = {runner.name: [] for runner in runners}
    with started(runners) as ports:
        for runner in runners:
            drive(ports[runner.name], PATH, bodies(100), clients)
        for number in range(rounds):
            for runner in [*runners[number % 3 :], *runners[: number % 3]]:
                taken[runner.name].append(drive(ports[runner.name], PATH, bodies(requests), clients))
    for runner in runners:
        loads = taken[runner.name]
        wrong = {status for load in loads for status in load.statuses} - {201}
        with closing(sqlite3.connect(runner.file)) as database:
            stored = database.execute(runner.count).fetchone()[0]
        expected = 100 + rounds * requests
        ratio = statistics.median(
            ours.per_second / theirs.per_second for ours, theirs in zip(taken["Doorstep"], loads, strict=True)
        )
        speed, p50, p99 = (
            statistics.median(getattr(load, figure) for load in loads)
            for figure in ("per_second", "median_ms", "p99_ms")
        )
        print(
            f"confirm, {clients:2} clients: {runner.name:24} {speed:7.0f}/s  p50 {p50:6.2f} ms  p99 {p99:6.2f} ms"
            f"  rows {stored}/{expected}{f'  WRONG STATUSES {wrong}' if wrong else ''}  Doorstep is {ratio:.2f} ×",
            flush=True,
        )


def bodies(count: int) -> list[bytes]:
    """`count` applications of the test person, each with a key of its own."""
    form: dict[str, Any] = json.loads((ROOT / "schemas" / "forms" / f"{FORM}.json").read_text())
    answers = form["examples"][0]
    return [
        json.dumps({"answers": answers, "submission_key": secrets.token_urlsafe(16)}, ensure_ascii=False).encode()
        for _ in range(count)
    ]


@contextmanager
def started(runners: Sequence[Contestant]) -> Iterator[dict[str, int]]:
    """All contestants up, on one processor; this process, the client, on the other where there are two."""
    both = len(os.sched_getaffinity(0)) > 1
    ports: dict[str, int] = {}
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for runner in runners:
            port = free_port()
            ports[runner.name] = port
            environment = os.environ | {name: text.format(port=port) for name, text in runner.environment.items()}
            command = [word.format(port=port) for word in runner.command]
            processes.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL))
            wait_for(port, processes[-1])
            if both:
                os.system(f"taskset -acp {','.join(map(str, SERVER_CPU))} {processes[-1].pid} >/dev/null")
                for child in children(processes[-1].pid):
                    os.system(f"taskset -acp {','.join(map(str, SERVER_CPU))} {child} >/dev/null")
        if both:
            os.sched_setaffinity(0, CLIENT_CPU)
        yield ports
    finally:
        os.sched_setaffinity(0, SERVER_CPU | CLIENT_CPU if both else SERVER_CPU)
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(20)


def children(pid: int) -> list[str]:
    """Process ids started by `pid`."""
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return once something listens on the port; RuntimeError when the process ended first."""
    while process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(0.5)
                return
        time.sleep(0.1)
    raise RuntimeError(f"a contestant did not start: {process.args!r}")
