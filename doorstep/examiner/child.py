"""The process that decodes: started for one file, given its content, and gone. It holds no key and no setting.

`python -I -c START MEDIA_TYPE SECONDS FOLDER…`, see `apart.py`: content on stdin, frames on stdout.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from doorstep.attachments.container import Page
from doorstep.attachments.sniffing import HEIC, PDF
from doorstep.examiner.confining import confine
from doorstep.examiner.frames import tell
from doorstep.examiner.limits import CPU_SECONDS
from doorstep.examiner.walls import wall_in


def main(media_type: str, cpu: int = CPU_SECONDS, around_files: Callable[[], bool] = wall_in) -> None:
    """Read all of stdin, and say its pages on stdout. `cpu` are seconds of processor time."""
    from doorstep.examiner.photos import page_of_photo, prepare  # noqa: PLC0415 — a child loads what it decodes with

    prepare(media_type)
    if media_type == PDF:
        from doorstep.examiner.pdfs import pages_of_pdf  # noqa: PLC0415

        confine(cpu=cpu, around_files=around_files)
        pages: Iterator[Page] = pages_of_pdf(sys.stdin.buffer.read())
    else:
        # libde265 starts a thread, whatever it is told
        confine(cpu=cpu, threads=media_type == HEIC, around_files=around_files)
        content = sys.stdin.buffer.read()
        pages = (page_of_photo(content, kind) for kind in (media_type,))
    tell(sys.stdout.buffer, pages)
