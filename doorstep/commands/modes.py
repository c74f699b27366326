"""The option of everything that is served."""

from __future__ import annotations

import click

DEMO = click.option("--demo/--published", default=True, help="The demonstration, or what residents may rely on.")
