"""Where a command finds the checkout, the data and the build; and the build brought up to date."""

from __future__ import annotations

import os
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[2]
"""The checkout: a command works on the content and schemas that stand beside the package."""


def var_folder() -> Path:
    """Keys and databases: DOORSTEP_VAR, or var/."""
    return Path(os.environ.get("DOORSTEP_VAR") or ROOT / "var")


def build_folder() -> Path:
    """What was built: DOORSTEP_BUILD, or build/."""
    return Path(os.environ.get("DOORSTEP_BUILD") or ROOT / "build")


def bring_up_to_date(*, demo: bool, always: bool, here: str = "") -> None:
    """Build the site when something changed, and say so; ClickException with the findings when it cannot be built.

    `here` is where this machine is about to serve it.
    """
    from doorstep.building import BuildError, build_site  # noqa: PLC0415 — only who builds pays for it

    origin = os.environ.get("DOORSTEP_ORIGIN") or ""
    try:
        built = build_site(ROOT, build_folder(), demo=demo, always=always, origin=origin, here=here)
    except BuildError as problem:
        raise click.ClickException(f"the site was not built; what stood before still stands.\n{problem}") from problem
    except OSError as problem:
        raise click.ClickException(
            f"{build_folder()} cannot be built into ({problem.strerror}): set DOORSTEP_BUILD to a folder you may write"
        ) from problem
    click.echo("site built" if built else "site up to date")
    if not demo:
        from doorstep.portal.facts.confirmed import unconfirmed  # noqa: PLC0415

        if waiting := unconfirmed(ROOT):
            listed = "`doorstep check --unconfirmed` lists them"
            click.echo(f"{len(waiting)} pages that no office has confirmed are left out; {listed}")
