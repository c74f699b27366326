"""Commands that editors run: what they refuse, and that they were stopped, is said in Chinese alone."""

from __future__ import annotations

from typing import IO, Any

import click


class Refused(click.ClickException):
    """Said as it is, without a word around it."""

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002 — click's own
        click.echo(self.message, err=True)


class EditorCommand(click.Command):
    """A command whose options and answers are refused, and which is stopped, in words of ours."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.Abort:
            raise Refused("\n停下了，什么也没有写。") from None
        except click.ClickException as refused:
            raise Refused(refused.message) from refused
