"""A photo as a plain page. Runs in the child: what it reads is hostile.

Made anew from its pixels: the right way up, in sRGB, and with nothing else of what was sent (place, time, device,
profile, thumbnail, comment, further frames).
"""

from __future__ import annotations

import io
from contextlib import suppress

from PIL import Image, ImageCms, MpoImagePlugin, TiffImagePlugin

from doorstep.attachments.container import Page
from doorstep.attachments.sniffing import HEIC, JPEG, PNG
from doorstep.examiner.limits import LONG_SIDE, MOST_PIXELS, PAGE_BYTES
from doorstep.examiner.refusal import Refusal

_FORMATS = {JPEG: "JPEG", PNG: "PNG", HEIC: "HEIF"}
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What EXIF's orientation asks for; 1 is upright."""

_WAYS = ((82, 1.0), (72, 1.0), (60, 1.0), (45, 1.0), (30, 1.0), (45, 0.8), (45, 0.66))
"""Quality, and size of what it might have been: the first that fits; photos of paper fit with the first. With the last,
a page of A4 still has 130 pixels an inch.
"""


def prepare(media_type: str) -> None:
    """Load what decodes this, while files can be read."""
    assert MpoImagePlugin  # what JPEG and EXIF need only sometimes, and would look for then
    assert TiffImagePlugin
    Image.preinit()
    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is decoded
    if media_type == HEIC:
        import pillow_heif  # noqa: PLC0415 — most photos come as JPEG

        pillow_heif.options.DECODE_THREADS = 1
        pillow_heif.options.THUMBNAILS = False
        pillow_heif.register_heif_opener()


def page_of_photo(content: bytes, media_type: str) -> Page:
    """The photo as a page. Raises Refusal, or whatever the decoder raises on what it cannot read."""
    with Image.open(io.BytesIO(content), formats=[_FORMATS[media_type]]) as photo:
        if photo.width * photo.height > MOST_PIXELS:
            raise Refusal("too-large")
        profile = photo.info.get("icc_profile")
        if media_type == JPEG:
            photo.draft(None, (LONG_SIDE, LONG_SIDE))  # decoded at a half or less where that is enough: saves memory
        picture = _in_colours(photo)
        turn = None if media_type == HEIC else _turn(photo)  # libheif has turned it already
        picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    picture = _on_white(_in_srgb(picture, profile))
    return page_of(picture if turn is None else picture.transpose(turn))


def page_of(picture: Image.Image, most: int = PAGE_BYTES) -> Page:
    """An RGB picture as a page: a baseline JPEG that carries nothing but its pixels. Refusal where it would be less
    than legible within so many bytes.
    """
    for quality, part in _WAYS:
        size = max(round(picture.width * part), 1), max(round(picture.height * part), 1)
        plain = Image.new("RGB", size)  # without `info`, from which the encoder would take what was there
        plain.paste(picture if part == 1 else picture.resize(size, Image.Resampling.LANCZOS))
        file = io.BytesIO()
        plain.save(file, "JPEG", quality=quality, optimize=True)
        jpeg = file.getvalue()
        if len(jpeg) <= most:
            return Page(plain.width, plain.height, jpeg)
    raise Refusal("too-large")


def _turn(photo: Image.Image) -> Image.Transpose | None:
    with suppress(Exception):  # EXIF that cannot be read says nothing; the photo may still be one
        return _TURNS.get(photo.getexif().get(_ORIENTATION, 1))
    return None


def _in_colours(photo: Image.Image) -> Image.Image:
    """Decoded, in a mode that can be made smaller: palettes and single bits cannot."""
    if photo.mode.startswith("I"):  # 16 bits of grey: the upper eight are what is seen
        wide = photo if photo.mode == "I" else photo.convert("I")
        return wide.point(lambda value: value / 256, "L")
    if "transparency" in photo.info or photo.mode in ("PA", "La", "RGBa"):
        return photo.convert("RGBA")
    if photo.mode in ("L", "LA", "RGB", "RGBA", "CMYK"):
        photo.load()
        return photo
    return photo.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as they were meant; a profile that cannot be read, or is for other colours, is none."""
    if not profile:
        return picture
    with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        source, srgb = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(picture, source, srgb, outputMode=mode) or picture
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode not in ("LA", "RGBA"):
        return picture.convert("RGB")
    coloured = picture.convert("RGBA")
    paper = Image.new("RGB", picture.size, (255, 255, 255))
    paper.paste(coloured, mask=coloured.getchannel("A"))
    return paper
