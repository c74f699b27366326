"""`doorstep new …`: a page begun by answering questions, which the checks let pass at once."""

from __future__ import annotations

from importlib import import_module

import click

PAGES = ("guide", "place", "resource")
"""What can be begun: each is the command of that name in `new_NAME` beside this."""


class _Pages(click.Group):
    """Loads a page's questions, and the checks behind them, only for whoever begins one."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 — click's words
        return list(PAGES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in PAGES:
            return None
        found = getattr(import_module(f"doorstep.commands.new_{cmd_name}"), cmd_name)
        assert isinstance(found, click.Command)
        return found


@click.group(cls=_Pages)
def new() -> None:
    """Begin a page by answering questions, in Chinese: 写一页新的.

    Every question has an option of its own, for scripts; what is given as an option is not asked.
    """
