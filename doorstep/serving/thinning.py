"""What is left of a form's post when its files cannot be taken: every field it holds, and that files were chosen.

So whoever chose photos that are too large gets the page again with all they had filled in, and not a fault.
"""

from __future__ import annotations

import re

MOST_KEPT = 256 * 1024
"""Bytes of fields, headers and boundaries; more is no form of ours."""

_BOUNDARY = re.compile(r'boundary=(?:"([^"]{1,70})"|([^\s;,"]{1,70}))', re.IGNORECASE)


class Thinner:
    """Takes multipart/form-data in pieces and keeps it without the content of its files. `lost`: it is none."""

    def __init__(self, content_type: str) -> None:
        found = _BOUNDARY.search(content_type)
        self.lost = found is None
        self._delimiter = b"\r\n--" + ((found[1] or found[2]).encode("latin-1") if found else b"")
        self._rest = b"\r\n"  # the first boundary has no line before it
        self._kept = bytearray()
        self._in_header = False
        self._drop = True

    def feed(self, piece: bytes) -> None:
        """The next piece, of any length."""
        self._rest += piece
        while not self.lost and self._step():
            pass

    def content(self) -> bytes:
        """What was kept, once all was fed; empty where it is lost."""
        return b"" if self.lost else bytes(self._kept[2:]) + self._rest

    def _step(self) -> bool:
        """One header, or one part's content, as far as it has come; False: more is needed."""
        mark = b"\r\n\r\n" if self._in_header else self._delimiter
        at = self._rest.find(mark)
        if at < 0:
            if not self._in_header:
                kept = max(0, len(self._rest) - len(mark) + 1)
                self._take(self._rest[:kept])
                self._rest = self._rest[kept:]
            self.lost = self.lost or len(self._rest) > MOST_KEPT
            return False
        before, self._rest = self._rest[:at], self._rest[at + len(mark) :]
        if self._in_header:
            self._drop = False
            self._take(before)
            self._drop = b"filename=" in before.lower()
        else:
            self._take(before)
        self._kept += mark
        self._in_header = not self._in_header
        return True

    def _take(self, content: bytes) -> None:
        if not self._drop:
            self._kept += content
            self.lost = self.lost or len(self._kept) > MOST_KEPT
