"""A guide's papers and its form's questions are one fact: what is photographed is asked for, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from doorstep.forms.errors import FormBroken
from doorstep.forms.library import read_bundle
from doorstep.portal.facts.guides import Guide
from doorstep.portal.findings.finding import Finding

ATTACHMENT = "/attachment"
"""How the reference ends that makes a question one for photos."""


COUNTER = "counter"
"""The answer to how papers come of whoever brings them to the office."""


def check_papers(root: Path, guides: Iterable[Guide]) -> Iterator[Finding]:
    """A finding for each paper that guide and form tell differently. A form that cannot be read is left to others."""
    for guide in guides:
        questions = questions_of(root / "schemas", guide.form) if guide.form else {}
        if questions is None:
            continue
        for index, paper in enumerate(guide.facts["materials"]):
            line = guide.line(("materials", index))
            if paper["how"] == "photo":
                yield from _photographed(guide, paper, line, questions)
            for name, values in paper.get("only_if", {}).items():
                yield from _asked(guide, name, values, line, questions)
        yield from _unknown(guide, questions)
        yield from _no_way_without_photos(root / "schemas", guide, questions)


Questions = Mapping[str, tuple[str, Mapping[str, Any], bool]]
"""By a question's name: its JSON Pointer, its schema, whether it must be answered."""


def _photographed(guide: Guide, paper: Mapping[str, Any], line: int, questions: Questions) -> Iterator[Finding]:
    form = f"schemas/forms/{guide.form}.json"
    found = [one for one in questions.values() if one[1].get("x-material") == paper["id"]]
    if not found:
        problem = f"材料“{paper['title']}”写着拍照交，表里没有地方交"
        remedy = (
            f"在 {form} 加一项 x-material: {paper['id']}，或者改这里的 how" if guide.form else "改 how，或者加一张表"
        )
        yield Finding(guide.source, line, problem, remedy, "paper-not-asked")
    for pointer, question, required in found:
        if question.get("title") != paper["title"]:
            problem = f"和指南里这份材料的名字不一样（{guide.source}:{line}）"
            yield Finding(form, 0, problem, f"写成“{paper['title']}”，或者改指南", "paper-title", f"{pointer}/title")
        if required and paper.get("optional"):
            problem = f"指南说没有就不用交（{guide.source}:{line}），表里却一定要交"
            yield Finding(form, 0, problem, "从 required 里去掉，或者去掉指南里的 optional", "paper-required", pointer)
        if not required and not paper.get("optional"):
            problem = f"指南说要交（{guide.source}:{line}），表里却可以不交"
            yield Finding(form, 0, problem, "写进 required，或者在指南里写 optional: true", "paper-required", pointer)
    for pointer, _, _ in found[1:]:
        yield Finding(form, 0, f"{paper['id']} 问了两次", "一份材料只问一次", "paper-twice", pointer)


def _unknown(guide: Guide, questions: Questions) -> Iterator[Finding]:
    """What the form wants photographed and the guide does not name."""
    known = {paper["id"] for paper in guide.facts["materials"] if paper["how"] == "photo"}
    for pointer, question, _ in questions.values():
        if str(question.get("$ref", "")).endswith(ATTACHMENT) and question.get("x-material") not in known:
            yield Finding(
                f"schemas/forms/{guide.form}.json", 0, "指南的材料里没有这一份要拍照的",
                f"在 {guide.source} 的 materials 里加一条 how: photo，id 和 x-material 一样；或者去掉这一项",
                "paper-unknown", f"{pointer}/x-material",
            )  # fmt: skip


def _no_way_without_photos(schemas_dir: Path, guide: Guide, questions: Questions) -> Iterator[Finding]:
    """Photos that must be sent, and no answer before them that brings the papers to the counter instead: whoever cannot
    photograph could not apply.
    """
    offering = {
        name
        for name, (_, question, _) in questions.items()
        if any(choice.get("const") == COUNTER for choice in question.get("oneOf", ()))
    }
    rules = read_bundle(schemas_dir, guide.form).get("allOf", ()) if questions and guide.form else ()
    spared = []
    for at, rule in enumerate(rules):
        asked_if = rule.get("if", {}).get("properties", {})
        if any(_asked_without(COUNTER, asked_if[name]) for name in offering & {*asked_if}):
            spared.append(f"/allOf/{at}/then/properties/")
    for pointer, question, required in questions.values():
        photos = str(question.get("$ref", "")).endswith(ATTACHMENT)
        if photos and required and not pointer.startswith(tuple(spared)):
            yield Finding(
                f"schemas/forms/{guide.form}.json", 0, "不会拍照的人填不完：一定要交照片，前面没有“带到窗口”可选",
                f"前面问材料怎么交，给一个 const 是 {COUNTER} 的选项，选了别的才问这一项；或者从 required 里去掉",
                "paper-no-counter", pointer,
            )  # fmt: skip


def _asked_without(value: str, condition: Mapping[str, Any]) -> bool:
    """Whether an answer of this value leaves out what hangs on the condition."""
    return value != condition.get("const") and value not in condition.get("enum", ())


def _asked(guide: Guide, name: str, values: list[Any], line: int, questions: Questions) -> Iterator[Finding]:
    """What a paper hangs on must be a choice the form offers: else nobody would ever sign it."""
    known = [choice["const"] for choice in questions[name][1].get("oneOf", ())] if name in questions else []
    if not known:
        problem = f"only_if 里的 {name} 不是表里的选择题"
        yield Finding(guide.source, line, problem, "写成表里一道选择题的名字", "paper-condition")
    for value in values if known else ():
        if value not in known:
            problem = f"only_if 里的 {value} 不是 {name} 能选的"
            yield Finding(guide.source, line, problem, f"能选的有 {'、'.join(known)}", "paper-condition")


def questions_of(schemas_dir: Path, form_id: str) -> Questions | None:
    """Every question of a form outside its groups, shared ones written out; None where it cannot be read."""
    try:
        form = read_bundle(schemas_dir, form_id)
        parts = [("", form), *((f"/allOf/{at}/then", rule["then"]) for at, rule in enumerate(form.get("allOf", ())))]
        return {
            name: (f"{at}/properties/{name}", question, name in part.get("required", ()))
            for at, part in parts
            for name, question in part.get("properties", {}).items()
        }
    except (FormBroken, OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
