"""Lets the demonstration's stories happen, each through the very use cases residents and staff go through."""

from __future__ import annotations

import datetime as dt
from typing import Any

from doorstep.applications.calendar import A_DAY
from doorstep.applications.keys import derive, mint_submission_key
from doorstep.applications.limits import cutoff
from doorstep.applications.queues import routed_to
from doorstep.applications.submit import submit
from doorstep.counter.counter import BEIJING
from doorstep.demo.acts import ACTS
from doorstep.demo.city import City
from doorstep.demo.life import Life, Papers
from doorstep.demo.stories import UNKNOWN, Act, Story
from doorstep.forms.fields import Form
from doorstep.forms.filler import fill
from doorstep.forms.taken_out import phones_of, routing_of

NUMBER = "16400000000"
"""Nobody has it: mobile numbers that begin with 164 are not assigned. The form accepts it, so that a demonstration's
resident can correct their answers."""

TEN = dt.time(10, tzinfo=BEIJING)
FIVE_MINUTES = dt.timedelta(minutes=5)


def live(city: City, story: Story) -> str:
    """The reference of this story's application, as it stands after all its acts. Raises what the use cases raise."""
    now = city.time.now
    acts, days = story.acts, story.days
    if story.due is not None:
        acts, days = _dated(city, story)
    try:
        city.time.now = moment(now, days, 0)
        life = _submitted(city, story)
        for number, act in enumerate(acts, 1):
            city.time.now = moment(now, act.days, number)
            ACTS[act.name](life)
    finally:
        city.time.now = now
    return life.reference


def moment(now: dt.datetime, days: int, number: int) -> dt.datetime:
    """In the morning of that day in the city, when counters are open; today shortly before now."""
    if days == 0:
        return now - FIVE_MINUTES * (12 - number)
    return (
        dt.datetime.combine(now.astimezone(BEIJING).date() - dt.timedelta(days=days), TEN) + FIVE_MINUTES * number
    ).astimezone(dt.UTC)


def _dated(city: City, story: Story) -> tuple[tuple[Act, ...], int]:
    """Acts and days of a story whose answer is due a known number of days from today."""
    (limit,) = city.counter.service(story.service)["limits"]
    today = city.counter.today()
    start = cutoff(limit, city.counter.calendar, today + A_DAY * (story.due or 0))
    assert start is not None
    began = (today - start).days
    return tuple(act if act.days else act._replace(days=began) for act in story.acts), began + 4


def _submitted(city: City, story: Story) -> Life:
    service = city.counter.service(story.service)
    form = city.counter.library.current(str(service["form"]))
    assert form is not None
    derived = derive(key := mint_submission_key(city.intake.random))
    papers = Papers(city, derived.reference, derived.files_key)
    sent = {name: papers.send(kinds) for name, kinds in story.papers.items()}
    instance = fill(form, dict(form.example or {}) | _lives_at(form, story.place) | dict(story.answers) | sent)
    if story.reachable:
        instance["phone"] = NUMBER
    routing = routing_of(form, instance)
    done = submit(
        city.intake,
        form_id=form.id,
        form_version=form.version,
        service=form.service,
        instance=instance,
        routing=routing,
        office=city.counter.offices.in_role(service, "accept", routed_to(routing)).id,
        phones=phones_of(form, instance),
        key=key,
        filed_by="applicant",
        files=papers.names,
    )
    papers.examined()
    assert done.access_code is not None
    return Life(city, form, done.reference, done.access_code, derived.files_key, instance)


def _lives_at(form: Form, place: str) -> dict[str, Any]:
    """The answers that route an application: the community, and where it is unknown what the form asks instead."""
    routing = next(field for field in form.fields if field.routing)
    instead = [
        field.name
        for field in form.fields
        if any(condition.field == routing.name and UNKNOWN in condition.values for condition in field.asked_if)
    ]
    return {routing.name: place} | (dict.fromkeys(instead, "测试小区（演示用）") if place == UNKNOWN else {})
