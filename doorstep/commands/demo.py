"""`doorstep demo`: the demonstration with made-up applications in every state, in a data folder of its own."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import click

from doorstep.commands.folders import ROOT, bring_up_to_date, build_folder, var_folder
from doorstep.commands.ports import site_address, site_port

READY = "demonstration"
"""This file in the data folder says that its stories have been told."""


@click.command()
@click.option("--fill", is_flag=True, hidden=True, help="Only tell the stories and print the links.")
@click.pass_context
def demo(context: click.Context, *, fill: bool) -> None:
    """Serve site and office with made-up applications in every state, and print links that sign staff in.

    They lie in the folder `demo` of the data folder; delete it to begin anew.
    """
    from doorstep.commands.serve import serve  # noqa: PLC0415 — a verb loads its room only

    if fill:
        _fill(var_folder())
        return
    os.environ["DOORSTEP_VAR"] = str(var_folder() / "demo")
    bring_up_to_date(demo=True, always=False, here=site_address())
    for words in (["keys"], ["demo", "--fill"]):
        _in_a_process_that_ends(words)
    context.invoke(serve, demo=True, office=True)


def _in_a_process_that_ends(words: list[str]) -> None:
    """Both read the office's keys. This process must not: the public workers are forked from it."""
    quiet = subprocess.DEVNULL if words == ["keys"] else None
    command = [sys.executable, "-m", "doorstep", *words]
    if subprocess.run(command, stdout=quiet, check=False).returncode:  # noqa: S603 — our own interpreter, fixed words
        sys.exit(1)


def _fill(var: Path) -> None:
    from doorstep.demo.city import STAFF, found_city  # noqa: PLC0415
    from doorstep.demo.living import live  # noqa: PLC0415
    from doorstep.demo.stories import STORIES  # noqa: PLC0415

    if not (var / READY).exists():
        if (var / "applications.sqlite3").exists():
            raise click.ClickException(
                f"{var} was filled half: delete this folder (it holds nothing but the demonstration) and start again"
            )
        city = found_city(var, build_folder(), ROOT / "schemas")
        try:
            for story in STORIES:
                live(city, story)
        finally:
            city.close()
        (var / READY).touch()
        click.echo(f"{len(STORIES)} made-up applications, in every state")
    click.echo("Sign-in links of the demonstration's staff, each for one use; start again for new ones. More staff:")
    click.echo(f"  DOORSTEP_VAR={var} PORT={site_port()} .venv/bin/doorstep staff add NAME --office OFFICE --role ROLE")
    for name, _, role in STAFF:
        click.echo(f"  {role:8} {name}\n           {_link(var, name)}")


def _link(var: Path, name: str) -> str:
    from doorstep.commands.staff import LINK_PATH, office_origin  # noqa: PLC0415
    from doorstep.counter.sign_in import mint_link  # noqa: PLC0415
    from doorstep.stores.office_file import open_office  # noqa: PLC0415

    office = open_office(var)
    try:
        found = office.staff.by_name(name)
        assert found is not None, "the demonstration's staff was entered before"
        token = mint_link(office.links, found, now=dt.datetime.now(dt.UTC), random=os.urandom)
    finally:
        office.close()
    return f"{office_origin()}{LINK_PATH}?token={token}"
