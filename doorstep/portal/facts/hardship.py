"""One door for hardship: the questions of docs/_data/hardship.yml, and the services that their answers lead to."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from doorstep.portal.facts.data import Law
from doorstep.portal.facts.data_files import Fault, doubled, read_data_file
from doorstep.portal.facts.guides import Guide
from doorstep.portal.findings.finding import Finding

SOURCE = "docs/_data/hardship.yml"
SCHEMA = "schemas/content/hardship.json"
PAGE = ("hardship/index.md", "家里遇到困难", "hardship.html")


@dataclass(frozen=True)
class Option:
    """An answer, worded so that it reads after “如果” and its question's `lead` too."""

    id: str
    title: str


@dataclass(frozen=True)
class Question:
    id: str
    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Reason:
    """Why a service may help: `when` by question the options of which one was chosen, of each question; `condition`
    says the same in words.
    """

    when: Mapping[str, tuple[str, ...]]
    condition: str
    because: str

    @property
    def when_json(self) -> str:
        return json.dumps(self.when)


@dataclass(frozen=True)
class Help:
    """A service that may help, and each reason for it."""

    guide: Guide
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Hardship:
    """What templates see as `portal.hardship`: what leads to a guide of this build. `basis` is a citation."""

    basis: str
    questions: tuple[Question, ...]
    helps: tuple[Help, ...]

    @cached_property
    def pages(self) -> list[tuple[str, str, str]]:
        """(source, title, template) of its page; none where it would lead to nothing."""
        return [PAGE] if self.helps else []


def read_hardship(
    root: Path, laws: Mapping[str, Law] | None, guides: Container[str]
) -> tuple[dict[str, Any], list[Finding]]:
    """The file as it is, empty when there are findings or a city has no such door. `guides` are ids of guides, readable
    or not.
    """
    if not (root / SOURCE).exists():
        return {}, []
    known, findings = read_data_file(root, SOURCE, SCHEMA, lambda value: _faults(value, laws, guides))
    return known or {}, findings


def hardship_of(known: Mapping[str, Any], guides: Iterable[Guide]) -> Hardship:
    """What is left of it where only these guides are shown, in the order of the file: an answer that leads to none of
    them is not asked for.
    """
    shown = {guide.id: guide for guide in guides}
    rows = [row for row in known.get("services", ()) if row["service"] in shown]
    leads = {question["id"]: question.get("lead", "") for question in known.get("questions", ())}
    used = {option for row in rows for options in row["when"].values() for option in options}
    titles = {one["id"]: leads[one["question"]] + one["title"] for one in known.get("options", ())}
    asked = (
        Question(
            question["id"], question["title"],
            tuple(
                Option(one["id"], one["title"])
                for one in known["options"]
                if one["question"] == question["id"] and one["id"] in used
            ),
        )
        for question in known.get("questions", ())
    )  # fmt: skip
    reasons: dict[str, list[Reason]] = {}
    for row in rows:
        when = {question: tuple(options) for question, options in row["when"].items()}
        reasons.setdefault(row["service"], []).append(Reason(when, _condition(row["when"], titles), row["because"]))
    helps = tuple(Help(shown[name], tuple(why)) for name, why in reasons.items())
    return Hardship(known.get("basis", ""), tuple(one for one in asked if one.options), helps)


def _condition(when: Mapping[str, Iterable[str]], titles: Mapping[str, str]) -> str:
    return "；并且：".join("；或者：".join(titles[option] for option in options) for options in when.values())


def _faults(known: Mapping[str, Any], laws: Mapping[str, Law] | None, guides: Container[str]) -> Iterator[Fault]:
    """What a schema cannot say."""
    law = known["basis"].partition(" ")[0]
    if laws is not None and law not in laws:
        yield (
            ("basis",),
            f"引用了没有登记的法规 {law}",
            "先写进 docs/_data/laws.yml，或者改成那里有的代号",
            "law-unknown",
        )
    for name in ("questions", "options"):
        yield from doubled(known[name], "id", (name,))
    yield from doubled(
        [{**row, "because": f"{row['service']}：{row['because']}"} for row in known["services"]],
        "because",
        ("services",),
    )
    questions = {one["id"] for one in known["questions"]}
    options = {one["id"]: one["question"] for one in known["options"]}
    for number, one in enumerate(known["options"]):
        if one["question"] not in questions:
            yield (
                ("options", number, "question"),
                f"没有问题 {one['question']}",
                "写成 questions 里一个问题的 id",
                "door-answer",
            )
    for number, row in enumerate(known["services"]):
        if row["service"] not in guides:
            remedy = "写成 docs/services 里一份指南的 id"
            yield ("services", number, "service"), f"没有业务 {row['service']} 的指南", remedy, "service-unknown"
        for question, chosen in row["when"].items():
            for at, option in enumerate(chosen):
                if options.get(option) != question:
                    remedy = f"照 options 里 question 是 {question} 的 id 写"
                    problem = f"问题 {question} 没有选项 {option}"
                    yield ("services", number, "when", question, at), problem, remedy, "door-answer"
    yield from _dead_ends(known)


def _dead_ends(known: Mapping[str, Any]) -> Iterator[Fault]:
    """Who chooses one answer alone must be led somewhere, and a question has answers."""
    alone = {
        option
        for row in known["services"]
        if len(row["when"]) == 1
        for options in row["when"].values()
        for option in options
    }
    for number, one in enumerate(known["options"]):
        if one["id"] not in alone:
            remedy = "在 services 里加一条只看这个选项的，或者去掉它"
            yield ("options", number), f"只选 {one['id']}，什么也找不到", remedy, "door-dead-end"
    for number, question in enumerate(known["questions"]):
        if not any(one["question"] == question["id"] for one in known["options"]):
            yield (
                ("questions", number),
                f"问题 {question['id']} 没有选项",
                "在 options 里写上选项，或者去掉它",
                "door-dead-end",
            )
