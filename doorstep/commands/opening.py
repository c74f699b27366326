"""Opens what a command on the office's machine works with, and says in words why it cannot."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import click

from doorstep.applications.desk import Desk
from doorstep.applications.errors import KeyProblem
from doorstep.applications.office_keys import (
    NOTIFIER,
    PRIVATE,
    SIGNING,
    load_office_keys,
    office_keys,
)
from doorstep.applications.signing import PublicKeys
from doorstep.applications.store import Store, StoreError
from doorstep.commands.folders import ROOT, build_folder, var_folder
from doorstep.counter.checkpoint_chain import CheckpointProblem
from doorstep.counter.counter import Counter
from doorstep.counter.findings import ALTERED, Finding
from doorstep.handed import read_handed
from doorstep.startup import ServeError
from doorstep.stores.choosing import APPLICATIONS, open_files, open_store
from doorstep.stores.office_file import PLACE, OfficeFile
from doorstep.stores.sqlite import SqliteStore


class Files(NamedTuple):
    """The two files. `office` is None where there is none yet. `altered`: what stands in them that Doorstep did not
    make, or lacks; always nothing where they were opened to work with.
    """

    store: Store
    office: OfficeFile | None
    altered: tuple[Finding, ...] = ()


@contextmanager
def opened_files(*, only_to_look: bool = False) -> Iterator[Files]:
    """The applications and the office's records of the data folder; makes neither. ClickException with what to do.

    `only_to_look`: a file in which somebody put something is opened all the same.
    """
    var, setting = var_folder(), os.environ.get("DOORSTEP_STORE", "")
    if not setting and not (var / APPLICATIONS).exists():
        raise click.ClickException(
            f"{var / APPLICATIONS} is not there. Put it back from your latest backup; if this is a new place where "
            "nobody has applied yet, start `doorstep serve` first; if the data lies elsewhere, set DOORSTEP_VAR"
        )
    store = office = None
    try:
        own = only_to_look and not setting
        store = SqliteStore(var / APPLICATIONS, strict=False) if own else open_store(setting, var)
        office = OfficeFile(var / PLACE, strict=not only_to_look) if (var / PLACE).exists() else None
        yield Files(store, office, tuple(_altered(store, APPLICATIONS)) + tuple(_altered(office, PLACE.name)))
    except (StoreError, KeyProblem, CheckpointProblem) as problem:
        raise click.ClickException(str(problem)) from problem
    finally:
        for file in (store, office):
            close = getattr(file, "close", None)
            if close is not None:
                close()


def _altered(file: object, name: str) -> Iterator[Finding]:
    foreign = file.foreign() if isinstance(file, SqliteStore | OfficeFile) else ()
    return (Finding(f"database {name}", ALTERED, why) for why in foreign)


def office_desk(files: Files) -> Desk:
    """A desk with the office's keys. Raises KeyProblem."""
    return Desk(files.store, load_office_keys(var_folder()), lambda: dt.datetime.now(dt.UTC), os.urandom)


def opening_desk(files: Files, trusted: PublicKeys) -> Desk | None:
    """A desk that opens applications and trusts these keys; None where the office's private keys are not here (or not
    for this user). Raises KeyProblem.
    """
    var = var_folder()
    if not all(os.access(var / name, os.R_OK) for name in (PRIVATE, NOTIFIER, SIGNING)):
        return None
    return Desk(files.store, office_keys(var, trusted), lambda: dt.datetime.now(dt.UTC), os.urandom)


def office_counter(files: Files) -> Counter:
    """The counter over these files. ClickException where office or build are missing; raises KeyProblem."""
    if files.office is None:
        raise click.ClickException("there is no office here yet: add staff with `doorstep staff add`")
    try:
        known = read_handed(build_folder(), ROOT / "schemas")
    except ServeError as problem:
        raise click.ClickException(str(problem)) from problem
    resting = open_files(os.environ.get("DOORSTEP_FILES", ""), var_folder())
    return Counter(desk=office_desk(files), readings=files.office.readings, files=resting, **known._asdict())


def checkpoint_folder() -> Path:
    """Where checkpoints are kept: DOORSTEP_CHECKPOINTS, best on another disk, or checkpoints/ in the data folder."""
    return Path(os.environ.get("DOORSTEP_CHECKPOINTS") or var_folder() / "checkpoints")
