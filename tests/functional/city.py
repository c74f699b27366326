"""An intake and its office on one store, with one application, for tests of what passes between the two."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from doorstep.counter.opening import Opened
from doorstep.counter.taking import Taking
from doorstep.serving.application import ServeSettings
from tests.counter_desk import CounterDesk, counter_desk
from tests.functional.house import FORM, Answer, Intake, example, run_intake
from tests.functional.html_pages import Browser

STREET = "street-650203001"
REMEDIES = [
    {"id": "appeal", "title": "不服决定", "text": "可以依法申请行政复议。"},
    {"id": "complaint", "title": "办得慢", "text": "打12345投诉。"},
]
MATERIALS = [{"id": "identity", "title": "身份证"}, {"id": "income-check", "title": "授权书"}]


@dataclass
class City:
    """An intake and its office on one store, with one application."""

    intake: Intake
    office: CounterDesk
    reference: str
    code: str

    def ask(self, *pointers: str, papers: tuple[str, ...] = (), why: str = "") -> None:
        self.office.ask(self.reference, *pointers, papers=papers, why=why)

    def taking(self, role: str = "clerk") -> Taking:
        return self.office.taking(self.reference, role)

    def opened(self) -> Opened:
        return self.office.opened(self.reference)

    def follow(self, code: str | None = None) -> Browser:
        browser = Browser(self.intake.client)
        browser.answer = self.intake.client.post_form(
            "/track/", [("reference", self.reference), ("code", code or self.code), ("_do", "follow")]
        )
        return browser

    def get(self) -> Any:
        answer = self.intake.client.get(f"/api/applications/{self.reference}", **self.bearer)
        assert answer.status == 200, answer.text
        return answer.json

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.code}"}

    def correct(self, answers: Any, event_id: str | None = None) -> Answer:
        said = {"answers": answers} | ({"event_id": event_id} if event_id else {})
        return self.intake.client.post_json(f"/api/applications/{self.reference}/correction", said, **self.bearer)


@contextmanager
def city_of(settings: ServeSettings) -> Iterator[City]:
    """One whose street decides too."""
    services = settings.build / "intake/services.json"
    told = json.loads(services.read_text())
    told[FORM] |= {"remedies": REMEDIES, "materials": MATERIALS}
    told[FORM]["office_kinds"] = {"accept": "street", "decide": "street"}
    told[FORM]["stages"].append({"id": "confirmation", "title": "审查决定", "office": "decide", "office_title": "街道"})
    services.write_text(json.dumps(told))
    intake = run_intake(settings)
    store = intake.function.start().desk.store
    done = intake.submitted(example() | {"phone": "0990-6221234"})
    with counter_desk(settings.var, settings.build, store=store, clock=intake.time.now) as office:
        yield City(intake, office, done["reference"], done["access_code"])
    intake.function.stop()
