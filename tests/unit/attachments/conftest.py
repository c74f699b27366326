"""Real keys made once, a store in memory, files in a folder whose clock a test may set."""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from doorstep.applications.desk import Desk
from doorstep.applications.keyring import Keys, load_intake_keys
from doorstep.applications.keys import derive, mint_submission_key
from doorstep.applications.office_keys import load_examiner
from doorstep.applications.sealing import Unlock
from doorstep.applications.submit import submit
from doorstep.attachments.files import Waiting
from doorstep.attachments.naming import FileKey, file_key
from doorstep.stores.folder_files import FolderFiles
from doorstep.stores.folder_quarantine import FolderQuarantine
from tests.made_once import var_with_keys
from tests.memory_store import MemoryStore
from tests.unit.attachments.samples import digest_of

MORNING = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


class Draft:
    """One application somebody is making."""

    def __init__(self) -> None:
        self.key = mint_submission_key(secrets.token_bytes)
        self.derived = derive(self.key)
        self.reference = self.derived.reference

    def file(self, content: bytes) -> FileKey:
        return file_key(self.derived.files_key, digest_of(content))


class Machine:
    """Store and files of one machine. Time is what a test says it is."""

    def __init__(self, keys: Keys, folder: Path) -> None:
        self.store = MemoryStore()
        self.files = FolderFiles(folder)
        self.quarantine = FolderQuarantine(folder)
        self.folder = folder
        self._keys = keys

    def sent(self, draft: Draft, content: bytes, at: datetime) -> str:
        """The name of a file that comes in at this moment."""
        name = draft.file(content).name
        self.files.put(draft.reference, name, b"envelope")
        self.came_in(draft, name, at)
        return name

    def came_in(self, draft: Draft, name: str, at: datetime) -> None:
        """Let all there is of the file have been written then."""
        for path in self.folder.glob(f"*/{draft.reference}/{name}*"):
            os.utime(path, (at.timestamp(), at.timestamp()))

    def examined(self, draft: Draft, name: str, at: datetime, *, why: str = "") -> None:
        """The examiner keeps it (or refuses it) at this moment."""
        file = Waiting(draft.reference, name, at)
        if why:
            self.quarantine.refuse(file, why)
        else:
            self.quarantine.keep(file, 1, b"container")
        self.came_in(draft, name, at)

    def confirmed(self, draft: Draft, *names: str, at: datetime = MORNING) -> None:
        submit(
            Desk(self.store, self._keys, lambda: at, secrets.token_bytes),
            form_id="sample",
            form_version="0" * 64,
            service="sample",
            instance={"papers": len(names)},
            routing={},
            key=draft.key,
            filed_by="self",
            office="street",
            files=names,
        )

    def rest(self, draft: Draft) -> dict[str, str]:
        """Name → status."""
        return {name: state.status for name, state in self.files.states(draft.reference).items()}


@pytest.fixture(scope="session")
def var_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return var_with_keys(tmp_path_factory)


@pytest.fixture(scope="session")
def keys(var_dir: Path) -> Keys:
    return load_intake_keys(var_dir)


@pytest.fixture(scope="session")
def examiner(var_dir: Path) -> Unlock:
    return load_examiner(var_dir).opens


@pytest.fixture
def draft() -> Draft:
    return Draft()


@pytest.fixture
def machine(keys: Keys, tmp_path: Path) -> Machine:
    """One where somebody else has applied already."""
    machine = Machine(keys, tmp_path / "files")
    machine.confirmed(Draft())
    return machine


def hours(number: float) -> timedelta:
    return timedelta(hours=number)
