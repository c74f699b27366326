"""`doorstep table`: the store that several machines share."""

from __future__ import annotations

import os

import click


@click.command()
def table() -> None:
    """Make the DynamoDB table that DOORSTEP_STORE names, where it is not there, and wait until it can be used.

    A site and its office on two machines share one, with their keys apart: see the README's “Publish it”.
    """
    from doorstep.applications.store import StoreUnavailable  # noqa: PLC0415 — a verb loads its room only
    from doorstep.stores.choosing import make_table, table_of  # noqa: PLC0415

    try:
        name = table_of(os.environ.get("DOORSTEP_STORE", ""))
        if not name:
            raise click.ClickException("DOORSTEP_STORE is not set: set it to dynamodb: and the table's name")
        make_table(name)
    except StoreUnavailable as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"the table {name} is there")
