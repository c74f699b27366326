"""What all of `doorstep new …` share: an id that is free, the page written, checked, and what comes next."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from doorstep.commands.asking import Asker
from doorstep.commands.folders import ROOT
from doorstep.portal.facts.resources import TAKEN

OWNER = "portal-editors"
SEVERAL: dict[str, Any] = {"multiple": True, "metavar": "文字"}


def today() -> dt.date:
    """The day it is where the editor sits."""
    return dt.datetime.now(dt.UTC).astimezone().date()


def new_id(root: Path, folder: str, asker: Asker, given: str | None) -> tuple[str, Path]:
    """An id that no page of the folder has, and the page's file."""

    def read(text: str) -> str:
        name = text.strip()
        if not re.fullmatch(asker.schema["$defs"]["id"]["pattern"], name):
            raise click.BadParameter("只用小写英文字母、数字和短横线，字母打头，如 night-school")
        if name in TAKEN:
            raise click.BadParameter(f"{name} 这个地址本站自己要用，换一个名字")
        free(root, folder, name)
        return name

    name = asker.ask("英文名，用作文件名和网址（小写字母、数字、短横线）", read, given)
    return name, root / folder / f"{name}.md"


def free(root: Path, folder: str, name: str) -> Path:
    """The file of a page that is not there yet."""
    path = root / folder / f"{name}.md"
    if path.exists():
        raise click.BadParameter(f"{folder}/{name}.md 已经有了，换一个名字，或者直接改那一页")
    return path


def finish(root: Path, path: Path, facts: Mapping[str, Any], body: str, then: str) -> None:
    """Writes the page, checks it, and says what to do next; exit 1 when the checks find something."""
    from doorstep.portal.handbook.drafts import PageExists, write_page  # noqa: PLC0415 — a verb loads its room only
    from doorstep.portal.site import check_content  # noqa: PLC0415

    try:
        write_page(path, facts, body)
    except PageExists as there:
        raise click.ClickException(f"{there.path} 已经有了，没有动它") from None
    source = path.relative_to(root).as_posix()
    findings = [found for found in check_content(root, today()) if found.file == source]
    click.echo(f"\n写好了：{source}")
    for found in findings:
        click.echo(f"  {found}")
    click.echo("还有上面这些要改。" if findings else "检查过了，没有问题。")
    click.echo(
        f"接着：\n  1. {then}\n  2. make edit 打开预览，边改边看。\n  3. .venv/bin/doorstep check 再查一遍全站。"
    )
    click.echo("办事单位核对过整页以后，写上 confirmed_by 和 confirmed_on；没有这两项，正式的网站不放这一页。")
    sys.exit(bool(findings))


def of(root: Path | None) -> Path:
    """The checkout that a command works on: this one, unless its caller names another."""
    return root or ROOT
