"""Photos become plain pages, made in a real child process: whatever is hostile in them ends there."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageCms, ImageFilter

from doorstep.attachments.container import Page
from doorstep.attachments.plain import size_of_plain
from doorstep.attachments.sniffing import HEIC, JPEG, PNG, media_type_of
from doorstep.examiner.apart import make_pages
from doorstep.examiner.limits import LONG_SIDE, PAGE_BYTES
from doorstep.examiner.refusal import Refusal
from tests.unit.examiner import hostile

Colour = tuple[int, ...]


def page_of(content: bytes) -> Page:
    media_type = media_type_of(content)
    assert media_type is not None
    (page,) = make_pages(content, media_type)
    assert size_of_plain(page.jpeg) == (page.width, page.height)
    opened = Image.open(io.BytesIO(page.jpeg))
    assert (opened.format, opened.mode, opened.size) == ("JPEG", "RGB", (page.width, page.height))
    assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not opened.getexif()
    return page


def corners(page: Page) -> list[Colour]:
    """Colours near the corners: top left, top right, bottom left, bottom right."""
    picture = Image.open(io.BytesIO(page.jpeg))
    across, down = page.width // 8, page.height // 8
    places = [(across, down), (page.width - across, down), (across, page.height - down)]
    return [picture.getpixel(place) for place in [*places, (page.width - across, page.height - down)]]  # type: ignore[misc]


def alike(found: list[Colour], wanted: list[Colour], *, by: int = 12) -> bool:
    return all(
        abs(a - b) <= by for one, other in zip(found, wanted, strict=True) for a, b in zip(one, other, strict=True)
    )


UPRIGHT: list[Colour] = [hostile.RED, hostile.GREEN, hostile.BLUE, hostile.WHITE]


@pytest.mark.parametrize("content", [hostile.jpeg(), hostile.saved(hostile.quarters(), "PNG"), hostile.heic()])
def test_what_telephones_send_becomes_a_plain_page(content: bytes) -> None:
    page = page_of(content)
    assert page[:2] == (640, 480)
    assert alike(corners(page), UPRIGHT)


@pytest.mark.parametrize(
    ("orientation", "size", "wanted"),
    [
        (1, (640, 480), UPRIGHT),
        (3, (640, 480), UPRIGHT[::-1]),
        (6, (480, 640), [hostile.BLUE, hostile.RED, hostile.WHITE, hostile.GREEN]),
        (8, (480, 640), [hostile.GREEN, hostile.WHITE, hostile.RED, hostile.BLUE]),
        (9, (640, 480), UPRIGHT),
    ],
)
def test_a_photo_stands_upright_and_says_nothing_of_where_it_was_taken(
    orientation: int, size: tuple[int, int], wanted: list[Colour]
) -> None:
    sent = hostile.geotagged(orientation)
    page = page_of(sent)
    assert page[:2] == size
    assert alike(corners(page), wanted)
    for part in (hostile.MARK, b"Exif", b"Maker", b"xmpmeta", b"ICC_PROFILE"):
        assert part in sent
        assert part not in page.jpeg


def test_a_turned_heic_is_turned_once() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    page = page_of(hostile.heic(exif=exif.tobytes()))
    assert page[:2] == (480, 640)
    assert alike(corners(page), [hostile.BLUE, hostile.RED, hostile.WHITE, hostile.GREEN])


def test_nothing_is_left_of_the_other_thing_a_file_was() -> None:
    sent = hostile.two_things_at_once()
    page = page_of(sent)
    assert alike(corners(page), UPRIGHT)
    for part in (b"<script", b"<html", b"PK\x03\x04", b"PK\x05\x06", b"document.xml"):
        assert part in sent
        assert part not in page.jpeg


def test_colours_of_print_are_colours_of_the_screen() -> None:
    assert alike(corners(page_of(hostile.cmyk())), UPRIGHT)


def test_a_profile_is_applied_and_gone() -> None:
    """Lab has other numbers for the same colours than sRGB: read as if they were sRGB's they would be far off."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    broken = hostile.jpeg(icc_profile=b"no profile at all" * 10)
    assert alike(corners(page_of(broken)), UPRIGHT)
    other = page_of(hostile.jpeg(icc_profile=lab))
    assert b"ICC_PROFILE" not in other.jpeg


def test_sixteen_bits_of_grey_keep_their_greys() -> None:
    picture = Image.open(io.BytesIO(page_of(hostile.deep_grey()).jpeg)).convert("L")
    assert abs(int(picture.getpixel((8, 32))) - 60) <= 3  # type: ignore[arg-type]
    assert abs(int(picture.getpixel((56, 32))) - 200) <= 3  # type: ignore[arg-type]


def test_what_is_transparent_is_paper() -> None:
    assert alike(corners(page_of(hostile.transparent())), [hostile.WHITE] * 4)


@pytest.mark.parametrize("content", [hostile.animated_png(), hostile.two_pictures()])
def test_of_several_pictures_the_first_is_the_page(content: bytes) -> None:
    assert alike(corners(page_of(content)), UPRIGHT)


@pytest.mark.parametrize("size", [(5000, 3000), (3000, 5000), (20000, 3)])
def test_large_photos_become_as_large_as_is_legible(size: tuple[int, int]) -> None:
    page = page_of(hostile.saved(hostile.quarters(*size), "JPEG"))
    assert max(page[:2]) == LONG_SIDE
    assert abs(page.width / page.height - size[0] / size[1]) < size[0] / size[1] * 0.01 or min(page[:2]) == 1


def test_small_photos_are_not_blown_up() -> None:
    assert page_of(hostile.saved(Image.new("1", (3, 2), 1), "PNG"))[:2] == (3, 2)


def test_a_page_of_noise_still_fits() -> None:
    picture = Image.frombytes("RGB", (2400, 2400), hostile.noise(2400 * 2400 * 3))
    page = page_of(hostile.saved(picture, "JPEG", quality=60))
    assert page[:2] == (2400, 2400)
    assert len(page.jpeg) <= PAGE_BYTES


def test_strokes_of_small_print_stay_apart() -> None:
    """Lines a stroke of 7-point print apart, as a telephone sees them on A4: their contrast stays."""
    stripes = Image.new("L", (3024, 4032), 240)
    for row in range(0, 4032, 6):
        stripes.paste(40, (0, row, 3024, row + 3))
    photo = stripes.filter(ImageFilter.GaussianBlur(0.7)).convert("RGB")
    page = page_of(hostile.saved(photo, "JPEG", quality=85))
    column = Image.open(io.BytesIO(page.jpeg)).convert("L").crop((900, 1000, 901, 1200)).tobytes()
    assert max(column) - min(column) > 60
    assert len(page.jpeg) < 1_500_000


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (hostile.announced_giant(), "too-large"),
        (hostile.text_bomb(), "unreadable"),
        (hostile.jpeg()[:3000], "unreadable"),
        (hostile.heic()[:1500], "unreadable"),
        (hostile.saved(hostile.quarters(), "PNG")[:900], "unreadable"),
        (b"\xff\xd8\xff" + hostile.noise(4_000_000), "unreadable"),
        (b"\x89PNG\r\n\x1a\n" + hostile.noise(100_000), "unreadable"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + hostile.noise(100_000), "unreadable"),
        (hostile.png(100, 100, b"no stream at all"), "unreadable"),
    ],
    ids=["giant", "text bomb", "cut jpeg", "cut heic", "cut png", "noise", "noisy png", "noisy heic", "no stream"],
)
def test_what_cannot_be_read_is_said(content: bytes, why: str) -> None:
    media_type = media_type_of(content)
    assert media_type in (JPEG, PNG, HEIC)
    with pytest.raises(Refusal) as refused:
        make_pages(content, media_type)
    assert refused.value.why == why


def test_as_many_pixels_as_are_allowed_fit_into_the_childs_memory() -> None:
    assert page_of(hostile.decompression_bomb())[:2] == (2400, 2370)
