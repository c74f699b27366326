"""What is asked only after approval: the steps pages and programs share. Which form, what came, and sending it once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from chalicelib.answers import VERSION, Checked, check
from chalicelib.composition import House
from doorstep.applications.follow import Followed
from doorstep.applications.head import Head
from doorstep.applications.journal import find_event
from doorstep.applications.reading import APPROVED, Supplied, supplied
from doorstep.applications.status import StatusWords
from doorstep.applications.supply import MOST_SUPPLIED, supply, times_supplied
from doorstep.forms.entries import Entry
from doorstep.forms.form import Form
from doorstep.forms.masked import masked, masked_entries, without_cards
from weblib.problems import ProblemError

ASKED = "批准了，请填收款账户，钱好打给您；在这里填，到办事窗口填，都行。决定也在下面。"
CAME = "现在不用做什么。收款账户收到了，和决定一起写在下面。"
"""What to do now, once it is approved: before and after it came."""


class Wanted(NamedTuple):
    """`form` is what is asked now, `sent` what came last (None: nothing yet), filled in in `sent_form`; `may_send`:
    it can still be sent, or corrected by sending it again.
    """

    form: Form
    sent: Supplied | None
    sent_form: Form
    may_send: bool

    def entries(self, house: House) -> tuple[Entry, ...]:
        """What came, to be read: of a card the last four digits."""
        return masked_entries(self.sent_form, house.places, self.sent.answers) if self.sent else ()

    def tree(self) -> dict[str, Any]:
        """What the page is filled with when it is sent again: a card's number is typed anew."""
        return without_cards(self.sent_form, self.sent.answers) if self.sent else {}

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "form": self.form.id,
            "form_version": self.form.version,
            "title": self.form.title,
            "may_send": self.may_send,
            "supplied_at": self.sent.at if self.sent else None,
            "answers": masked(self.sent_form, self.sent.answers) if self.sent else None,
        }


def wanted(house: House, followed: Followed) -> Wanted | None:
    """None while it is not approved, and where its service asks for nothing then. Raises Tampered, StoreUnavailable."""
    head = followed.head
    if head.status != APPROVED:
        return None
    form = house.library.after_approval(str(house.services.get(head.service, {}).get("after_approval", "")))
    sent = supplied(house.desk, followed)
    sent_form = house.library.find(sent.form, sent.form_version) if sent else form
    if sent and sent_form is None:
        raise LookupError("the archive lacks a form version that was accepted")
    asked, filled = form or sent_form, sent_form or form
    if asked is None or filled is None:
        return None
    return Wanted(asked, sent, filled, form is not None and times_supplied(head) < MOST_SUPPLIED)


def asked(house: House, followed: Followed, event_id: str = "") -> Wanted:
    """The same for whoever is about to send it, with `event_id` ("" for none yet). Raises ProblemError 409 where
    nothing is asked, or not any more; not for what this event id has stored already.
    """
    found = wanted(house, followed)
    if found is None:
        raise ProblemError("not-asked-after")
    if not found.may_send and not (event_id and find_event(followed.head, event_id)):
        raise ProblemError("supplied-often")
    return found


def checked(
    house: House, head: Head, found: Wanted, tree: Mapping[str, Any], *, version: str, event_id: str
) -> Checked:
    """The answers as understood, in the version the page began with ("" for the current one) while it is accepted; what
    is stored already under this event id is understood as it was. Raises ProblemError 400 or 410.
    """
    form: Form | None = found.form
    if version and version != found.form.version:
        if not VERSION.fullmatch(version):
            raise ProblemError("unreadable")
        form = house.library.find(found.form.id, version)
        again = bool(event_id and find_event(head, event_id))
        if form is None or not (again or house.library.accepted(form.id, version, house.today())):
            raise ProblemError("retired-form")
    assert form is not None
    return check(house, form, tree)


def send(house: House, followed: Followed, answers: Checked, event_id: str) -> Head:
    """Store it once; raises what `applications.supply` raises."""
    form = answers.form
    return supply(
        house.desk, followed, form=form.id, form_version=form.version, answers=answers.instance, event_id=event_id
    )


def words_after(words: StatusWords, found: Wanted | None) -> StatusWords:
    """What to do now, where something is asked after approval."""
    return words if found is None else words._replace(now=CAME if found.sent else ASKED)
