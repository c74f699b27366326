"""`doorstep examine`: the examiner, which makes plain pages of what residents send."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click

from doorstep.commands.folders import var_folder
from doorstep.commands.modes import DEMO

if TYPE_CHECKING:
    from doorstep.applications.office_keys import ExaminerKeys
    from doorstep.attachments.files import Quarantine
    from doorstep.examiner.running import Log

ALONE = (
    "DOORSTEP_STORE may be shared by several machines, and DOORSTEP_FILES is not set: what residents send to another "
    "machine is not examined here. Set it to s3: and a bucket's name on all of them"
)


@click.command()
@DEMO
@click.option("--beside", type=int, hidden=True, help="The office that started it: it ends with it.")
@click.option("--started", type=int, hidden=True, help="An open file that wants a byte once it has started.")
def examine(*, demo: bool, beside: int | None, started: int | None) -> None:
    """Examine files that residents send, until it is stopped; `doorstep office` runs it beside itself.

    Photos and PDFs become plain pages; all else is refused. Each hour, what was never confirmed is put aside, and
    destroyed a week later. It reads the examiner's keys alone. DOORSTEP_SCANNER, a command line, is asked about each
    file first: content on stdin, exit code 0 for clean, 1 for not.

    Where this system cannot wall in what decodes, --published does not start unless DOORSTEP_EXAMINER_WALLS=none says
    that this is known.
    """
    from doorstep.examiner.apart import walls_here  # noqa: PLC0415 — a verb loads its room only
    from doorstep.examiner.confining import NO_WALLS, missing  # noqa: PLC0415
    from doorstep.examiner.examine import examine as one_round  # noqa: PLC0415
    from doorstep.examiner.fonts import ADVICE, draws_chinese  # noqa: PLC0415
    from doorstep.examiner.patience import Patience  # noqa: PLC0415
    from doorstep.examiner.running import Log, keep_lanes  # noqa: PLC0415
    from doorstep.examiner.scanning import open_scanner  # noqa: PLC0415
    from doorstep.examiner.walls import guarded  # noqa: PLC0415
    from doorstep.serving.parent import end_with_parent  # noqa: PLC0415

    signal.signal(signal.SIGTERM, _stop)
    # A terminal's Ctrl+C reaches everybody in it: beside an office, that one ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN if beside else _stop)
    if beside:
        end_with_parent(beside)
    guarded()
    own, quarantine = _open(var_folder())
    try:
        scanner = open_scanner(os.environ.get("DOORSTEP_SCANNER", ""))
    except ValueError as problem:
        raise click.ClickException(str(problem)) from problem
    less = missing(walls_here())
    if less == NO_WALLS and not demo and os.environ.get("DOORSTEP_EXAMINER_WALLS") != "none":
        raise click.ClickException(NO_WALLS)
    if started is None:
        click.echo("examining what residents send (Ctrl+C stops it)")
    else:
        os.write(started, b"1")
        os.close(started)
    log = Log(sys.stdout, _now)
    if less:
        log.write("examining with fewer walls", why=less)
    if not draws_chinese():
        log.write("examining without fonts", why=ADVICE)
    if os.environ.get("DOORSTEP_STORE") and not os.environ.get("DOORSTEP_FILES"):
        log.write("examining this machine's folder", why=ALONE)
    patience = Patience(time.monotonic)
    keep_lanes(
        lambda lane: one_round(quarantine, own, os.urandom, scanner, patience=patience, lane=lane),
        lambda: _sweep(quarantine, log),
        pause=time.sleep,
        seconds=time.monotonic,
        log=log,
    )


def _open(var: Path) -> tuple[ExaminerKeys, Quarantine]:
    """The examiner's keys and where it finds files. ClickException with what to do."""
    from doorstep.applications.errors import KeyProblem  # noqa: PLC0415
    from doorstep.applications.store import StoreError  # noqa: PLC0415
    from doorstep.examiner.own_key import load_own_keys  # noqa: PLC0415
    from doorstep.stores.choosing import open_quarantine  # noqa: PLC0415

    try:
        return load_own_keys(var), open_quarantine(os.environ.get("DOORSTEP_FILES", ""), var)
    except (KeyProblem, StoreError) as problem:
        raise click.ClickException(str(problem)) from problem


def _sweep(quarantine: Quarantine, log: Log) -> str:
    """Put aside what was never confirmed; what hindered it. Raises StoreError."""
    from doorstep.attachments.sweeping import sweep  # noqa: PLC0415
    from doorstep.examiner.running import tell_sweep  # noqa: PLC0415
    from doorstep.stores.choosing import APPLICATIONS, open_store  # noqa: PLC0415

    var, setting = var_folder(), os.environ.get("DOORSTEP_STORE", "")
    if not setting and not (var / APPLICATIONS).exists():
        return ""  # nobody has applied yet; and a store we made ourselves would know of no file that is confirmed
    store = open_store(setting, var)
    try:
        swept = sweep(store, quarantine, _now())
        tell_sweep(swept, log)
        return swept.trouble
    finally:
        close = getattr(store, "close", None)
        if close is not None:
            close()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    for number in (
        signal.SIGTERM,
        signal.SIGINT,
    ):  # once is enough: a second, from whoever began us, would end no better
        signal.signal(number, signal.SIG_IGN)
    sys.exit(0)
