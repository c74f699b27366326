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
        raise click.ClickException(f"网站没有做成，原来的还在。先改好这些：\n{problem}") from problem
    except OSError as problem:
        raise click.ClickException(
            f"网站放不进 {build_folder()}（{problem.strerror}）：用 DOORSTEP_BUILD 换一个能写的文件夹"
        ) from problem
    click.echo("网站做好了" if built else "没有改动，网站不用重做")
    if not demo:
        from doorstep.portal.facts.confirmed import unconfirmed  # noqa: PLC0415

        if waiting := unconfirmed(ROOT):
            listed = "敲 .venv/bin/doorstep check --unconfirmed，看是哪些"
            click.echo(f"有 {len(waiting)} 页没有单位确认过，正式的网站没有放。{listed}")
