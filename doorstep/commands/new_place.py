"""`doorstep new place`: what is known of a street's counter and of its communities, beside the official list."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from doorstep.commands.answering import EditorCommand
from doorstep.commands.asking import Asker, chosen, show
from doorstep.commands.new_page import OWNER, SEVERAL, finish, free, of


@click.command(cls=EditorCommand)
@click.option("--street", help="哪个街道、乡镇：名称或9位代码")
@click.option("--alias", "aliases", help="别的叫法", **SEVERAL)
@click.option("--address", help="窗口在哪里；不知道就写空")
@click.option("--hours", help="什么时候有人；不知道就写空")
@click.option("--estates", help="社区管的小区，写成 社区名:甲小区、乙小区", **SEVERAL)
@click.option("--confirmed-by", help="哪个单位核对过；没有就写空")
@click.option("--confirmed-on", help="哪一天核对过")
@click.option("--checked-on", help="哪一天问到的，如 2026-11-22")
@click.pass_obj
def place(root: Path | None, /, **given: Any) -> None:
    """A place: 一个街道、乡镇的窗口在哪里，几点开门."""
    from doorstep.portal.facts.place_facts import FOLDER, LIST  # noqa: PLC0415 — a verb loads its room only
    from doorstep.portal.facts.place_pages import load_place_list  # noqa: PLC0415

    root = of(root)
    streets = load_place_list(root / LIST).streets
    asker = Asker(root, "place.json")
    titles = {code: f"{one.district}{one.name}" for code, one in streets.items()}
    code = asker.one_of("哪个街道、乡镇", titles, given["street"])
    path = free(root, FOLDER, code)
    facts: dict[str, Any] = {"code": code}
    if aliases := asker.maybe_facts("aliases", "还叫什么（几个用顿号分开）", given["aliases"]):
        facts["aliases"] = aliases
    for name, question in (("address", "窗口在哪里"), ("hours", "什么时候有人")):
        if text := asker.maybe(name, question, given[name]):
            facts[name] = text
    communities = {each.code: each.name for each in streets[code].communities}
    if rows := _estates(asker, communities, given["estates"]):
        facts["communities"] = rows
    if facts.keys() == {"code"}:
        click.echo("什么也没有问到，没有写文件：这一页已经请人打12345问了。")
        return
    facts["checked_on"] = asker.day("哪一天问到的", given["checked_on"])
    if by := asker.maybe("confirmed_by", "哪个单位核对过整页", given["confirmed_by"]):
        facts["confirmed_by"] = by
        facts["confirmed_on"] = asker.day("哪一天核对的", given["confirmed_on"])
    facts["owner"] = OWNER
    finish(root, path, facts, "", "要多说几句的（从哪个门进），写在第二个 --- 下面。")


def _estates(asker: Asker, communities: Mapping[str, str], given: tuple[str, ...]) -> list[dict[str, Any]]:
    """Which estates belong to which community, one row for each community that somebody told any of."""
    told: dict[str, list[str]] = {}

    def read(text: str) -> bool:
        """Takes one row; whether there was any."""
        name, _, estates = text.strip().replace("：", ":").partition(":")
        if name:
            told.setdefault(chosen(name, communities), []).extend(asker.several(estates))
        return bool(name)

    for row in given:
        read(row)
    if not given:
        show(communities)
        question = "哪个社区管哪些小区（写 号码:甲小区、乙小区，一次一个社区；没有了直接回车）"
        while asker.ask(question, read, None, ""):
            pass
    return [{"code": code, "estates": names} for code, names in told.items()]
