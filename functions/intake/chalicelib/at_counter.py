"""Who sits at the public form: anybody, or, by their office's word, a member of its staff who helps somebody."""

from __future__ import annotations

from typing import NamedTuple

from chalicelib.composition import House
from doorstep.applications.counter_pass import read
from doorstep.applications.errors import PassRefused

AT_COUNTER = ("窗口代填", "您在替到窗口来的人填。交了以后，请把回执和查询码打印出来，交给本人。")
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


def read_counter(house: House, token: str) -> Counter:
    """Whose pass this is."""
    try:
        return Counter(read(token, house.desk.keys.public_keys, house.desk.clock()), token)
    except PassRefused:
        return Counter(refused=True)
