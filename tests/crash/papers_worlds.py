"""Where applications and papers of a crash test rest: opened anew in every life of the machine."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from doorstep.applications.store import Store
from doorstep.attachments.files import Files, Quarantine
from doorstep.stores.file_names import SHELVES, Found
from doorstep.stores.folder_files import FolderFiles
from doorstep.stores.folder_quarantine import FolderQuarantine
from doorstep.stores.s3_bucket import Bucket
from doorstep.stores.s3_files import S3Files
from doorstep.stores.s3_quarantine import S3Quarantine
from doorstep.stores.sqlite import SqliteStore
from tests.crash.worlds import Boundary, Counted

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client


class Opened(NamedTuple):
    """`raw` lists every file of an application as it lies there, one that lies twice twice; `parts` counts what is half
    written.
    """

    store: Store
    files: Files
    quarantine: Quarantine
    raw: Callable[[str], list[Found]]
    parts: Callable[[], int]


class PaperWorld(Protocol):
    def open(self, boundary: Boundary) -> Opened:
        """Everything on this world's data; `boundary` is called wherever the process might die."""
        ...

    def begins(self, day: int) -> datetime:
        """When this day began: all that was done on earlier days is a day older. The same in every life."""
        ...


class FolderWorld:
    """SQLite and a folder."""

    def __init__(
        self,
        root: Path,
        files: type[FolderFiles] = FolderFiles,
        quarantine: type[FolderQuarantine] = FolderQuarantine,
    ) -> None:
        self._root = root
        self._files = files
        self._quarantine = quarantine

    def open(self, boundary: Boundary) -> Opened:
        store = Counted(SqliteStore(self._root / "applications.sqlite", boundary=boundary), boundary)
        root = self._root / "files"
        quarantine = self._quarantine(root, boundary=boundary)
        return Opened(
            store,
            self._files(root, boundary=boundary, least_free=0),  # where memory stands in for a disk, it may be small
            quarantine,
            quarantine._folder.all_listed,
            lambda: len(list((root / "parts").iterdir())),
        )

    def begins(self, day: int) -> datetime:
        return _noted(self._root, day, time.time)  # a file's time may be a tick of the kernel behind the clock


class BucketWorld:
    """SQLite and a bucket. The client was used once, and let go of its connections: each child makes its own."""

    def __init__(self, root: Path, client: S3Client, name: str) -> None:
        self._root = root
        self._client = client
        self._name = name

    def open(self, boundary: Boundary) -> Opened:
        store = Counted(SqliteStore(self._root / "applications.sqlite", boundary=boundary), boundary)
        bucket = Bucket(self._client, self._name, None, boundary)

        def raw(reference: str) -> list[Found]:
            return [found for status in SHELVES for found in bucket.listed(status, reference)]

        return Opened(store, S3Files(bucket), S3Quarantine(bucket), raw, lambda: 0)

    def begins(self, day: int) -> datetime:
        return _noted(self._root, day, lambda: math.ceil(time.time()))  # an object's time is in whole seconds


def _noted(root: Path, day: int, began: Callable[[], float]) -> datetime:
    note = root / f"day-{day}"
    if not note.exists():
        part = note.with_suffix(".part")
        part.write_text(repr(at := began()))
        part.replace(note)
        time.sleep(max(0.0, at + 0.02 - time.time()))
    return datetime.fromtimestamp(float(note.read_text()), UTC)
