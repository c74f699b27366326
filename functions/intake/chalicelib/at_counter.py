"""Who sits at the public form: anybody, or, by their office's word, a member of its staff who helps somebody."""

from __future__ import annotations

from typing import Any, NamedTuple

from chalicelib.composition import House
from doorstep.applications.counter_pass import read
from doorstep.applications.errors import PassRefused
from doorstep.applications.receipt import AT_COUNTER as BY_STAFF
from doorstep.applications.receipt import WHO_FILED
from doorstep.forms.form import Form

AT_COUNTER = (
    "窗口替居民填（工作人员 {staff}）",
    "您在替到窗口来的人填。交了以后，请把回执和查询码打印出来，交给本人。",
)
REFUSED = (
    "窗口代填的凭证过期了，或者不完整",
    "现在填的这份，和居民自己填的一样，照样能交。要算窗口代填，请从工作人员的网页重新打开。",
)


class Counter(NamedTuple):
    """`staff` is the id on a valid pass, `token` the pass; both are empty for anybody else. `refused`: there was one,
    and it does not count.
    """

    staff: str = ""
    token: str = ""
    refused: bool = False


NOBODY = Counter()

_ON_BEHALF = {
    "filing_for": "community", "agent_name": "测试工作人员", "agent_statement": True, "acting_as": "entrusted",
}  # fmt: skip


def who_filed(filed_by: str, filer: str | None) -> str:
    """Who filed an application, of its receipt's signed facts; empty for what a newer release may have written.

    A `filer` stands there on an office's word, the rest is what whoever filled it in said of themselves.
    """
    return BY_STAFF if filer else WHO_FILED.get(filed_by, "")


def example(form: Form, counter: Counter) -> dict[str, Any]:
    """The demonstration's test person; at a counter it is not the test person who fills in."""
    answers = form.example or {}
    if not counter.staff:
        return answers
    return answers | {name: value for name, value in _ON_BEHALF.items() if form.field(name)}


def read_counter(house: House, token: str) -> Counter:
    """Whose pass this is."""
    try:
        return Counter(read(token, house.desk.keys.public_keys, house.desk.clock()), token)
    except PassRefused:
        return Counter(refused=True)
