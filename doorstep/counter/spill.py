"""Sorting what does not fit into memory: text spread over temporary files by reference, taken up one file at a time."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Self

PARTS = 64
"""Of a million applications with ten lines each, a part holds 160,000 lines: some 50 MB."""


class Spill:
    """Use it as a context: its files go when it ends. One thread's."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._files: list[IO[str]] = []

    def __enter__(self) -> Self:
        for _ in range(PARTS):
            file = tempfile.TemporaryFile("w+", encoding="ascii", buffering=1 << 16)
            self._files.append(self._stack.enter_context(file))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def put(self, reference: str, text: str) -> None:
        """Keep a line of ASCII text (without a line break) for this reference."""
        self._files[zlib.crc32(reference.encode()) % PARTS].write(f"{reference} {text}\n")

    def parts(self) -> Iterator[dict[str, list[str]]]:
        """Reference → its texts in the order they were put, for one part of all references after the other."""
        for file in self._files:
            file.seek(0)
            part: dict[str, list[str]] = {}
            for line in file:
                reference, _, text = line.rstrip("\n").partition(" ")
                part.setdefault(reference, []).append(text)
            yield part
