"""Where an application goes next, also when its guide has retired a stage meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from doorstep.applications.standing import Standing
from doorstep.counter.stages import at_its_end, next_stage, stage_known

SERVICE: dict[str, Any] = {
    "stages": [{"id": "inquiry"}, {"id": "posted", "retired": True}, {"id": "decision"}],
}


@pytest.mark.parametrize(
    ("stage", "following"),
    [("", "inquiry"), ("inquiry", "decision"), ("posted", "decision"), ("decision", None), ("gone", None)],
)
def test_nothing_comes_to_a_retired_stage_and_what_stands_there_goes_on(stage: str, following: str | None) -> None:
    now = Standing("accepted", "street-650203001", stage, "working", "")
    came = next_stage(SERVICE, now)
    assert (came and came["id"]) == following


def test_a_retired_stage_is_known_and_is_not_the_end() -> None:
    now = Standing("accepted", "street-650203001", "posted", "working", "")
    assert stage_known(SERVICE, now)
    assert not at_its_end(SERVICE, now)
    assert at_its_end(SERVICE, now._replace(stage="decision"))


def test_a_guide_whose_stages_are_all_retired_decides_at_once() -> None:
    service = {"stages": [{"id": "inquiry", "retired": True}]}
    assert next_stage(service, Standing("received", "street-650203001", "", "unread", "")) is None
