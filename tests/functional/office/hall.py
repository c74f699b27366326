"""Residents and staff of one city: intake and office over the same store, with the services the site really has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from doorstep.applications.head import Head
from doorstep.counter.staff import Staff
from doorstep.serving.application import ServeSettings
from tests.functional.house import Answer, Intake, example, run_intake
from tests.functional.html_pages import Form, PageReader
from tests.functional.office.people import Person, hired, house_of, signed_in
from tests.functional.office_house import Office, run_office
from tests.this_city import services_json

STREET, OTHER_STREET, DISTRICT = "street-650203001", "street-650203002", "civil-affairs-650203"
PHONE = "0990-6240000"
TO_SEE = re.compile(r'name="seen" value="([^"]+)"')


def with_real_services(settings: ServeSettings) -> ServeSettings:
    """The guides' own facts instead of the small site's: stages, remedies, materials."""
    (settings.build / "intake" / "services.json").write_text(services_json())
    return settings


@dataclass
class Hall:
    """A city on one day. Staff sign in by name: `hall.person("clerk")`."""

    intake: Intake
    office: Office
    answers: dict[str, Any]

    @property
    def log(self) -> str:
        return self.office.log.getvalue()

    def person(self, role: str = "clerk", office: str = STREET, name: str = "") -> Person:
        return signed_in(self.office, self.hired(role, office, name))

    def hired(self, role: str = "clerk", office: str = STREET, name: str = "") -> Staff:
        staff = hired(self.office, role, name or f"{role} {office}")._replace(office=office)
        house_of(self.office).records.staff.put(staff)
        return staff

    def applied(self, **changes: Any) -> dict[str, Any]:
        """A resident's receipt as the API gives it: reference, access_code, …"""
        receipt: dict[str, Any] = self.intake.submitted({**self.answers, **changes})
        return receipt

    def reference(self, **changes: Any) -> str:
        return str(self.applied(**changes)["reference"])

    def head(self, reference: str) -> Head:
        head = house_of(self.office).counter.desk.store.head(reference)
        assert head is not None
        return head

    def pass_(self, **parts: float) -> None:
        """Time goes by for residents and staff alike."""
        self.intake.time.pass_(**parts)
        self.office.time.pass_(**parts)


def run_hall(settings: ServeSettings) -> Hall:
    settings = with_real_services(settings)
    intake, office = run_intake(settings), run_office(settings)
    answers = example() | {"registered_community": "650203001001", "phone": PHONE}
    return Hall(intake, office, answers)


@dataclass
class Tab:
    """One tab of a staff member's browser, without JavaScript: it opens pages, fills in forms, follows redirects."""

    person: Person
    answer: Answer | None = None
    path: str = ""

    def open(self, path: str) -> Tab:
        self.answer, self.path = self.person.get(path), path
        return self._follow()

    def press(self, action: str, does: str = "", **typed: Any) -> Tab:
        """Send the form that posts to an address ending so, with these values; None unticks or leaves out."""
        form = self.form(action)
        named = {name.replace("__", ":"): value for name, value in typed.items()}
        return self.send(form, does, named)

    def send(self, form: Form, does: str, typed: Mapping[str, Any]) -> Tab:
        pairs = [(name, value) for name, value in form.fields if name not in typed]
        for name, value in typed.items():
            pairs += [(name, one) for one in (value if isinstance(value, list) else [value]) if one is not None]
        pairs += [("_do", does)] if does else []
        self.answer, self.path = self.person.post(form.action, pairs), form.action
        return self._follow()

    def form(self, action: str) -> Form:
        return next(form for form in self.page.forms if form.action.endswith(action))

    @property
    def status(self) -> int:
        assert self.answer is not None
        return self.answer.status

    @property
    def text(self) -> str:
        return self.page.text

    @property
    def html(self) -> str:
        assert self.answer is not None
        return self.answer.text

    @property
    def page(self) -> PageReader:
        return PageReader(self.html)

    @property
    def done(self) -> str:
        return self.page.texts.get("of-done", "").strip()

    @property
    def errors(self) -> list[str]:
        """The summary's lines; each must lead to something on the page."""
        page = self.page
        links = [link[1:] for link in page.links if link.startswith("#") and link not in ("#main", "#why")]
        lost = [link for link in links if link not in page.ids]
        assert not lost, f"links that lead nowhere: {lost}"
        said = page.texts.get("error-summary", "").strip().split("\n")
        return [line.strip() for line in said[1:] if line.strip()]

    def _follow(self) -> Tab:
        assert self.answer is not None
        if self.answer.status == 303:
            self.path = self.answer.headers["location"]
            self.answer = self.person.get(self.path)
        return self


def opened(person: Person, reference: str, why: str = "check") -> Tab:
    """The page of an opened application."""
    return Tab(person).open(f"/applications/{reference}").press("/opened", why=why)


def accepted(person: Person, reference: str, **typed: Any) -> Tab:
    """Accept it as the clerk does: open, tick all there is to tick, write down when those signed whose names stand
    there.
    """
    tab = Tab(person).open(f"/applications/{reference}/steps/accept").press("/accept", "form")
    said: dict[str, Any] = {"identity_checked": "yes", "seen": TO_SEE.findall(tab.html)}
    for number in (1, 2):
        row = f"sign-income-check-{number}"
        if f"{row}-year" in tab.page.ids:
            said |= {f"{row}-year": "2026", f"{row}-month": "11", f"{row}-day": "20"}
    return tab.press("/accept", "take", **(said | typed))


def to_the_district(person: Person, reference: str, **typed: Any) -> None:
    """Through acceptance and the street's two stages: it stands with the district, to be decided."""
    accepted(person, reference, **typed)
    for _ in range(2):
        Tab(person).open(f"/applications/{reference}/steps/advance").press("/advance", "take")
