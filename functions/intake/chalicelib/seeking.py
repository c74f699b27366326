"""What answers searches: the ranker over this build's index, and where words rest that found nothing."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from doorstep.startup import ServeError

if TYPE_CHECKING:
    from doorstep.search.ranking import Ranker
    from doorstep.search.unfound import UnfoundWords

INDEX = Path("intake") / "search.txt"
"""Where the build puts it."""


class Seeking:
    """Safe to share between threads. Nothing of the search is imported or read before it is asked for."""

    def __init__(self, build: Path, open_unfound: Callable[[], UnfoundWords | None]) -> None:
        """`open_unfound` is called once, when somebody first sends words."""
        self._index = build / INDEX
        self._making = threading.Lock()
        self._ranker: Ranker | None = None
        self._open_unfound = open_unfound
        self._unfound: UnfoundWords | None = None
        self._swept_on: dt.date | None = None

    def ranker(self) -> Ranker:
        """Raises ServeError for an index that cannot be read."""
        if self._ranker is None:
            with self._making:
                self._ranker = self._ranker or self._made()
        return self._ranker

    def note(self, words: str, today: dt.date) -> bool:
        """Keep words that found nothing; False: today holds so many others that these are not kept. Raises StoreError.

        The first of a day destroys those that are too old.
        """
        from doorstep.search.unfound import oldest_kept  # noqa: PLC0415

        with self._making:
            self._unfound = self._unfound or self._open_unfound()
            shelf = self._unfound
            assert shelf is not None
            if self._swept_on != today:
                shelf.sweep(oldest_kept(today))
                self._swept_on = today
        return shelf.note(today.isoformat(), words)

    def close(self) -> None:
        if self._unfound is not None:
            self._unfound.close()

    def _made(self) -> Ranker:
        from doorstep.search.index import read_index  # noqa: PLC0415 — a program's cold start does not pay for it
        from doorstep.search.ranking import Ranker  # noqa: PLC0415

        try:
            return Ranker(read_index(self._index))
        except (OSError, ValueError, LookupError, TypeError, AttributeError, StopIteration) as problem:
            raise ServeError(
                f"{self._index} cannot be read ({type(problem).__name__}): build the site again (`doorstep build`), or "
                "check who may read it"
            ) from problem
