"""`doorstep search` and `doorstep unfound`: editors see what residents find, and what they did not."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from typing import TYPE_CHECKING

import click

from doorstep.commands.answering import EditorCommand, Refused
from doorstep.commands.folders import ROOT, var_folder

if TYPE_CHECKING:
    from doorstep.search.index import Index, Link
    from doorstep.search.ranking import Result
    from doorstep.search.unfound import Said

NOTHING = "没有找到。"


@click.command(cls=EditorCommand)
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 50), default=5, help="How many results at most.")
@click.option("--json", "as_json", is_flag=True, help="As GET /api/search gives them.")
@click.option("--demo/--published", default=True, help="Of the demonstration, or of what residents see.")
def search(*, words: tuple[str, ...], limit: int, as_json: bool, demo: bool) -> None:
    """Find pages by what people say, as the site does, in the content as it is now. Exit 1 when nothing is found."""
    from doorstep.search.ranking import Ranker  # noqa: PLC0415 — a verb loads its room only
    from doorstep.search.words import LONGEST, readable  # noqa: PLC0415

    asked = " ".join(words)
    if not readable(asked):
        raise Refused(f"写1到{LONGEST}个字，标点和空格不算。")
    found = Ranker(_index(demo=demo)).search(asked, limit)
    if as_json:
        click.echo(json.dumps({"results": [one.told() for one in found]}, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(map(_listed, range(1, len(found) + 1), found)) or NOTHING)
    sys.exit(not found)


@click.command(cls=EditorCommand)
@click.option("--since", default="", help="Only what came on this day (2026-11-01) and later.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def unfound(*, since: str, as_json: bool) -> None:
    """List the words that found nothing and that residents sent: how often, the newest day, the words."""
    from doorstep.search.unfound import oldest_kept, summed  # noqa: PLC0415

    oldest = oldest_kept(dt.datetime.now(dt.UTC).date())
    try:
        first = dt.date.fromisoformat(since).isoformat() if since else oldest
    except ValueError:
        raise Refused("--since 后面写一个日子，比如 2026-11-01。") from None
    sums = summed(_said(max(oldest, first)))
    if as_json:
        click.echo(json.dumps({"unfound": [one._asdict() for one in sums]}, ensure_ascii=False, indent=1))
        return
    lines = [f"{one.times:4}次  {one.newest}  {one.words}" for one in sums]
    click.echo("\n".join(lines) or "这段时间没有人发来没找到的话。")


def _index(*, demo: bool) -> Index:
    """Made of the content itself: the site need not be built, and nothing is written."""
    from doorstep.portal.findings.finding import ContentError  # noqa: PLC0415
    from doorstep.portal.site import load_portal  # noqa: PLC0415
    from doorstep.search.index import index_of  # noqa: PLC0415

    try:
        portal = load_portal(ROOT, demo=demo, origin="")
    except ContentError as error:
        raise Refused(f"内容有错，先改好这些：\n{error}") from error
    return index_of(portal.search_index.content)


def _listed(number: int, one: Result) -> str:
    from doorstep.search.index import KINDS  # noqa: PLC0415

    lines = [f"{number}. {KINDS[one.page.kind]}：{one.page.title}  {one.page.url}"]
    further: list[tuple[str, Link | None]] = [("下一步", one.page.next), ("常见问题", one.question)]
    lines += [f"   {what}：{link.title}  {link.url}" for what, link in further if link]
    return "\n".join(lines)


def _said(since: str) -> list[Said]:
    from doorstep.applications.store import StoreError  # noqa: PLC0415
    from doorstep.stores.choosing import open_unfound  # noqa: PLC0415

    try:
        shelf = open_unfound(os.environ.get("DOORSTEP_STORE", ""), var_folder(), make=False)
        if shelf is None:
            return []
        try:
            return shelf.since(since)
        finally:
            shelf.close()
    except StoreError as problem:
        raise click.ClickException(str(problem)) from problem
