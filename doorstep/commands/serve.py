"""`doorstep serve` and `doorstep office`: which processes stand on a machine, and what starts them."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from contextlib import ExitStack

import click

from doorstep.built import hold
from doorstep.commands.folders import ROOT, bring_up_to_date, build_folder, var_folder
from doorstep.commands.modes import DEMO
from doorstep.commands.ports import office_port, site_address, site_host, site_port


@click.command()
@DEMO
@click.option(
    "--with-office/--no-office",
    "office",
    default=None,
    help="Serve the office too, in a process of its own. The demonstration does, a published site does not.",
)
def serve(*, demo: bool, office: bool | None) -> None:
    """Build what changed, make keys if there are none, and serve site and intake on one address.

    Beside it stands the office on OFFICE_PORT (PORT + 1). A published site's office is best on another machine, with
    its key; --with-office is for who has only one.
    """
    from doorstep.serving.beside import OFFICE, beside  # noqa: PLC0415 — a verb loads its room only
    from doorstep.serving.server import ServeError, check_port, run_server  # noqa: PLC0415

    with_office = demo if office is None else office
    host, port = site_host(), site_port()
    if with_office and office_port() == port:
        raise click.ClickException(f"PORT and OFFICE_PORT are both {port}: the office needs a port of its own")
    bring_up_to_date(demo=demo, always=False, here=site_address())
    build = hold(build_folder())
    try:
        if with_office:  # all before anything starts: what stands is never half of it
            check_port(host, port, "PORT")
            check_port(host, office_port(), "OFFICE_PORT")
            _check_scanner()
        _prepare_keys()
        with ExitStack() as stack:
            on_start = None
            if with_office:
                words = ["office", "--beside", str(os.getpid()), "--demo" if demo else "--published"]
                where = {"OFFICE_PORT": str(office_port()), "DOORSTEP_BESIDE": site_address()}
                where["DOORSTEP_BUILD"] = str(build)  # both know the same services, whenever the office begins again
                on_start = stack.enter_context(beside(words, where, OFFICE)).watch
            run_server(root=ROOT, var=var_folder(), build=build, demo=demo, port=port, host=host, on_start=on_start)
    except ServeError as problem:
        raise click.ClickException(str(problem)) from problem


@click.command()
@DEMO
@click.option(
    "--beside", type=int, hidden=True, help="The `doorstep serve` that started it: it builds nothing, and ends with it."
)
@click.option("--started", type=int, hidden=True, help="An open file that wants a byte once it has started.")
def office(*, demo: bool, beside: int | None, started: int | None) -> None:
    """Serve the office, where staff handle applications, on OFFICE_PORT (PORT + 1), with the examiner beside it.

    DOORSTEP_OFFICE_ORIGIN is its public origin; a published office does not start without.
    """
    from doorstep.serving.beside import EXAMINER  # noqa: PLC0415
    from doorstep.serving.beside import beside as start_beside  # noqa: PLC0415
    from doorstep.serving.parent import end_with_parent  # noqa: PLC0415
    from doorstep.serving.server import ServeError, check_port, run_server  # noqa: PLC0415

    if beside:
        end_with_parent(beside)
    else:
        _need_applications()
        bring_up_to_date(demo=demo, always=False)
    mode = "--demo" if demo else "--published"
    told = None if started is None else functools.partial(_tell, started)
    try:
        check_port(site_host(), office_port(), "OFFICE_PORT")
        _check_scanner()
        with start_beside(["examine", "--beside", str(os.getpid()), mode], {}, EXAMINER) as examiner:
            run_server(
                root=ROOT,
                var=var_folder(),
                build=hold(build_folder()),
                demo=demo,
                port=office_port(),
                host=site_host(),
                function="office",
                on_start=functools.partial(examiner.watch, told),  # whoever waits for the office waits for both
            )
    except ServeError as problem:
        raise click.ClickException(str(problem)) from problem


def _need_applications() -> None:
    """A mistyped DOORSTEP_VAR would else make an office without applications, and look like an empty queue."""
    from doorstep.stores.choosing import APPLICATIONS  # noqa: PLC0415

    place = var_folder() / APPLICATIONS
    if not os.environ.get("DOORSTEP_STORE") and not place.exists():
        raise click.ClickException(
            f"{place} is not there: `doorstep serve` makes it, so start that first; if it lies elsewhere, set "
            "DOORSTEP_VAR to its folder; if it was there, put it back from your latest backup"
        )


def _check_scanner() -> None:
    """Before the examiner, two processes further, says so while others start."""
    from doorstep.examiner.scanning import open_scanner  # noqa: PLC0415

    try:
        open_scanner(os.environ.get("DOORSTEP_SCANNER", ""))
    except ValueError as problem:
        raise click.ClickException(str(problem)) from problem


def _tell(file: int) -> None:
    os.write(file, b"1")
    os.close(file)


def _prepare_keys() -> None:
    """Make or check the keys in a process that ends here.

    It reads the office's key. This one must not: the public workers are forked from it, with all its memory.
    """
    signing = var_folder() / "intake" / "signing.json"
    if os.environ.get("DOORSTEP_STORE") and not signing.exists():
        raise click.ClickException(
            f"{signing} is not there. With a store that several machines share, serving makes no keys: new ones could "
            "not open what rests in it. Put them back from your backup, or make them as the README's “Publish it” says"
        )
    command = [sys.executable, "-m", "doorstep", "keys", "--var", str(var_folder())]
    done = subprocess.run(  # noqa: S603 — our own interpreter, a fixed command
        command, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise click.ClickException(done.stderr.strip().removeprefix("Error: "))
    if not signing.exists():  # right for an office, and an office serves no site
        raise click.ClickException(done.stdout.strip())
