"""A resident who photographs papers and applies through intake's API, and an examiner's work on them."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from doorstep.applications import encoding
from doorstep.applications.keys import derive, mint_event_id, mint_submission_key
from doorstep.applications.office_keys import load_examiner
from doorstep.attachments.container import Examined, Page, pack
from doorstep.attachments.files import Waiting
from doorstep.attachments.naming import FileKey, file_key
from doorstep.attachments.statements import Refused, say_refused
from doorstep.stores.folder_quarantine import FolderQuarantine
from tests.functional.office.hall import Hall
from tests.functional.office.people import house_of
from tests.parsed_once import parsed_once
from tests.plain_jpeg import page

FORM = "medical-assistance"


def photographed(number: int, content: bytes) -> Page:
    """What the examiner makes of a page of this file."""
    return page(b"this is page %d of " % number + content, 600 + number, 800)


class Papers:
    """One application for help with medical costs."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.key = mint_submission_key(secrets.token_bytes)
        self.files = house_of(hall.office).counter.files
        self._signs = load_examiner(hall.intake.settings.var, parsed_once).signs
        self.receipt: dict[str, Any] = {}
        self.quarantine = FolderQuarantine(hall.intake.settings.var / "files")

    @property
    def reference(self) -> str:
        return str(self.receipt["reference"])

    def sent(self, content: bytes) -> FileKey:
        """It comes in, and waits for the examiner."""
        file = file_key(derive(self.key).files_key, encoding.encode(sha256(content).digest()))
        self.files.put(self._reference, file.name, b"an envelope that only the examiner opens")
        return file

    def kept(self, content: bytes, pages: int = 1) -> FileKey:
        """It comes in, and the examiner makes pages of it."""
        file = self.sent(content)
        made = tuple(photographed(number, content) for number in range(1, pages + 1))
        container = pack(self._signs, self._reference, file, Examined("image/jpeg", made), secrets.token_bytes)
        self.quarantine.keep(self._waiting(file), pages, container)
        return file

    def refuse(self, file: FileKey, why: str) -> None:
        """The examiner refuses what waits, after the application came in: intake takes none that is refused before."""
        said = Refused(why, datetime.now(UTC), as_sent=True)
        statement = say_refused(self._signs, self._reference, file.name, said)
        self.quarantine.refuse(self._waiting(file), why, statement)

    def submit(self, *bills: FileKey, diagnosis: tuple[FileKey, ...] = ()) -> str:
        """The reference. Without files the papers are to be brought to the counter."""
        form = self.hall.intake.function.start().library.current(FORM)
        answers = dict(form.example) | {"settled": "some_not", "papers_how": "photo" if bills else "counter"}
        answers["community"] = "650203001001"
        if bills:
            answers["bill_papers"] = [file.digest for file in bills]
        if diagnosis:
            answers["diagnosis_papers"] = [file.digest for file in diagnosis]
        client, body = self.hall.intake.client, {"answers": answers, "submission_key": self.key}
        done = client.post_json(f"/api/forms/{FORM}/applications", body)
        assert done.status in {200, 201}, done.text
        self.receipt = done.json
        return self.reference

    def correct(self, changes: dict[str, Any]) -> None:
        """What the resident changes, with their code."""
        bearer = {"Authorization": f"Bearer {self.receipt['access_code']}"}
        said = {"answers": changes, "event_id": mint_event_id(secrets.token_bytes)}
        path = f"/api/applications/{self.reference}/correction"
        done = self.hall.intake.client.post_json(path, said, **bearer)
        assert done.status == 200, done.text

    @property
    def _reference(self) -> str:
        return derive(self.key).reference

    def _waiting(self, file: FileKey) -> Waiting:
        return Waiting(self._reference, file.name, datetime.now(UTC))
