"""Assisted filing: the public forms, opened with a pass that says which member of staff fills them in."""

from __future__ import annotations

from chalice.app import Request, Response

from doorstep.applications import counter_pass
from office.pages import page, render
from office.queries import address
from office.visitor import Visit


def show_counter(visit: Visit, _request: Request) -> Response:
    """GET /counter"""
    site = visit.house.settings.site or visit.house.settings.beside
    main = render("counter.html", forms=_forms(visit, site) if site else [], site=site)
    return page(visit, title="替居民填", main=main, here="/counter")


def _forms(visit: Visit, site: str) -> list[dict[str, str]]:
    house, counter = visit.house, visit.house.counter
    token = counter_pass.issue(counter.keys.signer, visit.staff.id, house.clock())
    return [
        {"title": str(service["title"]), "address": address(f"{site}/apply/{service['form']}/", counter=token)}
        for service in counter.services.values()
        if service.get("open", True) and service.get("form") and counter.library.current(service["form"])
    ]
