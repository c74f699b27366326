"""A counter pass: the office's word that a member of its staff sits at the public form, filling it in for somebody."""

from __future__ import annotations

import datetime as dt

from doorstep.applications.desk import WRITTEN, read_time
from doorstep.applications.errors import PassRefused, TokenRefused
from doorstep.applications.signing import PublicKeys, Signer

KIND = "counter-pass"
"""The payload's `type`. No event has it, and an event has members a pass may not have: neither passes for the other."""

VALID_FOR = dt.timedelta(hours=4)
"""Half a day at a counter: a form that was left open is nobody's pass for long."""

EARLY = dt.timedelta(minutes=5)
"""How far the clocks of the office's machine and of the public one may be apart."""


def issue(signer: Signer, staff_id: str, now: dt.datetime) -> str:
    """The pass of this staff member, valid for 4 hours from `now` (aware). `signer` is the office's."""
    return signer.sign({"v": 1, "type": KIND, "staff": staff_id, "at": now.astimezone(dt.UTC).strftime(WRITTEN)})


def read(token: str, public_keys: PublicKeys, now: dt.datetime) -> str:
    """The staff id of a pass the office issued within the last 4 hours; PassRefused otherwise."""
    try:
        payload, role = public_keys.verify(token)
    except TokenRefused as refused:
        raise PassRefused(refused.reason) from refused
    staff_id = payload.get("staff")
    known = {"v": 1, "type": KIND, "staff": staff_id, "at": payload.get("at")}
    if role != "office" or payload != known or not isinstance(staff_id, str) or not staff_id:
        raise PassRefused("not-a-pass")
    try:
        issued = read_time(str(payload["at"]))
    except ValueError as error:
        raise PassRefused("not-a-pass") from error
    if not issued - EARLY <= now < issued + VALID_FOR:
        raise PassRefused("expired")
    return staff_id
