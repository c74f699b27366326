"""Who works at the counter: a record each, never deleted, so that an event of years ago still has its author."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

ROLES = {"clerk": "经办员", "decider": "审批员", "auditor": "查核员"}
"""A clerk checks, asks for corrections and accepts; a decider approves or refuses; an auditor reads no answers."""

_NAME = re.compile(r"[^\s\x00-\x1f\x7f](?:[^\x00-\x1f\x7f]{0,38}[^\s\x00-\x1f\x7f])?")


class Staff(NamedTuple):
    """A staff member. Events and the reading log name them by `id` alone.

    `subject`: who they are to the OpenID provider, or "". `revoked_at`: since when they may not sign in, or "".
    """

    id: str
    name: str
    office: str
    role: str
    subject: str = ""
    revoked_at: str = ""

    @property
    def active(self) -> bool:
        return not self.revoked_at


class StaffProblem(Exception):
    """The register refuses: says what is wrong and what to do, for the person who ran the command."""


class StaffRegistry(Protocol):
    """Where the records stand. Names are distinct for ever, subjects too where there is one."""

    def put(self, staff: Staff) -> None:
        """Add the record, or replace the one of this id. Raises StaffProblem for another's name or subject."""

    def by_id(self, staff_id: str) -> Staff | None:
        """The record of this id, revoked ones included."""

    def by_name(self, name: str) -> Staff | None:
        """The record of this name, revoked ones included."""

    def by_subject(self, subject: str) -> Staff | None:
        """The record of this subject, revoked ones included; None for ""."""

    def everyone(self) -> tuple[Staff, ...]:
        """All records, by office and name."""


def may_have_filed(registry: StaffRegistry, received: Mapping[str, Any]) -> bool:
    """Whether the filer this first event names, should it name one, could sign in when it was written."""
    if "filer" not in received:
        return True
    filer = registry.by_id(str(received["filer"]))
    return filer is not None and (filer.active or str(received["at"]) < filer.revoked_at)


def mint_staff_id(random: Callable[[int], bytes]) -> str:
    """`s-` and 80 random bits in base32, small letters: it says nothing of the person."""
    return "s-" + base64.b32encode(random(10)).decode("ascii").lower()


def add_staff(
    registry: StaffRegistry, *, name: str, office: str, role: str, subject: str, random: Callable[[int], bytes]
) -> tuple[Staff, bool]:
    """A new record, or the revoked one of this name taken back under its old id; True when it was taken back.

    A person who changes office or role keeps the id: who filed something as a clerk may not decide it as a decider.
    Raises StaffProblem: a name nobody can have, the name or subject of somebody who is active, an unknown role.
    """
    name = unicodedata.normalize("NFC", name.strip())
    if not _NAME.fullmatch(name):
        raise StaffProblem("a name is 1 to 40 letters in one line, such as the one on the person's badge")
    if role not in ROLES:
        raise StaffProblem(f"there is no role of this name; the roles are {', '.join(ROLES)}")
    known = registry.by_name(name)
    if known is not None and known.active:
        raise StaffProblem(
            f"{name} is there already, as {known.role} of {known.office}. For a new link: doorstep staff link. "
            "To change office or role: revoke, then add again. For another person of this name, add what tells them "
            "apart, such as the name of their street"
        )
    staff = Staff(known.id if known else mint_staff_id(random), name, office, role, subject)
    registry.put(staff)
    return staff, known is not None
