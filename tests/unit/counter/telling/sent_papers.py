"""An application with papers in a real folder, and reconciling over it."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from doorstep.applications.correct import correct
from doorstep.applications.keys import derive, mint_submission_key
from doorstep.applications.office_keys import load_examiner
from doorstep.applications.signing import Signer
from doorstep.applications.submit import submit
from doorstep.attachments.container import Examined, pack
from doorstep.attachments.files import Waiting
from doorstep.attachments.naming import FileKey, file_key
from doorstep.attachments.statements import Refused, say_refused
from doorstep.counter.findings import Finding
from doorstep.counter.reconcile import Reconciliation
from doorstep.stores.folder_files import FolderFiles
from doorstep.stores.folder_quarantine import FolderQuarantine
from tests.parsed_once import parsed_once
from tests.plain_jpeg import page
from tests.unit.attachments.samples import digest_of
from tests.unit.counter.telling.city import ALLOWANCE, LIBRARY, STREET, City, event_id
from tests.unit.counter.telling.town import Town


class Sent:
    """An application in this city with two papers, and a third that came with a correction."""

    def __init__(self, city: City, root: Path) -> None:
        self.city, self.root = city, root
        self.files: FolderFiles = FolderFiles(root)
        self.quarantine = FolderQuarantine(root)
        self.signs = load_examiner(city.var, parsed_once).signs
        key = mint_submission_key(secrets.token_bytes)
        derived, self.reference = derive(key), derive(key).reference
        self.papers = [file_key(derived.files_key, digest_of(content)) for content in (b"one", b"two", b"three")]
        one, two, three = self.papers
        self.examined(one, pages=1)
        self.examined(two, pages=2)
        form = LIBRARY.current(ALLOWANCE)
        assert form is not None
        submit(
            city.intake, form_id=ALLOWANCE, form_version=form.version, service=ALLOWANCE,
            instance={"bills": [one.digest, two.digest], "remarks": "x" * 43},
            routing={"registered_community": "650203001001"}, key=key, filed_by="applicant", office=STREET,
            files=[one.name, two.name],
        )  # fmt: skip
        city.step(self.reference, "returned")
        self.examined(three, pages=3)
        correct(
            city.intake, city.followed(self.reference), instance={"bills": [two.digest, three.digest]}, changes=(),
            phones=None, routing={"registered_community": "650203001001"}, event_id=event_id(), files=[three.name],
        )  # fmt: skip

    def examined(self, file: FileKey, pages: int) -> None:
        content = Examined("application/pdf", tuple(page(b"a page") for _ in range(pages)))
        self.kept(file, pages, pack(self.signs, self.reference, file, content, secrets.token_bytes))

    def kept(self, file: FileKey, pages: int, container: bytes) -> None:
        self.files.put(self.reference, file.name, b"envelope")
        waiting = Waiting(self.reference, file.name, self.files.states(self.reference)[file.name].arrived_at)
        self.quarantine.keep(waiting, pages, container)

    def refuse(self, file: FileKey, *, by: Signer | None = None, said: str = "locked", **other: Any) -> None:
        """What waits is refused, now."""
        told = Refused(said, self.city.clock(), as_sent=True)._replace(**other)
        waiting = Waiting(self.reference, file.name, datetime.now(UTC))
        self.quarantine.refuse(waiting, "locked", say_refused(by or self.signs, self.reference, file.name, told))

    def path(self, file: FileKey) -> Path:
        [path] = self.root.glob(f"ready/{self.reference}/{file.name}.*")
        return path


def run_over(
    town: Town, sent: Sent, *, keys: bool = True, proof: bool = True, later: timedelta = timedelta()
) -> tuple[Reconciliation, list[Finding]]:
    desk, file = town.city.counter.desk, town.city.file
    town.checkpoint()
    run = Reconciliation(
        desk.store, desk.keys.public_keys, file.readings, town.folder, memory=file.checkpoints,
        opener=desk if keys else None, files=sent.files, examined_by=desk.keys.examined_by if proof else None,
        now=town.city.clock() + later,
    )  # fmt: skip
    return run, list(run.findings())
