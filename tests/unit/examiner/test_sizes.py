"""What is kept of a file stays small however it was made, and what is small stays legible."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from doorstep.attachments.sniffing import PDF
from doorstep.examiner.apart import make_pages
from doorstep.examiner.limits import FILE_BYTES
from doorstep.examiner.photos import page_of
from doorstep.examiner.refusal import Refusal
from tests.unit.examiner import pdf_files

DIGITS = "0123456789"
CELL = 24
"""Pixels: as wide as a digit of 7 points is high in what we draw, and a little more."""


def cell(digit: str) -> Image.Image:
    picture = Image.new("L", (CELL, CELL), 235)
    ImageDraw.Draw(picture).text((5, 1), digit, font=ImageFont.load_default(size=18), fill=30)
    return picture


def bill(rows: int = 40, columns: int = 40) -> tuple[Image.Image, str]:
    """Small print on grainy paper, and what is printed."""
    paper, printed = Image.effect_noise((1654, 2339), 20).point(lambda value: value + 60), ""
    for row in range(rows):
        for column in range(columns):
            digit = DIGITS[(row * 7 + column * 3) % 10]
            printed += digit
            at = (60 + column * 36, 60 + row * 54)
            grain = paper.crop((*at, at[0] + CELL, at[1] + CELL))
            paper.paste(ImageChops.darker(grain, cell(digit)), at)
    return paper.convert("RGB"), printed


def read(jpeg: bytes, rows: int = 40, columns: int = 40) -> str:
    """The digits, each that which it looks most like."""
    page = Image.open(io.BytesIO(jpeg)).convert("L").resize((1654, 2339))
    clean = {digit: cell(digit) for digit in DIGITS}
    seen = ""
    for row in range(rows):
        for column in range(columns):
            at = (60 + column * 36, 60 + row * 54)
            one = page.crop((*at, at[0] + CELL, at[1] + CELL))
            unlike = {d: ImageStat.Stat(ImageChops.difference(one, each)).rms[0] for d, each in clean.items()}
            seen += min(unlike, key=lambda digit: unlike[digit])
    return seen


def test_a_page_of_many_is_smaller_and_its_small_print_legible() -> None:
    paper, printed = bill()
    page = page_of(paper, FILE_BYTES // 20)
    assert len(page.jpeg) <= FILE_BYTES // 20 < len(page_of(paper).jpeg)
    assert read(page.jpeg) == printed


def test_legible_also_with_the_last_way_before_it_is_refused() -> None:
    paper, printed = bill()
    refused, page = "", page_of(paper)
    for most in range(400_000, 0, -20_000):
        try:
            page = page_of(paper, most)
        except Refusal as refusal:
            refused = refusal.why
            break
    assert refused == "too-large"
    assert page.width < 1654  # the last way
    assert read(page.jpeg) == printed


def scans(count: int, grain: int) -> bytes:
    """A PDF whose pages share one grainy picture."""
    file = io.BytesIO()
    Image.effect_noise((400, 400), grain).convert("RGB").save(file, "JPEG", quality=95)
    return pdf_files.tiled(file.getvalue(), 400, count)


def test_what_would_become_ten_times_as_much_is_refused() -> None:
    content = scans(20, 200)
    assert len(content) < 500_000
    with pytest.raises(Refusal) as refused:
        make_pages(content, PDF)
    assert refused.value.why == "too-large"


def test_many_grainy_pages_fit_together() -> None:
    pages = make_pages(scans(20, 12), PDF)
    assert len(pages) == 20
    assert sum(len(page.jpeg) for page in pages) <= FILE_BYTES
