"""PDFs become plain pages, drawn in a real child process."""

from __future__ import annotations

from pathlib import Path

import pytest

from doorstep.attachments.container import Page
from doorstep.attachments.plain import size_of_plain
from doorstep.attachments.sniffing import PDF, media_type_of
from doorstep.examiner.apart import make_pages
from doorstep.examiner.fonts import draws_chinese
from doorstep.examiner.limits import LONG_SIDE, MOST_PAGES
from doorstep.examiner.refusal import Refusal
from tests.unit.examiner import hostile, pdf_files
from tests.unit.examiner.test_photos import UPRIGHT, alike, corners


def pages_of(content: bytes) -> tuple[Page, ...]:
    assert media_type_of(content) == PDF
    pages = make_pages(content, PDF)
    assert [size_of_plain(page.jpeg) for page in pages] == [page[:2] for page in pages]
    return pages


def test_a_scan_becomes_its_pages_and_nothing_else() -> None:
    sent = pdf_files.scanned(3)
    pages = pages_of(sent)
    assert [page[:2] for page in pages] == [(1654, 2339)] * 3
    assert all(alike(corners(page), UPRIGHT) for page in pages)
    assert not any(b"%PDF" in page.jpeg or pdf_files.MINE in page.jpeg for page in pages)


def test_what_is_written_is_drawn() -> None:
    empty, written = pages_of(pdf_files.of_pages(1, text=b""))[0], pages_of(pdf_files.of_pages(1))[0]
    darkest = [min(pdf_files.pixels_of(page.jpeg).convert("L").tobytes()) for page in (empty, written)]
    assert darkest[0] > 240
    assert darkest[1] < 60


def test_scripts_are_not_run() -> None:
    assert pages_of(pdf_files.with_script()) == pages_of(pdf_files.of_pages(1))


def test_a_byte_order_mark_or_a_blank_in_front_is_forgiven() -> None:
    assert pages_of(b"\xef\xbb\xbf\n" + pdf_files.of_pages(1))


@pytest.mark.parametrize("count", [1, MOST_PAGES])
def test_as_many_pages_as_are_allowed(count: int) -> None:
    assert len(pages_of(pdf_files.of_pages(count))) == count


@pytest.mark.parametrize(
    ("box", "longest"),
    [
        (b"0 0 1000000 1000000", LONG_SIDE),
        (b"0 0 14400 1", LONG_SIDE),
        (b"0 0 0.001 0.001", 14),
        (b"0 0 -5 -5", 14),
        (b"0 0 1e39 1e39", 2200),
        (b"5 5", 2200),
    ],
)
def test_boxes_of_any_size_are_drawn_within_the_limits(box: bytes, longest: int) -> None:
    (page,) = pages_of(pdf_files.of_pages(1, box))
    assert max(page[:2]) <= longest


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (pdf_files.locked(), "locked"),
        (pdf_files.of_pages(MOST_PAGES + 1), "too-many-pages"),
        (pdf_files.of_pages(1000), "too-many-pages"),
        (pdf_files.of_pages(0), "unreadable"),
        (b"%PDF-1.7\n" + hostile.noise(100_000), "unreadable"),
        (pdf_files.of_pages(1)[:200], "unreadable"),
    ],
    ids=["locked", "one too many", "a thousand", "none", "noise", "cut"],
)
def test_what_cannot_be_drawn_is_said(content: bytes, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        make_pages(content, PDF)
    assert refused.value.why == why


def test_a_giant_picture_on_a_page_takes_nothing_down() -> None:
    assert len(pages_of(pdf_files.with_giant_picture())) == 1


def test_chinese_in_a_font_it_does_not_bring_is_drawn_in_one_of_the_machine() -> None:
    """Through the child's walls. Where there is no such font, the examiner says so when it starts."""
    shapes = [
        pdf_files.pixels_of(pages_of(pdf_files.in_a_font_it_does_not_bring(text))[0].jpeg).tobytes()
        for text in ("医疗费用", "住院票据", "医疗费用")
    ]
    assert shapes[0] == shapes[2]
    assert shapes[0] != shapes[1] or not draws_chinese()


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("NotoSansCJK-Regular.ttc", True),
        ("wqy-microhei.ttc", True),
        ("SimSun.ttf", True),
        ("DejaVuSans.ttf", False),
        ("NotoSansCJK.txt", False),
    ],
)
def test_fonts_for_chinese_are_known_by_their_names(tmp_path: Path, name: str, known: bool) -> None:
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / name).touch()
    assert draws_chinese([str(tmp_path), str(tmp_path / "missing")]) == known
