"""A resident tells the editors the words that found nothing. The words alone are kept, with the day and how often."""

from __future__ import annotations

import datetime as dt

from chalice.app import Request, Response

from chalicelib.api import body_members
from chalicelib.composition import House
from doorstep.search.unfound import worth_keeping
from weblib.problems import ProblemError
from weblib.requests import address, json_body

WANTED = "这几个字没有留下。正文是一个JSON对象，里面只有 words，写没找到的那几个字。"
TOMORROW = "这几个字没有留下，请明天再发。要问事，请打12345。"


def send_words(house: House, request: Request) -> Response:
    """204 once they are kept. What was refused is not counted: nothing was kept of it."""
    words = worth_keeping(_sent(request))
    if words is None:
        raise ProblemError("words-refused")
    sender = address(request, house.settings.proxies)
    wait = house.words_sent.wait(sender)
    if wait:
        raise ProblemError("too-many-words", headers={"Retry-After": str(wait)})
    if not house.words_sent.today(sender, house.today()):
        raise ProblemError("too-many-words", headers={"Retry-After": str(_until_tomorrow(house))}, detail=TOMORROW)
    if not house.seeking.note(words, house.today()):
        raise ProblemError("enough-words", headers={"Retry-After": str(_until_tomorrow(house))})
    return Response("", {}, 204)


def _sent(request: Request) -> str:
    """Here is no form to go back to, as elsewhere where a body cannot be read."""
    try:
        return str(body_members(json_body(request), {"words": str}, required=("words",))["words"])
    except ProblemError as problem:
        if problem.kind != "unreadable":
            raise
        raise ProblemError(problem.kind, detail=WANTED) from problem


def _until_tomorrow(house: House) -> int:
    """Seconds; the day is the city's, as that of what is kept."""
    now = house.desk.clock()
    tomorrow = dt.datetime.combine(house.today() + dt.timedelta(days=1), dt.time(), dt.timezone(dt.timedelta(hours=8)))
    return max(1, round((tomorrow - now).total_seconds()))
