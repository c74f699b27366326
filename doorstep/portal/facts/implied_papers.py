"""Papers that a guide implies, so that none has to say them: whoever comes for somebody else shows who they are, and a
guardian that they are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from doorstep.forms.agents import ACTING, AGENT_IDENTITY, GUARDIAN

OTHERS = {"filing_for": ["family", "community"]}
"""The answers of whoever fills in for somebody else (`agent`, schemas/vocabulary/questions.json)."""


def with_implied(page: Mapping[str, Any]) -> Mapping[str, Any]:
    """The front matter with the papers it implies at the end of its materials; what it lists itself stays as it is."""
    materials = page["materials"]
    implied = [paper for paper in _implied(materials) if paper["id"] not in {one["id"] for one in materials}]
    return {**page, "materials": [*materials, *implied]} if "form" in page else page


def _implied(materials: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    mandates = [paper for paper in materials if paper.get("who") == "agent"]
    if mandates:
        yield {
            "id": AGENT_IDENTITY, "title": "来办的人自己的身份证", "how": "shown", "when": "替别人办",
            "only_if": OTHERS,
        }  # fmt: skip
    if any(ACTING in mandate.get("only_if", {}) for mandate in mandates):
        yield {
            "id": GUARDIAN, "title": "看得出是监护人的户口簿或者证明", "how": "shown", "when": "监护人来办",
            "only_if": {ACTING: [GUARDIAN]},
        }  # fmt: skip
