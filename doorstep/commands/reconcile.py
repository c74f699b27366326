"""`doorstep checkpoint` and `doorstep reconcile`: that nothing stored vanishes or is altered unseen."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from doorstep.counter.reconcile import Reconciliation

LATE = dt.timedelta(hours=2)
"""Checkpoints are hourly; an older newest one is worth a word."""


@click.command()
def checkpoint() -> None:
    """Write a signed checkpoint of every application that changed since the one before.

    The office does so every hour by itself. The files go to DOORSTEP_CHECKPOINTS, else to checkpoints/ in the data
    folder. Put them on another disk or another machine, where whoever can change the database cannot change them,
    and let nobody delete them. What is missing, altered or rolled back is told and not checkpointed (exit 1).
    """
    from doorstep.commands.opening import checkpoint_folder, office_desk, opened_files  # noqa: PLC0415
    from doorstep.counter.checkpointing import take_checkpoint  # noqa: PLC0415 — a verb loads its room only

    with opened_files() as files:
        office = files.office
        readings, memory = (office.readings, office.checkpoints) if office else (None, None)
        taken = take_checkpoint(office_desk(files), readings, checkpoint_folder(), memory=memory)
    if taken is None:
        return
    click.echo(f"checkpoint {taken.link.number}: {_count(taken.link.lines, 'application')} new or changed")
    click.echo(str(taken.link.path))
    for finding in taken.findings:
        click.echo(str(finding), err=True)
    if taken.findings:
        click.echo("none of this was checkpointed; `doorstep reconcile` looks at everything", err=True)
    sys.exit(bool(taken.findings))


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--keys",
    "jwks",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Public keys (JWK Set) from a copy of yours, where the office's folder is not: all in it are trusted, those "
    "of role office too.",
)
def reconcile(*, form: str, jwks: Path | None) -> None:
    """Prove that every checkpointed application is still there and extends what was checkpointed, and that all
    signatures, sealed items, papers and the reading log hold. Exit 1 when anything does not, one line each.

    Which keys are the office's, the office's own folder says; intake's list is trusted for intake's alone. With --keys
    no private key is needed; only where the office's are, is what stands in a resident's name held to its content, and
    what was kept of a paper opened. intake/office-public.json proves what the examiner made of papers, and refused;
    where that is not, a paper is only seen to be there.
    Residents and staff may work meanwhile. It cannot see: an application that was deleted before its first checkpoint,
    and the newest checkpoints taken away together with the office's file, which remembers them.
    """
    from doorstep.applications.key_formats import read_jwk_set  # noqa: PLC0415
    from doorstep.applications.office_keys import SIGNING, load_examined_by, load_trusted_keys  # noqa: PLC0415
    from doorstep.commands.folders import var_folder  # noqa: PLC0415
    from doorstep.commands.opening import checkpoint_folder, opened_files, opening_desk  # noqa: PLC0415
    from doorstep.counter.reconcile import Reconciliation  # noqa: PLC0415
    from doorstep.stores.choosing import open_files  # noqa: PLC0415

    found = []
    with opened_files(only_to_look=True) as files:
        if jwks is None and not (var_folder() / SIGNING).exists():
            raise click.ClickException(f"{SIGNING} is not here: on a machine without the office's folder, give --keys")
        keys = read_jwk_set(jwks.read_bytes(), str(jwks)) if jwks else load_trusted_keys(var_folder())
        office = files.office
        readings, memory = (office.readings, office.checkpoints) if office else (None, None)
        opener = opening_desk(files, keys)
        papers = open_files(os.environ.get("DOORSTEP_FILES", ""), var_folder())
        run = Reconciliation(
            files.store, keys, readings, checkpoint_folder(), memory=memory, opener=opener, files=papers,
            examined_by=load_examined_by(var_folder()), now=dt.datetime.now(dt.UTC),
        )  # fmt: skip
        for finding in chain(files.altered, run.findings()):
            found.append(finding._asdict())
            if form == "text":
                click.echo(str(finding))
    if form == "json":
        told = {"findings": found, **_counts(run), "content_checked": opener is not None}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_summary(run, len(found), opened=opener is not None)))
    sys.exit(bool(found))


_LOOKED_AT = ("applications", "items", "papers", "readings", "checkpoints")


def _counts(run: Reconciliation) -> dict[str, object]:
    newest = {"number": run.newest.number, "at": run.newest.at} if run.newest else None
    looked_at = {name: getattr(run, name) for name in _LOOKED_AT}
    return {"looked_at": looked_at, "newest_checkpoint": newest}


def _summary(run: Reconciliation, found: int, *, opened: bool) -> list[str]:
    papers = f"{_count(run.papers, 'paper')}, " if run.papers else ""
    looked_at = (
        f"{_count(run.applications, 'application')}, {_count(run.items, 'sealed item')}, {papers}"
        f"{_count(run.readings, 'reading')} and {_count(run.checkpoints, 'checkpoint')}"
    )
    lines = [f"looked at {looked_at}: {_outcome(run, found)}"]
    if not opened:
        lines.append(
            "steps in residents' names, and papers: content was not checked, as the office's private keys are not here"
        )
    if found:
        lines.append("change nothing yet: copy data folder and checkpoints as they are, then compare with your backups")
    if run.newest is not None:
        newest = f"{run.newest.number}, of {run.newest.at}"
        lines.append(f"newest checkpoint: {newest}; if you know of a later one, somebody took it away")
        if dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(run.newest.at) > LATE:
            lines.append("it is not of the last two hours: see that the office runs")
    return lines


def _outcome(run: Reconciliation, found: int) -> str:
    if found:
        return _count(found, "finding")
    return "all is as it was" if run.applications or run.checkpoints else "there is nothing here yet"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
