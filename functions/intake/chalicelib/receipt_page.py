"""The receipt (收件回执) as a page: what happened, what happens next, what to bring and to sign, and the code on a slip
apart.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from chalice.app import Request, Response

from chalicelib.answers import Checked
from chalicelib.at_counter import who_filed
from chalicelib.composition import House
from chalicelib.pages import page, render
from doorstep.applications.authorisations import ADULT, authorisations
from doorstep.applications.called_for import is_called_for
from doorstep.applications.limits import stands_behind
from doorstep.applications.offices import FALLBACK, Offices
from doorstep.applications.signing import peek
from doorstep.applications.status import RECEIPT_FIRST_LINE
from doorstep.applications.submit import Submitted
from doorstep.forms.brought import brought
from doorstep.forms.fields import Form
from doorstep.forms.taken_out import phones_of
from weblib.moments import beijing_time

UNITS = {"working_day": "个工作日", "calendar_day": "天"}
STARTS = {"received": "收到申请", "accepted": "正式受理"}
QUICK_MASK = 3
"""A fixed mask makes the QR code four times faster; the eight are equally valid and readers undo any."""

_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9a-fA-F:.]{2,45}\](:[0-9]{1,5})?")


def receipt_page(house: House, request: Request, submitted: Submitted, checked: Checked) -> Response:
    """201 the first time, 200 on a replay: the same receipt, without the code once 30 minutes have passed."""
    form = checked.form
    service = house.services.get(form.service, {})
    site = origin(house, request)
    address = f"{site}/verify/?receipt={submitted.receipt}"
    event = peek(submitted.receipt)  # signed a moment ago, or verified to be given again
    where = where_it_went(house.offices, service, str(event.get("office", "")))
    main = render(
        "receipt.html",
        first_line=RECEIPT_FIRST_LINE,
        form=form,
        reference=submitted.reference,
        received=beijing_time(submitted.received_at),
        filed=who_filed(event["filed_by"], event.get("filer")),
        filer=event.get("filer"),
        code=submitted.access_code,
        where=where,
        steps=list(
            what_happens_next(service, where.office if where else "", reachable=bool(phones_of(form, checked.instance)))
        ),
        brought=list(to_bring(service, form, checked.instance)),
        signatures=list(signatures(service, checked.instance, _day(submitted.received_at))),
        at_home=service.get("visits", {}).get("at_home", False),
        address=f"/verify/?receipt={submitted.receipt}",
        receipt=submitted.receipt,
        qr=qr_code(address),
        track_address=f"{site}/track/" if site else "",
    )
    title = f"收件回执 – {form.title}"
    return page(house, title=title, main=main, status=200 if submitted.replayed else 201)


class Where(NamedTuple):
    """Who has the application: `words` for the resident, `office` what people call whoever reads it first, empty while
    nobody knows.
    """

    words: str
    office: str


def where_it_went(offices: Offices, service: Mapping[str, Any], office_id: str) -> Where | None:
    """The office that the receipt names; None for one that is gone. Where it only waits until somebody finds out whose
    it is, that is said.
    """
    office = offices.get(office_id)
    if office is None:
        return None
    if office.kind == FALLBACK != service.get("office_kinds", {}).get("accept"):
        return Where(f"{office.title}（工作人员会帮您找到该归哪个单位）", "")
    return Where(office.title, office.title)


def what_happens_next(service: Mapping[str, Any], office: str = "", *, reachable: bool = True) -> Iterator[str]:
    """Sentences from the guide's facts alone. Days stand there only where a law or a named office committed to them.

    `reachable`: a phone was given, so that somebody can be called.
    """
    acceptance = service.get("acceptance", {})
    reads = office or service.get("offices", {}).get("accept")
    yield f"{reads or '办这件事的工作人员'}先看您填的内容齐不齐，再决定是不是正式受理。"
    if acceptance.get("missing_told") == "once":
        yield "缺什么，会一次全部告诉您，补上就行。"
    if acceptance.get("notify_within"):
        yield f"{acceptance['notify_within']}个工作日内告诉您是不是正式受理（{acceptance['basis']}）。"
    stages = [str(stage["title"]) for stage in service.get("stages", []) if not stage.get("retired")]
    if stages:
        yield "正式受理以后，依次是：" + "；".join(stages) + "。"
    limits = service.get("limits", [])
    for limit in limits:
        yield _limit(limit)
    if not limits:
        yield "这项业务还没有公布办理天数。"
    if not reachable:
        yield "您没留电话，没法打给您：请过几天自己来查一次，看要不要补什么。"
    yield "想知道办到哪一步，随时用编号和查询码在“查进度”里看。"


def _limit(limit: Mapping[str, Any]) -> str:
    unit = UNITS[limit["unit"]]
    most = f"，情况特殊的最多{limit['at_most']}{unit}" if "at_most" in limit else ""
    return f"从{STARTS[limit['from']]}那天起，{limit['days']}{unit}内有决定{most}。依据：{stands_behind(limit)}。"


def to_bring(service: Mapping[str, Any], form: Form, instance: Mapping[str, Any]) -> Iterator[str]:
    """The papers that staff look at, in the guide's order and words: those it lists as shown and these answers call
    for, and those that their resident chose to bring instead of photographing them. Whoever has them all along comes
    once.
    """
    chosen = brought(form, instance)
    for paper in service.get("materials", []):
        if (paper.get("how") == "shown" and is_called_for(paper, instance)) or paper["id"] in chosen:
            certain = "only_if" in paper or paper["id"] in chosen
            when = f"只在{paper['when']}时要" if paper.get("when") and not certain else ""
            said = "，".join(part for part in (when, "手上有就带" if paper.get("optional") else "") if part)
            yield paper["title"] + (f"（{said}）" if said else "")


def signatures(service: Mapping[str, Any], instance: Mapping[str, Any], today: dt.date) -> Iterator[str]:
    """What is still to be signed, by whom: nobody's name stands on the sheet one shows to others."""
    for paper in authorisations(service, instance, today):
        if paper.who == "agent":
            yield f"{paper.title}：申请人签，交给替他办的人。依据：{paper.basis}"
        else:
            counted = f"，照您填的是{paper.people}人" if paper.people else ""
            yield f"{paper.title}：家里满{ADULT}岁的人，每人签一份{counted}。依据：{paper.basis}"


def qr_code(address: str) -> str:
    """A data: address of the SVG that says `address`; black on white in any color scheme."""
    import segno  # noqa: PLC0415 — only a receipt pays for it

    code = segno.make_qr(address, error="l", boost_error=False, mask=QUICK_MASK)
    return str(code.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True))


def origin(house: House, request: Request) -> str:
    """The site's public address: as configured, else as the browser asked for it."""
    if house.settings.origin:
        return house.settings.origin
    host = request.headers.get("host", "")
    secure = request.headers.get("x-forwarded-proto") == "https" if house.settings.proxies else False
    return f"{'https' if secure else 'http'}://{host}" if _HOST.fullmatch(host) else ""


def _day(received_at: str) -> dt.date:
    beijing = dt.timezone(dt.timedelta(hours=8))
    return dt.datetime.fromisoformat(received_at).astimezone(beijing).date()
