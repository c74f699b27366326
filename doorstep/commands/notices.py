"""`doorstep notices …`: telling residents by another way than calling them."""

from __future__ import annotations

import os
import sys

import click


@click.group()
def notices() -> None:
    """Telling residents of what happened to their applications."""


@notices.command()
def send() -> None:
    """Send one message to everybody who is still to be told, by the channel that DOORSTEP_CHANNEL names.

    The office does so every minute by itself. DOORSTEP_CHANNEL=folder:PATH writes each message as a file, for a
    program of yours that sends them on; without it, staff call everybody on their list. Whom a message does not reach
    stays on that list.
    """
    from doorstep.commands.opening import office_counter, opened_files  # noqa: PLC0415
    from doorstep.counter.outbox import send_all  # noqa: PLC0415 — a verb loads its room only
    from doorstep.stores.message_folder import open_channel  # noqa: PLC0415

    try:
        channel = open_channel(os.environ.get("DOORSTEP_CHANNEL") or "")
    except ValueError as problem:
        raise click.ClickException(str(problem)) from problem
    if channel is None:
        click.echo("DOORSTEP_CHANNEL is not set: nothing is sent, staff call everybody on their list")
        return
    with opened_files() as files:
        counter = office_counter(files)
        assert files.office is not None
        run = send_all(counter, channel, files.office.leases)
    click.echo(f"{run.sent} sent, {run.failed} failed and tried again next time, {run.given_up} left to the call list")
    if run.stopped:
        click.echo("the channel failed too often in a row: the rest waits for the next run", err=True)
    sys.exit(bool(run.failed or run.given_up))
