"""What answers searches: the ranker over this build's index, made when somebody first searches."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from doorstep.startup import ServeError

if TYPE_CHECKING:
    from doorstep.search.ranking import Ranker

INDEX = Path("intake") / "search.json"
"""Where the build puts it."""


class Seeking:
    """Safe to share between threads. Nothing of the search is imported or read before it is asked for."""

    def __init__(self, build: Path) -> None:
        self._index = build / INDEX
        self._making = threading.Lock()
        self._ranker: Ranker | None = None

    def ranker(self) -> Ranker:
        """Raises ServeError for an index that cannot be read."""
        if self._ranker is None:
            with self._making:
                self._ranker = self._ranker or self._made()
        return self._ranker

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
