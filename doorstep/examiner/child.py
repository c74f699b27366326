"""The process that decodes: started for one file, given its content, and gone. It holds no key and no setting.

`python -I -c START MEDIA_TYPE FOLDER…`, see `apart.py`: content on stdin, frames on stdout.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from doorstep.attachments.container import Page
from doorstep.examiner.confining import confine
from doorstep.examiner.frames import tell
from doorstep.examiner.sniffing import HEIC, PDF


def main(media_type: str) -> None:
    """Read all of stdin, and say its pages on stdout."""
    if media_type == PDF:
        from doorstep.examiner.pdfs import pages_of_pdf  # noqa: PLC0415 — a child loads one decoder

        confine()
        pages: Iterator[Page] = pages_of_pdf(sys.stdin.buffer.read())
    else:
        from doorstep.examiner.photos import page_of_photo, prepare  # noqa: PLC0415

        prepare(media_type)
        confine(threads=media_type == HEIC)  # libde265 starts one, whatever it is told
        content = sys.stdin.buffer.read()
        pages = (page_of_photo(content, kind) for kind in (media_type,))
    tell(sys.stdout.buffer, pages)
