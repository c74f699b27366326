"""A PDF's pages as plain pages. Runs in the child: what it reads is hostile.

PDFium draws them as a printer would. Forms are not filled in, scripts not run, links and attachments are gone; this
build of it knows neither JavaScript nor XFA.
"""

from __future__ import annotations

import math
import signal
from collections.abc import Iterator

import pypdfium2 as pdfium

from doorstep.attachments.container import Page
from doorstep.examiner.limits import FILE_BYTES, LONG_SIDE, MOST_PAGES, PAGE_BYTES, PAGE_CPU, PDF_DPI
from doorstep.examiner.photos import page_of
from doorstep.examiner.refusal import Refusal

_POINTS_AN_INCH = 72
_NEEDS_PASSWORD = 4
"""FPDF_ERR_PASSWORD."""


def pages_of_pdf(content: bytes) -> Iterator[Page]:
    """Each page, drawn. Raises Refusal, or whatever PDFium raises on what it cannot read."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise Refusal("locked" if getattr(error, "err_code", None) == _NEEDS_PASSWORD else "unreadable") from error
    count = len(document)
    if count > MOST_PAGES:
        raise Refusal("too-many-pages")
    if not count:
        raise Refusal("unreadable")
    left = FILE_BYTES
    for number in range(count):
        signal.setitimer(signal.ITIMER_PROF, PAGE_CPU)  # SIGPROF then ends the child: nobody else waits for this page
        page = document[number]
        bitmap = page.render(scale=_scale(*page.get_size()))
        plain = page_of(bitmap.to_pil().convert("RGB"), min(PAGE_BYTES, left // (count - number)))
        left -= len(plain.jpeg)
        yield plain
        bitmap.close()
        page.close()


def _scale(width: float, height: float) -> float:
    """Pixels a point: at PDF_DPI, smaller where the page would be longer than LONG_SIDE."""
    longest = max(width, height)
    if not (math.isfinite(longest) and longest > 0):
        raise Refusal("unreadable")
    return min(PDF_DPI / _POINTS_AN_INCH, LONG_SIDE / longest)
