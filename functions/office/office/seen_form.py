"""The papers a clerk has seen, as they are ticked: what is not ticked says why it need not be seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from doorstep.attachments.files import WAITING
from doorstep.counter.papers import Paper, Seen
from office.posted import Posted

OTHER = "other"
WHY = {
    "shared": "已通过数据共享查到",
    "case": "照这家的情况，不需要这一样",
    OTHER: "别的原因",
}
"""Why a paper need not be seen: what the list offers, so that nobody has to type what is said every day."""

IDENTITY = "identity"
"""The guides' id of everybody's identity papers: whoever applies has one, so it is never not needed."""

NOT_IDENTITYS = "case"

TOGETHER = "identity-with"
"""Sent along where the tick that the identity is checked is also the one that its papers were seen."""

NAME = "seen"


class SeenTyped(NamedTuple):
    """`ticked` are materials' ids; `why` (id, key of WHY) and `other` (id, text) as they were sent."""

    ticked: tuple[str, ...] = ()
    why: tuple[tuple[str, str], ...] = ()
    other: tuple[tuple[str, str], ...] = ()

    def papers(self) -> list[Seen]:
        """As the use case takes them: those of which anything was said."""
        chosen, other = dict(self.why), dict(self.other)
        said = {name: Seen(name, seen=True) for name in self.ticked}
        for name, key in chosen.items():
            if (name, key) == (IDENTITY, NOT_IDENTITYS):
                continue
            if name not in said and key in WHY:  # another reason that nobody wrote is a fault of its own
                said[name] = Seen(name, seen=False, why=other.get(name, "") if key == OTHER else WHY[key])
        return list(said.values())

    def spoken_of(self) -> list[str]:
        """The ids of those of which anything was said."""
        return [one.paper for one in self.papers()]


def read_seen(form: Posted) -> SeenTyped:
    """What somebody sent: ticks by the name `seen`, the rest by `seen-why:<id>` and `seen-other:<id>`."""
    parts: dict[str, list[tuple[str, str]]] = {"seen-why": [], "seen-other": []}
    ticked = []
    for name, value in form.pairs:
        kind, separator, what = name.partition(":")
        if name == NAME:
            ticked.append(value)
        elif name == TOGETHER and form.get("identity_checked") == "yes":
            ticked.append(IDENTITY)
        elif separator and kind in parts:
            parts[kind].append((what, value))
    return SeenTyped(tuple(dict.fromkeys(ticked)), tuple(parts["seen-why"]), tuple(parts["seen-other"]))


def rows_of(papers: Iterable[Paper], typed: SeenTyped) -> Sequence[dict[str, Any]]:
    """Each paper with its tick, its choice and its reason, as the template shows them."""
    chosen, other = dict(typed.why), dict(typed.other)
    return [
        {
            "id": f"{NAME}-{paper.id}",
            "paper": paper.id,
            "title": paper.title,
            "notes": [words for words in _notes(paper) if words],
            "explains": not paper.optional,
            "reasons": [(key, why) for key, why in WHY.items() if (paper.id, key) != (IDENTITY, NOT_IDENTITYS)],
            "ticked": paper.id in typed.ticked,
            "why": chosen.get(paper.id, ""),
            "other": other.get(paper.id, ""),
        }
        for paper in papers
    ]


def _which(numbers: Sequence[int]) -> str:
    return "、".join(f"第{number}份" for number in numbers)


def _notes(paper: Paper) -> tuple[str, ...]:
    waits = [number for number, status in paper.unseen if status == WAITING]
    lost = [number for number, status in paper.unseen if status != WAITING]
    return (
        "照片刚检查完，现在能看了，请先看照片；下面是您刚才勾的、选的，不用改就照样记下" if paper.ready else "",
        "有才带，没有的不用勾" if paper.optional and not paper.ready else "",
        f"网上交的照片，{_which(waits)}正在检查，过几分钟再受理" if waits else "",
        f"网上交的照片，{_which(lost)}现在看不了：看原件，或者先请居民补" if lost else "",
        f"什么人要：{paper.when}" if paper.when else "",
        f"告知书里请居民补的：{paper.asked}" if paper.asked else "",
    )
