"""Who asks: what every view of the office is called with first."""

from __future__ import annotations

from typing import NamedTuple

from doorstep.counter.sessions import SignedIn, csrf_token
from doorstep.counter.staff import Staff
from office.composition import House
from office.paths import purpose_of
from office.posted import Posted


class Visit(NamedTuple):
    """`who` is None for whoever is not signed in; only a route that is open to all lets them in.

    `form`: what was posted; empty for everything else.
    """

    house: House
    who: SignedIn | None = None
    form: Posted = Posted()

    @property
    def staff(self) -> Staff:
        """Who asks, on pages that are not public."""
        if self.who is None:
            raise LookupError("this route let somebody in who is not signed in")
        return self.who.staff

    def csrf(self, address: str) -> str:
        """What a form that posts to `address` carries in its hidden field `_csrf`; empty for who is not signed in."""
        return csrf_token(self.who.token, purpose_of(address)) if self.who else ""
