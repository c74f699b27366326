"""One examiner's key for all (RSA takes its time), and a folder of files for each test."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from doorstep.applications import encoding
from doorstep.applications.office_keys import ExaminerKeys
from doorstep.applications.sealing import Unlock
from doorstep.applications.signing import PublicKeys, Signer
from doorstep.attachments.container import Examined, unpack
from doorstep.attachments.envelope import enclose
from doorstep.attachments.files import FileState
from doorstep.attachments.naming import FileKey, file_key
from doorstep.attachments.statements import Refused, read_refused
from doorstep.stores.folder_files import FolderFiles
from doorstep.stores.folder_quarantine import FolderQuarantine

FILES_KEY = bytes(range(32))
REFERENCE = "0000-0000-0000-0"
OTHER = "1111-1111-1111-1"


class Folder:
    """Intake's and the examiner's side of one folder of files."""

    def __init__(self, place: Path, own: ExaminerKeys) -> None:
        self.place = place
        self.files = FolderFiles(place)
        self.quarantine = FolderQuarantine(place)
        self.own = own
        self.examined_by = PublicKeys([("examiner", own.signs.public)])
        self.opens = own.opens

    def send(self, content: bytes, reference: str = REFERENCE) -> FileKey:
        """As intake does."""
        key = file_key(FILES_KEY, encoding.encode(sha256(content).digest()))
        self.files.put(reference, key.name, enclose(self.opens.lock, reference, key, content, os.urandom))
        return key

    def state(self, key: FileKey, reference: str = REFERENCE) -> FileState:
        return self.files.states(reference)[key.name]

    def said(self, key: FileKey, reference: str = REFERENCE, statement: bytes | None = None) -> Refused:
        """What the examiner says of its refusal, where it rests or (`statement`) elsewhere."""
        statement = self.files.refusal(reference, key.name) if statement is None else statement
        assert statement is not None
        return read_refused(self.examined_by, reference, key.name, statement)

    def opened(self, key: FileKey, reference: str = REFERENCE) -> Examined:
        container = self.files.container(reference, key.name)
        assert container is not None
        return unpack(self.examined_by, reference, key, container)


@pytest.fixture(scope="session")
def own() -> ExaminerKeys:
    opens = Unlock(generate_private_key(65537, 3072), "examiner")
    return ExaminerKeys(opens, Signer("examiner", Ed25519PrivateKey.generate()))


@pytest.fixture
def folder(tmp_path: Path, own: ExaminerKeys) -> Folder:
    return Folder(tmp_path / "files", own)
