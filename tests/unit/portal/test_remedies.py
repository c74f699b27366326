"""A guide tells what one can do about its decision: what all services have, or what it names instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from doorstep.counter.remedies import can_object, way_to_object
from doorstep.portal.services import services
from doorstep.portal.site import Portal, check_content, load_portal

GUIDE = "docs/services/minimum-living-allowance.md"
LIST = "docs/_data/remedies.yml"
Edit = Callable[[str, str, str], Path]


def known(portal: Portal) -> dict[str, dict[str, object]]:
    return services(portal.every_guide, portal.laws, portal.remedies, portal.offices)


def test_a_guide_that_names_none_has_those_of_all(content: Path) -> None:
    portal = load_portal(content, demo=True)
    (told,) = {tuple(one["id"] for one in portal.remedies_of(guide)) for guide in portal.guides}
    assert told == ("reasons", "appeal", "complaint")


def test_what_stands_instead_is_the_same_to_who_decides(edit: Edit) -> None:
    root = edit(GUIDE, "\nchecked_on:", "\nremedies: [another-team, complaint]\nchecked_on:")
    assert check_content(root) == []
    service = known(load_portal(root, demo=True))["minimum-living-allowance"]
    assert can_object(service)
    assert "家庭医生团队" in way_to_object(service)[0]["text"]


def test_a_remedy_nobody_listed_is_named_with_its_line(edit: Edit) -> None:
    (found,) = check_content(edit(GUIDE, "\nchecked_on:", "\nremedies: [complaint, the-king]\nchecked_on:"))
    assert (found.file, found.rule, found.problem) == (GUIDE, "remedy-unknown", "remedies 里的 the-king 没有")
    assert found.line > 1
