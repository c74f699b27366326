"""How much a file may be, and how much may be spent on it. Beyond any of these it is refused, never cut short."""

from __future__ import annotations

from doorstep.attachments import plain

LONG_SIDE = plain.LONG_SIDE
"""Pixels of a page's longer side."""

PDF_DPI = 200
"""As a PDF's page is drawn: A4 becomes 1654 × 2339 pixels, as a photo of it would."""

MOST_PIXELS = 64_000_000
"""Pixels a photo may announce. A telephone's best are 50 million; what announces more is not decoded."""

MOST_PAGES = 20
"""Pages a PDF may have."""

PAGE_BYTES = 2_000_000
"""Bytes of a page's JPEG; its quality falls until it fits. A page of a bill needs some 400,000."""

FILE_BYTES = 8_000_000
"""Bytes of all pages of one file: a few kilobytes must not become tens of millions. Pages that need less
leave more to those after them.
"""

FIRST_PHOTO_CPU, FIRST_PDF_CPU = 2, 4
"""Processor time for a file's first try; a photo of 50 million pixels needs half a second. What needs more is tried
again where it keeps nobody waiting.
"""

PAGE_CPU = 3
"""Processor time for one page of a PDF. A full page of a scan needs a quarter of a second."""

CPU_SECONDS = 45
"""Processor time for one file at most. Twenty full pages need some five."""

FIRST_WALL_SECONDS = 15.0
"""Time for a file's first try on a busy machine."""

WALL_SECONDS = 120.0
"""Time for one file on a busy machine; one that needs more is tried again later."""

MEMORY = 1536 * 1024 * 1024
"""Bytes of address space for one file: 64 million pixels with transparency need 1.1 thousand million."""
