"""In which order what waits is examined, and at what cost, so that no file keeps ordinary photos waiting.

A file begins in the first lane. What a lane does not take, or cannot finish with what it gives, goes on to the next.
Whoever is new is seen again after every PDF; the last lane runs beside the others (`running.py`), and gives way.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NamedTuple

from doorstep.attachments.container import Page
from doorstep.attachments.sniffing import HEIC, JPEG, PDF, PNG
from doorstep.examiner.apart import make_pages
from doorstep.examiner.limits import FIRST_PDF_CPU, FIRST_PHOTO_CPU, FIRST_WALL_SECONDS

MakePages = Callable[[bytes, str], tuple[Page, ...]]


class Lane(NamedTuple):
    """`takes` media types; `make` raises `Slower` where a file needs more than is given here; at `most` so many files
    are examined before somebody looks who else waits. None as `number`: every file, whatever its lane.
    """

    number: int | None
    takes: frozenset[str]
    make: MakePages
    most: int | None = None

    def using(self, make: MakePages | None) -> Lane:
        """The same with another `make`, where there is one."""
        return self._replace(make=make) if make else self


_PHOTOS = frozenset({JPEG, PNG, HEIC})
_ALL = _PHOTOS | {PDF}


def _first(cpu: int) -> MakePages:
    return functools.partial(make_pages, seconds=FIRST_WALL_SECONDS, cpu=cpu)


PHOTOS = Lane(0, _PHOTOS, _first(FIRST_PHOTO_CPU))
PDFS = Lane(1, _ALL, _first(FIRST_PDF_CPU), most=1)
SLOW = Lane(2, _ALL, make_pages, most=1)
WHATEVER = Lane(None, _ALL, make_pages)
