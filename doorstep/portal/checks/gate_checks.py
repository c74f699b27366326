"""Who need not apply is one fact of guide and form: a gate that went missing from either is found in the other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from doorstep.portal.checks.paper_checks import Questions, questions_of
from doorstep.portal.facts.guides import Guide
from doorstep.portal.findings.finding import Finding


def check_gates(root: Path, guides: Iterable[Guide]) -> Iterator[Finding]:
    """A finding for each answer that ends the way in one of the two only; a form that cannot be read has its own."""
    for guide in guides:
        questions = questions_of(root / "schemas", guide.form) if guide.form else {}
        told = guide.facts.get("not_needed", {})
        if questions is None:
            continue
        if told and not guide.form:
            line, remedy = guide.line(("not_needed",)), "去掉这一行，或者加一张表"
            yield Finding(guide.source, line, "没有表，not_needed 没有用处", remedy, "gate-without-form")
        elif told or questions:
            yield from _missing_in_form(guide, told, questions)
            yield from _missing_in_guide(guide, told, questions)


def _missing_in_form(guide: Guide, told: Mapping[str, Any], questions: Questions) -> Iterator[Finding]:
    form = f"schemas/forms/{guide.form}.json"
    for name, values in told.items():
        line = guide.line(("not_needed", name))
        if name not in questions:
            remedy = f"在 {form} 里写回这道题，或者去掉这里的 {name}"
            yield Finding(guide.source, line, f"not_needed 里的 {name}，表里没有这道题", remedy, "gate-not-in-form")
        elif missing := [value for value in values if value not in _stopped(questions[name][1])]:
            pointer, question, _ = questions[name]
            whole = [*_stopped(question), *missing]
            remedy = f'在这道题里写回 {_written(whole)} 和 "x-messages": {{"not": "为什么不用申请"}}，或者改指南'
            problem = f"指南说选 {'、'.join(missing)} 的不用申请（{guide.source}:{line}），表里没有拦住"
            yield Finding(form, 0, problem, remedy, "gate-not-in-form", pointer)


def _missing_in_guide(guide: Guide, told: Mapping[str, Any], questions: Questions) -> Iterator[Finding]:
    for name, (pointer, question, _) in questions.items():
        stopped = _stopped(question)
        if missing := [value for value in stopped if value not in told.get(name, ())]:
            yield Finding(
                f"schemas/forms/{guide.form}.json", 0, f"选 {'、'.join(missing)} 的会被告诉不用申请，指南里没有写",
                f"在 {guide.source} 里写 not_needed: {{{name}: [{', '.join(stopped)}]}}，或者去掉这里的 not",
                "gate-not-in-guide", f"{pointer}/not",
            )  # fmt: skip


def _stopped(question: Mapping[str, Any]) -> list[str]:
    gate = question.get("not")
    if not isinstance(gate, dict):
        return []
    return [str(value) for value in gate.get("enum") or [gate.get("const")]]


def _written(values: list[str]) -> str:
    return f'"not": {json.dumps({"enum": values}, ensure_ascii=False)}'
