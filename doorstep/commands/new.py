"""`doorstep new …`: a page begun by answering questions, which the checks let pass at once."""

from __future__ import annotations

import click

from doorstep.commands.new_guide import guide
from doorstep.commands.new_place import place
from doorstep.commands.new_resource import resource


@click.group()
def new() -> None:
    """Begin a page by answering questions, in Chinese: 写一页新的.

    Every question has an option of its own, for scripts; what is given as an option is not asked.
    """


new.add_command(guide)
new.add_command(place)
new.add_command(resource)
