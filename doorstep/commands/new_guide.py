"""`doorstep new guide`: a guide for a service that is done at the counter, elsewhere, or by a form that is there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from doorstep.commands.answering import EditorCommand
from doorstep.commands.asking import Asker
from doorstep.commands.new_page import OWNER, SEVERAL, finish, new_id, of

FOLDER = "docs/services"
WAYS = {"counter": "到窗口办", "elsewhere": "在别的地方办（别的网站、手机应用）", "form": "在本站填表（表要先做好）"}
#: How a paper comes, as an editor is asked; what is signed needs an article, and is added by hand.
HOWS = {"shown": "办的时候给工作人员看", "filled_in": "填的表", "shared": "工作人员自己去查，不用交"}
PHOTO = {"photo": "在网上拍照交（表里要有这一问）"}
FREE = {"0", "0元", "不收", "不收费", "不收钱", "免费", "不要钱"}
STATE = "中华人民共和国"
_LAW = re.compile(r"(.+?)\s*(第.+)?")


@click.command(cls=EditorCommand)
@click.option("--id", "name", help="The page's id and file name.")
@click.option("--title", help="业务名称")
@click.option("--summary", help="一两句话说清是什么")
@click.option("--alias", "aliases", help="老百姓的叫法，至少三个", **SEVERAL)
@click.option("--theme", help="哪一类：docs/_data/themes.yml 的 title")
@click.option("--elsewhere", help="不在本站办的，在哪里办")
@click.option("--form", help="在本站填表的，哪张表")
@click.option("--fits", help="谁能办，一条一句，最多四条", **SEVERAL)
@click.option("--accept", help="收申请的单位：docs/_data/offices.yml 的 title")
@click.option("--decide", help="做决定的单位")
@click.option("--material", "materials", help="一样材料，写成 shown:身份证", **SEVERAL)
@click.option("--visits", help="最多跑几趟")
@click.option("--fee", help="0，或者一句话")
@click.option("--result", help="办完得到什么，一句话")
@click.option("--law", "laws", help="依据，写成“法规代号 第…条”", **SEVERAL)
@click.option("--checked-on", help="哪一天核对的，如 2026-11-22")
@click.pass_obj
def guide(root: Path | None, /, **given: Any) -> None:
    """A guide: 一项业务的指南."""
    from doorstep.portal.facts.data import read_data  # noqa: PLC0415 — a verb loads its room only
    from doorstep.portal.handbook.drafts import guide_body  # noqa: PLC0415

    root = of(root)
    asker = Asker(root, "guide.json")
    data, _ = read_data(root)
    facts: dict[str, Any] = {}
    facts["id"], path = new_id(root, FOLDER, asker, given["name"])
    facts["title"] = asker.fact("title", "业务名称，如 申请高龄津贴", given["title"])
    facts["summary"] = asker.fact("summary", "一两句话说清是什么、有什么用", given["summary"])
    facts["aliases"] = asker.facts("aliases", "老百姓怎么叫它（至少三个，用顿号分开）", given["aliases"])
    themes = {theme["title"]: theme["title"] for theme in data.themes}
    facts["theme"] = asker.one_of("哪一类", themes, given["theme"])
    facts |= _way(root, asker, facts["id"], given)
    facts["fits"] = asker.facts(
        "fits", "谁能办（最多四条，用分号分开，如 老人满80岁；户口在本市）", given["fits"], sentences=True
    )
    offices = {kind["title"]: kind["title"] for kind in data.offices}
    accept = asker.one_of("收申请的是哪个单位", offices, given["accept"])
    decide = asker.one_of("做决定的是哪个单位（同一个就直接回车）", offices, given["decide"], accept)
    facts["offices"] = {"accept": accept, "decide": decide}
    facts["materials"] = _materials(
        asker, HOWS | (PHOTO if "form" in facts else {}), _known_papers(root), given["materials"]
    )
    facts["limits"] = []
    facts["acceptance"] = {"if_silent": "none"}
    facts["visits"] = {"most": asker.ask("最多跑几趟（写数字）", _visits, given["visits"])}
    facts["fee"] = asker.ask("收费：不收写 0，别的写一句话", lambda text: _fee(asker, text), given["fee"])
    result = asker.ask("办完得到什么（一句话）", lambda text: asker.plain(text.strip()), given["result"])
    facts["laws"] = _laws(asker, data.laws or {}, given["laws"])
    day = asker.day("哪一天核对的条文", given["checked_on"])
    facts |= {"checked_on": day, "owner": OWNER}
    finish(root, path, facts, guide_body(facts, result), "打开它，把“怎么办”“常见问题”写细，像和邻居说话一样。")


def _way(root: Path, asker: Asker, service: str, given: Mapping[str, Any]) -> dict[str, str]:
    """Where it is done: {}, {elsewhere: …} or {form: …}."""
    from doorstep.portal.content import services_of_forms  # noqa: PLC0415

    if given["form"] and given["elsewhere"]:
        raise click.UsageError("--form 和 --elsewhere 只能写一个")
    way = "form" if given["form"] else "elsewhere" if given["elsewhere"] else None
    if way is None:
        way = "counter" if given["accept"] else asker.one_of("在哪里办", WAYS, None)
    if way == "elsewhere":
        return {"elsewhere": asker.fact("elsewhere", "在哪里办，如 国家医保服务平台（手机应用）", given["elsewhere"])}
    if way == "counter":
        return {}
    forms = [
        form for form, of_service in services_of_forms(root / "schemas" / "forms").items() if of_service == service
    ]
    if not forms or given["form"] not in (None, *forms):
        raise click.ClickException(
            f"还没有给 {service} 的表。表是 schemas/forms/ 里的一个文件，x-service 写 {service}，请做表的同事先做"
            "（见 CONTRIBUTING.md）；也可以先按到窗口办写指南，表做好了再加一行 form"
        )
    return {"form": forms[0]}


def _materials(
    asker: Asker, hows: Mapping[str, str], known: Mapping[str, str], given: tuple[str, ...]
) -> list[dict[str, str]]:
    from doorstep.portal.facts.guides import VAGUE  # noqa: PLC0415

    def title(text: str) -> str:
        text = text.strip()
        if VAGUE.search(text):
            raise click.BadParameter("一样一样写清楚，不写“其他”“等材料”")
        if not text and not papers:
            raise click.BadParameter("至少写一样；什么都不用带的，写要填的表")
        return asker.plain(text)

    papers: list[dict[str, str]] = []

    def add(how: str, text: str) -> None:
        taken = {paper["id"] for paper in papers}
        name = known.get(text, "")
        papers.append(
            {"id": name if name and name not in taken else f"paper-{len(papers) + 1}", "title": text, "how": how}
        )

    for row in given:
        how, _, text = row.partition(":")
        if how not in hows or not text:
            raise click.BadParameter(f"“{row}”要写成 {'、'.join(hows)} 里的一个，英文冒号，再写材料，如 shown:身份证")
        add(how, title(text))
    while not given:
        text = asker.ask("要什么材料（一次写一样，写完了直接回车）", title, None, "" if papers else None)
        if not text:
            break
        add(asker.one_of(f"“{text}”怎么交", hows, None), text)
    return papers


def _known_papers(root: Path) -> dict[str, str]:
    """By title the id that other guides give a paper of that name."""
    from doorstep.portal.facts.front_matter import Unreadable, read_front_matter  # noqa: PLC0415

    known: dict[str, str] = {}
    for path in sorted((root / FOLDER).glob("*.md")):
        try:
            papers = read_front_matter(path).data.get("materials")
        except Unreadable:
            continue
        for paper in papers if isinstance(papers, list) else ():
            if isinstance(paper, dict) and isinstance(paper.get("id"), str):
                known.setdefault(str(paper.get("title")), paper["id"])
    return known


def _visits(text: str) -> int:
    text = text.strip()
    if not text.isdecimal() or int(text) > 9:
        raise click.BadParameter("写0到9的数字")
    return int(text)


def _fee(asker: Asker, text: str) -> dict[str, Any]:
    text = text.strip()
    if text.rstrip("。") in FREE:
        return {"yuan": 0}
    if not text or text.isdecimal():
        raise click.BadParameter("收固定数目的，要有依据：先写一句话，写好页面再照别的指南改成 {yuan: …, basis: …}")
    return {"note": asker.plain(text)}


def _laws(asker: Asker, laws: Mapping[str, Any], given: tuple[str, ...]) -> list[str]:
    """Citations: a law is named by its id or some words of its title; what was read, with its article."""

    def one(text: str) -> str:
        match = _LAW.fullmatch(text.strip())
        named, articles = (match[1], match[2] or "") if match else ("", "")
        fitting = [law for law in laws.values() if named == law.id] or [
            law for law in laws.values() if named in law.title
        ]
        if not named or not fitting:
            raise click.BadParameter(
                f"docs/_data/laws.yml 里没有“{named}”：换几个字找；真没有就空着，以后登记在那里再补"
            )
        if len(fitting) > 1:
            raise click.BadParameter(f"是哪一个？{'；'.join(f'{law.id} {law.title}' for law in fitting[:9])}")
        law = fitting[0]
        if law.read and not articles:
            raise click.BadParameter(f"《{law.title}》第几条？写成：{law.id} 第…条")
        return f"{law.id} {articles}".strip() if law.read else law.id

    def read(text: str) -> list[str]:
        return [one(part) for part in re.split(r"[；;]\s*", text.strip()) if part]

    question = (
        "依据哪部法规第几条（写名称里的几个字，或代号；几部的用分号分开，如 社会救助暂行办法 第十条；"
        "查不到的先直接回车，写好以后再补）"
    )
    return [one(law) for law in given] if given else asker.ask(question, read, None, "")
