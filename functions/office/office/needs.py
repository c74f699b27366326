"""Who may call a route: one of these stands beside each in the table."""

from __future__ import annotations

from weblib.routes import PUBLIC

CLERKS = frozenset(("clerk",))
HANDLERS = CLERKS | {"decider"}
"""Who handles applications; an auditor reads no answers."""

AUDITORS = frozenset(("auditor",))
STAFF = HANDLERS | AUDITORS
"""Everybody who is signed in."""

__all__ = ["AUDITORS", "CLERKS", "HANDLERS", "PUBLIC", "STAFF"]
