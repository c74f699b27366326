"""What a form tells of its guide's service is told alike: the title, who files for others, and whose staff read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from doorstep.forms.agents import ACTING, AGENT
from doorstep.forms.errors import FormBroken
from doorstep.forms.library import read_bundle
from doorstep.portal.checks.paper_checks import Questions, questions_of
from doorstep.portal.facts.guides import Guide
from doorstep.portal.facts.office_kinds import titles
from doorstep.portal.findings.finding import Finding

BRACKETS = re.compile("[（）]")


def check_guides_forms(root: Path, kinds: list[dict[str, Any]], guides: Iterable[Guide]) -> Iterator[Finding]:
    """A form that cannot be read, or says that it is another service's, is left to others."""
    for guide in guides:
        try:
            form = read_bundle(root / "schemas", guide.form) if guide.form else {}
        except (FormBroken, OSError, ValueError, KeyError, TypeError):
            continue
        questions = questions_of(root / "schemas", guide.form) if guide.form else None
        if questions is not None and form.get("x-service") == guide.id:
            yield from _title(guide, form)
            yield from _mandate(guide, questions)
            yield from _readers(guide, form, kinds)


def _title(guide: Guide, form: Mapping[str, Any]) -> Iterator[Finding]:
    if form.get("title") != guide.title:
        problem = f"表的名字和指南的不一样（{guide.source}:{guide.line(('title',))}）"
        yield Finding(_file(guide), 0, problem, f"写成“{guide.title}”，或者改指南", "form-title", "/title")


def _mandate(guide: Guide, questions: Questions) -> Iterator[Finding]:
    """Whoever files for somebody else shows a mandate, but for guardians where the form knows them."""
    mandates = [(at, one) for at, one in enumerate(guide.facts["materials"]) if one.get("who") == "agent"]
    if AGENT in questions and not mandates:
        problem = f"表里可以替别人办（{AGENT}），材料里没有来办的人要交的委托书"
        remedy = "加一条 how: signed、who: agent；不许替别人办的，去掉表里那几道题"
        yield Finding(guide.source, guide.line(("materials",)), problem, remedy, "mandate")
    for at, mandate in mandates:
        line = guide.line(("materials", at))
        if AGENT not in questions:
            problem = f"材料里有“{mandate['title']}”，表里却不能替别人办"
            yield Finding(guide.source, line, problem, f"去掉这一条，或者在表里问 {AGENT}", "mandate")
        elif ACTING in questions and ACTING not in mandate.get("only_if", {}):
            problem, remedy = "表里问了是不是监护人，这里却叫监护人也签委托书", f"写 only_if: {{{ACTING}: [entrusted]}}"
            yield Finding(guide.source, line, problem, remedy, "mandate")


def _readers(guide: Guide, form: Mapping[str, Any], kinds: list[dict[str, Any]]) -> Iterator[Finding]:
    """Every office that has the application in hand is named; each of its names will do, brackets aside. One that no
    list has is told by `check_offices`.
    """
    offices = guide.facts["offices"]
    hands = {"accept", "decide", *(stage["office"] for stage in guide.facts.get("stages", ()))}
    readers = str(form.get("x-readers"))
    for title in dict.fromkeys(offices[role] for role in offices if role in hands):
        names = next((titles(kind) for kind in kinds if title in titles(kind)), [])
        parts = [part for name in names for part in BRACKETS.split(name) if len(part) > 1]
        if parts and not any(part in readers for part in parts):
            problem = f"没有说{title}的工作人员会看到（{guide.source}:{guide.line(('offices',))}）"
            yield Finding(_file(guide), 0, problem, "写上，或者改指南的 offices、stages", "readers", "/x-readers")


def _file(guide: Guide) -> str:
    return f"schemas/forms/{guide.form}.json"
