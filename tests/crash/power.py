"""A disk whose power can be cut: whatever was not flushed by then is lost, in the two worst ways."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

from doorstep.stores.disk import Disk


class PowerCut(Exception):
    """The power went off. Nothing of the process that was under way goes on."""


class CutAt:
    """A boundary that cuts the power when it is reached for the nth time."""

    def __init__(self, number: int) -> None:
        self._left = number

    def __call__(self, _name: str) -> None:
        self._left -= 1
        if self._left == 0:
            raise PowerCut


class Powered(Disk):
    """Works on real files, and knows which contents and which names of a folder were flushed.

    A content that was not flushed is an empty file after a cut. A name that was added and not flushed is gone; one that
    was taken away and not flushed is back, or is not: a disk may do either.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._ids = count()
        self._present: dict[Path, int] = {}
        self._contents: dict[int, bytes] = {}
        self._flushed: set[int] = set()
        self._names: dict[Path, dict[str, int | None]] = {root: {}}

    def write(self, path: Path, content: bytes) -> None:
        super().write(path, content)
        self._present[path] = number = next(self._ids)
        self._contents[number] = content

    def flush(self, path: Path) -> None:
        super().flush(path)
        self._flushed.add(self._present[path])

    def rename(self, source: Path, target: Path) -> None:
        super().rename(source, target)
        self._present[target] = self._present.pop(source)

    def unlink(self, path: Path) -> None:
        super().unlink(path)
        self._present.pop(path, None)

    def flush_folder(self, folder: Path) -> None:
        super().flush_folder(folder)
        files = {path.name: number for path, number in self._present.items() if path.parent == folder}
        self._names[folder] = files | {path.name: None for path in folder.iterdir() if path.is_dir()}

    def cut(self, *, comes_back: bool) -> None:
        """Leave of the files what is on the disk. `comes_back`: also what was taken away, if that was not flushed."""
        stood = {path for path in self._root.rglob("*") if path.is_dir()} | set(self._present)
        shutil.rmtree(self._root)
        self._restore(self._root, lambda path: comes_back or path in stood)

    def _restore(self, folder: Path, stays: Callable[[Path], bool]) -> None:
        folder.mkdir(mode=0o700)
        for name, number in self._names.get(folder, {}).items():
            path = folder / name
            if not stays(path):
                continue
            if number is None:
                self._restore(path, stays)
            else:
                path.write_bytes(self._contents[number] if number in self._flushed else b"")
                path.chmod(0o600)


class Unflushed(Powered):
    """Contents are written, and left to the disk."""

    def flush(self, path: Path) -> None:
        pass


class Nameless(Powered):
    """Names of new files are left to the disk."""

    def flush_folder(self, folder: Path) -> None:
        if folder.parent == self._root.parent:  # as it is made
            super().flush_folder(folder)


class Shallow(Powered):
    """The names of new files are flushed, that of the folder made for them is not."""

    def flush_folder(self, folder: Path) -> None:
        if folder.parent != self._root:
            super().flush_folder(folder)
