"""What the running functions need to know of each service, made from the guides: build/intake/services.json."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

from doorstep.portal.facts.data import Law
from doorstep.portal.facts.guides import Guide, cite
from doorstep.portal.facts.offices import kinds_of
from doorstep.portal.facts.remedies import remedies_of


def services(
    guides: Iterable[Guide],
    laws: Mapping[str, Law],
    remedies: list[dict[str, Any]],
    offices: list[dict[str, Any]],
    left_out: Container[str] = (),
) -> dict[str, Any]:
    """By service id: whether it is `open` to new applications (what the site leaves out, by id, is not; those under way
    still go on), title, guide (address), form, offices {role: title}, office_kinds {role: kind}, stages, limits,
    acceptance, materials {id, title, how, when?, who?, optional?, only_if?} (`only_if`: which answers call for one),
    signatures (those of them that are signed), visits, fee, remedies. A basis is readable text; a limit says its `unit`
    and whether it is `statutory`.
    """
    return {
        guide.id: {"open": guide.id not in left_out}
        | _service(guide, laws, remedies)
        | {"office_kinds": kinds_of(guide, offices)}
        for guide in guides
    }


def _service(guide: Guide, laws: Mapping[str, Law], remedies: list[dict[str, Any]]) -> dict[str, Any]:
    facts = guide.facts
    return {
        "title": guide.title,
        "guide": guide.url,
        "form": guide.form,
        "after_approval": facts.get("after_approval", ""),
        "offices": facts["offices"],
        "stages": [_stage(stage, facts["offices"], laws) for stage in facts.get("stages", [])],
        "limits": [_limit(limit, laws) for limit in facts["limits"] if "days" in limit],
        "acceptance": _cited(facts["acceptance"], laws),
        "materials": [
            {
                name: paper[name]
                for name in ("id", "title", "how", "when", "who", "optional", "only_if")
                if name in paper
            }
            for paper in facts["materials"]
        ],
        "signatures": [
            {name: paper[name] for name in ("id", "title", "who", "only_if") if name in paper}
            | {"basis": cite(paper["basis"], laws)}
            for paper in facts["materials"]
            if paper["how"] == "signed"
        ],
        "visits": facts["visits"],
        "fee": facts["fee"],
        "remedies": remedies_of(guide, remedies),
    }


def _stage(stage: Mapping[str, Any], offices: Mapping[str, str], laws: Mapping[str, Law]) -> dict[str, Any]:
    at_least = {"at_least": _cited(stage["at_least"], laws)} if "at_least" in stage else {}
    return {**stage, **at_least, "office_title": offices[stage["office"]]}


def _limit(limit: Mapping[str, Any], laws: Mapping[str, Law]) -> dict[str, Any]:
    pauses = {"pauses": _cited(limit["pauses"], laws)} if "pauses" in limit else {}
    return {**_cited(limit, laws), **pauses, "statutory": "basis" in limit}


def _cited(facts: Mapping[str, Any], laws: Mapping[str, Law]) -> dict[str, Any]:
    return {**facts, "basis": cite(facts["basis"], laws)} if "basis" in facts else dict(facts)
