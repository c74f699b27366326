"""Is this receipt genuine? Anyone may ask; the answer holds nothing that was filled in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qs

from chalice.app import Request, Response

from chalicelib.at_counter import who_filed
from chalicelib.composition import House
from chalicelib.pages import page, render
from doorstep.applications.errors import ReceiptRefused
from doorstep.applications.receipt import verify_receipt
from weblib.moments import beijing_time
from weblib.problems import ProblemError
from weblib.requests import form_text

NOT_VERIFIED, NOT_GENUINE = "没验成：文字不完整", "这张回执不能信"
INCOMPLETE = "这段文字少了一截，或者多了别的字。请把验证文字从头到尾整段复制过来，再验一次。"
REASONS = {
    "unknown-key": "它不是这个网站发的。",
    "changed": "它被改过，哪怕只改一个字也不算数。",
    "not-a-receipt": "它不是收件回执。",
}

WHOLE = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}")
"""A receipt's text from its first letter to the last of its signature. What lacks some was badly copied, not forged."""


def verify_address(house: House, request: Request) -> Response:
    """The QR code's address."""
    sent = request.query_params
    return _verify(house, sent.getlist("receipt") if sent and "receipt" in sent else [])


def verify_posted(house: House, request: Request) -> Response:
    """The text pasted into the page."""
    try:
        fields = parse_qs(form_text(request), errors="strict", max_num_fields=20)
    except ValueError as reason:
        raise ProblemError("unreadable") from reason
    return _verify(house, fields.get("receipt", []))


def _verify(house: House, sent: Sequence[str]) -> Response:
    """Two receipts at once are none: what stands in front of us might look at one, and we at the other."""
    token = (
        "".join(sent[0].split()) if len(sent) == 1 else ""
    )  # messengers break long lines; white space is no part of a token
    try:
        facts = verify_receipt(token, house.desk.keys.public_keys)
    except ReceiptRefused as refused:
        whole = WHOLE.fullmatch(token) and refused.reason in REASONS
        heading, why = (NOT_GENUINE, REASONS[refused.reason]) if whole else (NOT_VERIFIED, INCOMPLETE)
        main = render("verify.html", facts=None, heading=heading, why=why)
        return page(house, title=heading, main=main, status=422)
    form = house.library.find(facts.form, facts.form_version) or house.library.current(facts.form)
    main = render(
        "verify.html",
        facts=facts,
        title=form.title if form else facts.form,
        received=beijing_time(facts.received_at),
        filed=who_filed(facts.filed_by, facts.filer),
    )
    return page(house, title="这张回执是真的", main=main)
