"""What a child says is believed only where it is as ours say it: plain pages, whole, in order."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image

from doorstep.attachments.container import Page
from doorstep.attachments.plain import size_of_plain
from doorstep.examiner.frames import Cut, read_told, tell
from doorstep.examiner.limits import LONG_SIDE, MOST_PAGES
from doorstep.examiner.photos import page_of
from doorstep.examiner.refusal import Refusal
from tests.unit.examiner.hostile import MARK, jpeg, quarters, saved

PAGE = page_of(quarters())


def told(*pages: Page, problem: BaseException | None = None) -> bytes:
    def made() -> Iterator[Page]:
        yield from pages
        if problem:
            raise problem

    file = io.BytesIO()
    tell(file, made())
    return file.getvalue()


def test_pages_arrive_as_they_were_said() -> None:
    assert read_told(told(PAGE, PAGE)) == (PAGE, PAGE)


@pytest.mark.parametrize(
    ("problem", "why"),
    [(Refusal("locked"), "locked"), (MemoryError(), "too-large"), (RecursionError(), "unreadable")],
)
@pytest.mark.parametrize("pages", [0, 2])
def test_a_refusal_arrives_also_after_pages(problem: BaseException, why: str, pages: int) -> None:
    with pytest.raises(Refusal) as refused:
        read_told(told(*[PAGE] * pages, problem=problem))
    assert refused.value.why == why


ALL = told(PAGE)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        ALL[:-5],
        ALL[:-1],
        ALL[:100],
        ALL + b"x",
        ALL + ALL,
        told(),
        told(*[PAGE] * (MOST_PAGES + 1)),
        b"Rnnnn",
        b"R\x00\x00\x00\x05wrong",
        b"R\x00\x00\x00\x06locked" + ALL,
        b"R\x00\x00\x00\x02\xff\xfe",
        b"X" + ALL,
        told(PAGE._replace(width=PAGE.width + 1)),
        told(PAGE._replace(jpeg=b"<html>" + MARK)),
        told(PAGE._replace(jpeg=b"")),
    ],
)
def test_anything_else_is_not_believed(said: bytes) -> None:
    with pytest.raises(Cut):
        read_told(said)


def test_what_we_make_is_plain() -> None:
    assert size_of_plain(PAGE.jpeg) == (640, 480)


@pytest.mark.parametrize(
    "changed",
    [
        PAGE.jpeg + b"\x00",
        PAGE.jpeg + MARK,
        PAGE.jpeg[:-2],
        PAGE.jpeg[:-2] + MARK + PAGE.jpeg[-2:] + MARK,
        PAGE.jpeg[:-2] + b"\xff\xda" + MARK + b"\xff\xd9",
        PAGE.jpeg[:2] + b"\xff\xfe\x00\x08hidden" + PAGE.jpeg[2:],
        PAGE.jpeg[:20] + b"\xff\xfe\x00\x08hidden" + PAGE.jpeg[20:],
        PAGE.jpeg[:20] + b"\xff\xe1\x00\x08Exif\x00\x00" + PAGE.jpeg[20:],
        PAGE.jpeg[:20] + b"\xff\xdb\x10\x02" + bytes(4096) + PAGE.jpeg[20:],
        PAGE.jpeg[:20] + b"\xff\xff" + PAGE.jpeg[20:],
        b"\xff\xd8",
        b"\xff\xd8\xff\xda",
        jpeg(exif=b"Exif\x00\x00"),
        saved(quarters(), "JPEG", progressive=True),
        saved(quarters().convert("L"), "JPEG"),
        saved(quarters().convert("CMYK"), "JPEG"),
        saved(Image.new("RGB", (LONG_SIDE + 1, 5)), "JPEG"),
        saved(quarters(), "PNG"),
    ],
)
def test_what_carries_or_could_carry_more_is_not(changed: bytes) -> None:
    assert size_of_plain(changed) is None
