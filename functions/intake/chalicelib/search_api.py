"""The programs' search: what the site's own search finds, by the same index. What was asked stands nowhere."""

from __future__ import annotations

from chalice.app import Request, Response

from chalicelib.composition import House
from doorstep.search.words import LONGEST, readable
from weblib.answers import json_answer
from weblib.problems import ProblemError

USUAL, MOST = 20, 50
"""Results where no `limit` is given, and at most."""


def search(house: House, request: Request) -> Response:
    """One result a page, best first."""
    sent = request.query_params
    asked = sent.getlist("q") if sent and "q" in sent else [""]
    if len(asked) != 1 or not readable(asked[0]):
        raise ProblemError("search-words", detail=f"q写要找的事，写一次，1到{LONGEST}个字，比如“低保”。")
    results = house.seeking.ranker().search(asked[0], _limit(sent.getlist("limit") if sent and "limit" in sent else []))
    return json_answer({"results": [one.told() for one in results]})


def _limit(sent: list[str]) -> int:
    if not sent:
        return USUAL
    # str.isdecimal takes digits of every script, and int any number of them.
    written = sent[0] if len(sent) == 1 and sent[0].isascii() and sent[0].isdecimal() and len(sent[0]) < 3 else ""
    if not written or not 1 <= int(written) <= MOST:
        raise ProblemError("search-words", detail=f"limit是要几条，写一个1到{MOST}的数。")
    return int(written)
