"""One post of a resident who holds reference and code."""

from __future__ import annotations

from dataclasses import dataclass, field

from chalicelib.composition import House
from doorstep.applications.follow import Followed
from doorstep.applications.head import Head


@dataclass(frozen=True, slots=True)
class Visit:
    """`fields` are the controls of the post, `body` the post itself, `files` what was chosen on its page; `argument` is
    what stands behind `_do`'s colon, `sender` the address it came from, `problem` why the files stayed behind.
    """

    house: House
    followed: Followed
    reference: str
    code: str = field(repr=False)
    fields: dict[str, str] = field(repr=False)
    body: str = field(repr=False)
    argument: str = ""
    files: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    sender: str = ""
    problem: str = ""

    @property
    def head(self) -> Head:
        return self.followed.head
