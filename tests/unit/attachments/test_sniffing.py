"""What a file is, its first bytes say; everything but photos and PDFs is foreign."""

from __future__ import annotations

import pytest

from doorstep.attachments.sniffing import HEIC, JPEG, PDF, PNG, media_type_of
from tests.unit.examiner import hostile, pdf_files


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (hostile.jpeg(), JPEG),
        (hostile.saved(hostile.quarters(), "PNG"), PNG),
        (hostile.heic(), HEIC),
        (pdf_files.scanned(), PDF),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", HEIC),
        (b"\x00\x00\x00\x18ftypMSNV\x00\x00\x00\x00MSNVheic", HEIC),
    ],
)
def test_photos_and_pdfs_are_known(content: bytes, wanted: str) -> None:
    assert media_type_of(content) == wanted


@pytest.mark.parametrize(("name", "content"), hostile.foreign().items(), ids=hostile.foreign())
def test_everything_else_is_foreign(name: str, content: bytes) -> None:
    assert media_type_of(content) is None


@pytest.mark.parametrize("content", [b"", b"\x00", b"\x00\x00\x00\x18ftyp", b"\xff\xff\xff\xffftyp", b"\x00" * 100])
def test_hardly_anything_is_foreign(content: bytes) -> None:
    assert media_type_of(content) is None


def test_a_version_that_looks_like_a_brand_is_none() -> None:
    assert media_type_of(b"\x00\x00\x00\x14ftypmp42heicmp42") is None
