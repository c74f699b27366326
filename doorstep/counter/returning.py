"""The one-time notice (一次性告知): all that is to be corrected or brought, said at once, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from doorstep.applications.head import Head
from doorstep.applications.standing import WAITS_FOR_RESIDENT
from doorstep.counter.counter import Counter
from doorstep.counter.opening import Opened
from doorstep.counter.taking import Taking, Writing, take
from doorstep.counter.texts import Faults, cleaned
from doorstep.forms.conditions import asked
from doorstep.forms.marks import may_stand

SHORTEST_JUSTIFICATION = 10
"""Characters: “没看见” explains nothing to somebody who has to do it all again."""

MOST_MARKS = 100


class Mark(NamedTuple):
    """What is asked for: `what` is a field's JSON Pointer (`forms.marks`) or a material's id (`materials`)."""

    what: str
    reason: str


def return_for_correction(
    counter: Counter, taking: Taking, *, fields: Sequence[Mark], papers: Sequence[Mark], justification: str = ""
) -> Head:
    """Ask the resident to correct these fields and bring these papers. Raises what `take` raises.

    Sealed as `returned-<revision>`: {"fields": [{"pointer", "reason"}], "papers": [{"material", "title", "reason"}],
    "justification"}; `title` is the material's, as the guide named it that day. Faults' `where`: "" (nothing asked
    for), `field:<pointer>`, `paper:<id>`, `justification` (required from the second notice on). While an earlier
    notice waits for its answer, this one carries on what that asked for: the resident reads all of it at once.
    """
    marked = [{"pointer": mark.what, "reason": cleaned(mark.reason)} for mark in fields]
    missing = [{"material": mark.what, "reason": cleaned(mark.reason)} for mark in papers]
    said: dict[str, Any] = {"fields": marked, "papers": missing, "justification": cleaned(justification)}

    def write(opened: Opened) -> Writing:
        titles = materials(counter, opened)
        _check(said, opened, titles)
        named = [{**paper, "title": titles[paper["material"]]} for paper in missing]
        return Writing(sealed=said | _with_what_waits(opened, marked, named))

    return take(counter, taking, "return", said, write).head


def _with_what_waits(
    opened: Opened, fields: list[dict[str, str]], papers: list[dict[str, str]]
) -> dict[str, list[dict[str, str]]]:
    """Fields and papers, those before them that the notice still waiting asked for; the newer reason counts."""
    if opened.standing.status != WAITS_FOR_RESIDENT:
        return {"fields": fields, "papers": papers}
    waits = next(part.content for part in reversed(opened.written) if part.event["type"] == "returned")
    asked, needed = {one["pointer"] for one in fields}, {one["material"] for one in papers}
    return {
        "fields": [*(one for one in waits["fields"] if one["pointer"] not in asked), *fields],
        "papers": [*(one for one in waits["papers"] if one["material"] not in needed), *papers],
    }


def materials(counter: Counter, opened: Opened) -> dict[str, str]:
    """The papers that can be asked for, id → title: the service's materials. One that is photographed is asked for at
    its question, where there is one.
    """
    service = counter.service(opened.head.service)
    at_a_question = {field.material for field in asked(opened.form, opened.instance) if field.material}
    listed = service.get("materials", service.get("signatures", []))
    return {paper["id"]: paper["title"] for paper in listed if paper["id"] not in at_a_question}


def asked_before(opened: Opened) -> bool:
    """Whether the resident was asked to correct something already: then a justification is required."""
    return any(event["type"] == "returned" for event in opened.events)


def _check(said: dict[str, Any], opened: Opened, titles: dict[str, str]) -> None:
    faults = Faults()
    if not said["fields"] and not said["papers"]:
        faults.add("", "nothing")
    if len(said["fields"]) + len(said["papers"]) > MOST_MARKS:
        faults.add("", "too-long")
        faults.stop()
    pointers = [(mark["pointer"], mark["reason"]) for mark in said["fields"]]
    papers = [(mark["material"], mark["reason"]) for mark in said["papers"]]
    known = {what for what, _ in pointers if may_stand(opened.form, opened.instance, what)}
    _check_marks(faults, pointers, "field", known)
    _check_marks(faults, papers, "paper", set(titles))
    needed = SHORTEST_JUSTIFICATION if asked_before(opened) else 0
    missing = "justification-short" if said["justification"] else "justification"
    faults.text("justification", said["justification"], missing=missing, at_least=needed)
    faults.stop()


def _check_marks(faults: Faults, marks: list[tuple[str, str]], kind: str, known: set[str]) -> None:
    seen: set[str] = set()
    for what, reason in marks:
        where = f"{kind}:{what}"
        if what not in known:
            faults.add(where, f"unknown-{kind}")
        elif what in seen:
            faults.add(where, "twice")
        else:
            faults.text(where, reason, missing="reason")
        seen.add(what)
