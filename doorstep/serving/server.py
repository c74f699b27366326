"""Runs the application behind granian: a real HTTP server, several workers, a calm end."""

from __future__ import annotations

import functools
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from doorstep.serving.application import Function, ServeSettings, create_front, load_function
from doorstep.serving.front import Front
from doorstep.serving.parent import end_with_parent, leave_with_parent
from doorstep.startup import ServeError, keeps_cookies

__all__ = ["ServeError", "check_port", "run_server"]

TITLES: dict[Function, str] = {"intake": "家门口 Doorstep", "office": "办事窗口 Doorstep office"}
"""What the line with the address begins with."""

NO_SESSIONS = (
    "Over plain http browsers keep the office's sessions on this machine alone: from other machines nobody can sign "
    "in. For them put a proxy that speaks TLS in front, and set DOORSTEP_OFFICE_ORIGIN to its https address."
)
"""Said at the start of an office that other machines reach, and that has no https address."""

CONNECTIONS = 8192
"""Connections a worker holds at once, idle ones too; granian's own limit, some 500, is one bored attacker's burst."""

PATIENCE = 20
"""Seconds a request under way may take to finish after SIGTERM."""

OFFICE_SETTINGS = ("DOORSTEP_OIDC_", "DOORSTEP_CHANNEL", "DOORSTEP_CHECKPOINTS", "DOORSTEP_BESIDE")
"""How the names of settings begin that are the office's alone, and handed on as they are."""

THREADS = 16
"""Requests one worker answers at once: each waits for the disk, not for the processor."""


def run_server(
    *,
    root: Path,
    var: Path,
    build: Path,
    demo: bool,
    port: int,
    host: str = "127.0.0.1",
    function: Function = "intake",
    on_start: Callable[[], object] | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is under way; raises ServeError when it cannot start.

    `function`: intake with the site in front of it, or the office alone, in one worker. `on_start` is called when
    signals are heard and nothing is answered yet.

    Read from the environment: HOST (address to bind), DOORSTEP_WORKERS (processes), DOORSTEP_PROXIES,
    DOORSTEP_ORIGIN and DOORSTEP_OFFICE_ORIGIN (the public addresses; what is published does not start without its own).
    """
    host = os.environ.get("HOST") or host
    settings = ServeSettings(
        root=root,
        var=var,
        build=build,
        demo=demo,
        proxies=_whole_number("DOORSTEP_PROXIES", 0),
        origin=os.environ.get("DOORSTEP_ORIGIN", ""),
        office_origin=os.environ.get("DOORSTEP_OFFICE_ORIGIN", ""),
        store=os.environ.get("DOORSTEP_STORE", ""),
        files=os.environ.get("DOORSTEP_FILES", ""),
        files_origin=os.environ.get("DOORSTEP_FILES_ORIGIN", ""),
        office={name: value for name, value in os.environ.items() if name.startswith(OFFICE_SETTINGS)},
    )
    # One worker for the office: what it does by itself is done once, and a counter has few people at it.
    workers = 1 if function == "office" else _whole_number("DOORSTEP_WORKERS", min(4, os.cpu_count() or 1))
    check_port(host, port, "OFFICE_PORT" if function == "office" else "PORT")
    if function == "office" and not keeps_cookies(settings.office_origin or f"http://{host}"):
        _say(NO_SESSIONS)
    _check_start(function, settings)
    _allow_files(2 * CONNECTIONS)
    server = Server(
        "doorstep",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        workers=workers,
        loop=Loops.asyncio,
        http=HTTPModes.http1,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=15_000),
        log_level=LogLevels.error,
        log_access=False,  # its lines would hold addresses with their queries; the functions write their own
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
    )
    if on_start:
        server.on_startup(on_start)
    server.on_startup(lambda: _say(f"{TITLES[function]}: http://{host}:{port}/  (Ctrl+C stops it)"))
    os.register_at_fork(after_in_child=functools.partial(_in_worker, os.getpid()))
    server.serve(target_loader=functools.partial(_load, function, settings), wrap_loader=False)


def _in_worker(parent: int) -> None:
    """The first thing in a forked worker: told to stop while it is still loading, it stops.

    Until granian sets its own handler a worker has its parent's, which would lose the signal. Nothing is under way
    yet, and an exception might be raised anywhere: so no SystemExit.
    """
    signal.signal(signal.SIGTERM, lambda _number, _frame: os._exit(0))
    end_with_parent(parent)


def _load(function: Function, settings: ServeSettings) -> Front:
    """In a worker: the application."""
    leave_with_parent(os.getppid())
    return create_front(function, settings, THREADS)


def _check_start(name: Function, settings: ServeSettings) -> None:
    """Start the function once here, so that a missing key or folder is one clear sentence and no worker's traceback."""
    function = load_function(name, settings)
    if name == "intake":
        function.start().files_word.word()  # where none would be taken now, the log says why; all else is served
    function.stop()  # workers are forked: no database connection may be shared with them
    if name == "intake" and not (settings.build / "site" / "index.html").exists():
        raise ServeError(f"there is no site in {settings.build / 'site'}: run `doorstep build` first")


def _allow_files(wanted: int) -> None:
    """Let this process and its workers hold `wanted` open files, or as many as the system grants."""
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    granted = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    if soft != resource.RLIM_INFINITY and soft < granted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (granted, most))


def check_port(host: str, port: int, variable: str) -> None:
    """Raises ServeError where nobody can listen there; `variable` is the environment's name for the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as reason:
            raise ServeError(
                f"port {port} on {host} cannot be used ({reason.strerror}): "
                f"stop what uses it, or choose another with {variable}={port + 1 if port < 65535 else 8000}"
            ) from reason


def _whole_number(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal():
        raise ServeError(f"{name} must be a whole number, such as {default}")
    return int(text)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
