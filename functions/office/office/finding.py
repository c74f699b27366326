"""Finding one application by the reference somebody reads aloud."""

from __future__ import annotations

from chalice.app import Request, Response

from doorstep.applications.errors import Mistyped
from doorstep.applications.reference import read_reference
from office.queries import query
from weblib.answers import see_other

WRONG = {
    "length": "编号是13位，请对照回执看看多了还是少了",
    "character": "编号里有认不出来的字，请对照回执逐组核对",
    "check-digit": "编号里有一位对不上，请对照回执逐组核对",
}


def find(request: Request) -> Response | str:
    """The way to the application whose reference was typed, or what is wrong with it; "" when nothing was typed."""
    typed = query(request, "reference")
    if not typed.strip():
        return ""
    try:
        return see_other(f"/applications/{read_reference(typed)}")
    except Mistyped as error:
        return WRONG.get(error.reason, WRONG["check-digit"])
