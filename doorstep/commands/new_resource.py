"""`doorstep new resource`: one more thing of the neighbourhood's: a room, a class, a service, a person who knows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from doorstep.commands.answering import EditorCommand
from doorstep.commands.asking import Asker
from doorstep.commands.new_page import OWNER, SEVERAL, finish, new_id, of

FOLDER = "docs/resources"


@click.command(cls=EditorCommand)
@click.option("--id", "name", help="The page's id and file name.")
@click.option("--title", help="名称")
@click.option("--summary", help="一两句话说清是什么")
@click.option("--alias", "aliases", help="老百姓的叫法，至少三个", **SEVERAL)
@click.option("--category", help="哪一类：docs/_data/catalog.yml 的 categories")
@click.option("--kind", help="是什么：docs/_data/catalog.yml 的 kinds")
@click.option("--for", "audiences", help="给谁：docs/_data/catalog.yml 的 audiences", **SEVERAL)
@click.option("--audience", help="给谁，一句话")
@click.option("--how-to-get", help="怎么用上，一句话")
@click.option("--booking", help="要不要预约，一句话；不用就写空")
@click.option("--fee", help="收不收费，一句话")
@click.option("--provider", help="谁办的")
@click.option("--schedule", help="什么时候开，一句话；不知道就写空")
@click.option("--checked-on", help="哪一天核对的，如 2026-11-22")
@click.pass_obj
def resource(root: Path | None, /, **given: Any) -> None:
    """A resource: 身边的一样服务、场地、课程、活动."""
    from doorstep.portal.facts.catalog_words import read_vocabulary  # noqa: PLC0415 — a verb loads its room only

    root = of(root)
    vocabulary, found = read_vocabulary(root)
    if vocabulary is None:
        raise click.ClickException("先把名单改好：\n" + "\n".join(map(str, found)))
    asker = Asker(root, "resource.json")
    facts: dict[str, Any] = {}
    facts["id"], path = new_id(root, FOLDER, asker, given["name"])
    facts["title"] = asker.fact("title", "名称，如 心理咨询室", given["title"])
    facts["summary"] = asker.fact("summary", "一两句话说清是什么、有什么用", given["summary"])
    facts["aliases"] = asker.facts("aliases", "老百姓怎么叫它（至少三个，用顿号分开）", given["aliases"])
    facts["category"] = asker.one_of("哪一类", _titles(vocabulary.categories), given["category"])
    facts["kind"] = asker.one_of("是什么", _titles(vocabulary.kinds), given["kind"])
    facts["for"] = asker.some_of("给谁", _titles(vocabulary.audiences), given["audiences"])
    facts["audience"] = asker.fact("audience", "给谁，用一句话说，如 60岁以上的老人", given["audience"])
    facts["how_to_get"] = asker.fact("how_to_get", "怎么用上（一句话）", given["how_to_get"])
    if booking := asker.maybe("summary", "要预约的，怎么约", given["booking"]):
        facts["booking"] = {"note": booking}
    facts["fee"] = asker.fact("fee", "收不收费（一句话）", given["fee"])
    facts["provider"] = asker.fact("provider", "谁办的", given["provider"])
    if schedule := asker.maybe("schedule", "什么时候开", given["schedule"]):
        facts["schedule"] = schedule
    day = asker.day("哪一天核对的", given["checked_on"])
    facts |= {"status": "active", "checked_on": day, "owner": OWNER}
    finish(root, path, facts, "", "要多说几句的，写在第二个 --- 下面。")


def _titles(terms: Mapping[str, Any]) -> dict[str, str]:
    return {term.id: term.title for term in terms.values()}
