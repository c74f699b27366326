"""Files as nobody should send them, and as telephones do; all made here."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, ImageDraw

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 160, 30), (30, 30, 200), (255, 255, 255)
MARK = b"<script>alert('foreign')</script>"
"""Bytes that are no part of a picture; none may be left of them."""


def quarters(width: int = 640, height: int = 480) -> Image.Image:
    """Red, green, blue and white quarters: which way up it stands is seen at its corners."""
    picture = Image.new("RGB", (width, height), WHITE)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width // 2, height // 2), RED)
    draw.rectangle((width // 2, 0, width, height // 2), GREEN)
    draw.rectangle((0, height // 2, width // 2, height), BLUE)
    return picture


def saved(picture: Image.Image, form: str, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def jpeg(**options: Any) -> bytes:
    return saved(quarters(), "JPEG", quality=90, **options)


def geotagged(orientation: int = 6) -> bytes:
    """A photo as a telephone takes it: turned, with place, device, thumbnail profile and comment."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Maker of telephones"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (45.0, 36.0, 0.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return jpeg(exif=exif.tobytes(), icc_profile=profile, comment=MARK, xmp=b"<x:xmpmeta>" + MARK)


def heic(picture: Image.Image | None = None, **options: Any) -> bytes:
    file = io.BytesIO()
    pillow_heif.from_pillow(picture or quarters()).save(file, quality=90, **options)
    return file.getvalue()


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)


def png(width: int, height: int, data: bytes, *, depth: int = 8, colour: int = 2) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", data) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def announced_giant() -> bytes:
    """A header of 4 × 10⁹ pixels with hardly anything behind it."""
    return png(65535, 65535, zlib.compress(bytes(1000)))


def decompression_bomb() -> bytes:
    """One bit a pixel, all alike: 63 million pixels in a few kilobytes, within what is decoded at all."""
    row = b"\x00" + bytes(8000 // 8)
    return png(8000, 7900, zlib.compress(row * 7900, 9), depth=1, colour=0)


def text_bomb() -> bytes:
    """A comment that unpacks to 64 MB."""
    comment = png_chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(64_000_000), 9))
    plain = saved(quarters(), "PNG")
    return plain[:33] + comment + plain[33:]


def animated_png() -> bytes:
    return saved(quarters(), "PNG", save_all=True, append_images=[Image.new("RGB", (640, 480), BLUE)] * 3)


def two_pictures() -> bytes:
    """A photo with a second one behind it, as some telephones keep depth or brightness."""
    return saved(quarters(), "MPO", save_all=True, append_images=[Image.new("RGB", (640, 480), BLUE)])


def cmyk() -> bytes:
    return saved(quarters().convert("CMYK"), "JPEG", quality=95)


def deep_grey() -> bytes:
    """16 bits of grey: a light half and a dark one."""
    dark, light = struct.pack(">H", 60 << 8), struct.pack(">H", 200 << 8)
    row = b"\x00" + dark * 32 + light * 32
    return png(64, 64, zlib.compress(row * 64), depth=16, colour=0)


def transparent() -> bytes:
    picture = quarters().convert("RGBA")
    picture.putalpha(Image.new("L", picture.size, 0))
    return saved(picture, "PNG")


def office_file() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", MARK)
    return file.getvalue()


def two_things_at_once() -> bytes:
    """A photo that is also an archive and a page of HTML."""
    return jpeg(comment=b"*/-->" + MARK) + b"<html>" + MARK + b"</html>" + office_file()


def noise(size: int, seed: int = 4) -> bytes:
    return random.Random(seed).randbytes(size)


def foreign() -> dict[str, bytes]:
    """What is neither photo nor PDF, whatever it is called."""
    return {
        "html": b"<!DOCTYPE html><html><body>" + MARK,
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg">' + MARK + b"</svg>",
        "exe": b"MZ\x90\x00" + noise(2000),
        "elf": b"\x7fELF" + noise(2000),
        "gif": saved(quarters(), "GIF"),
        "webp": saved(quarters(), "WEBP"),
        "tiff": saved(quarters(), "TIFF"),
        "bmp": saved(quarters(), "BMP"),
        "zip": office_file(),
        "script": b"#!/bin/sh\nexit 1\n",
        "text": "发票".encode(),
        "noise": noise(4_000_000),
        "html before a pdf": b"<html>" + MARK + b"%PDF-1.7\n",
        "video": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + noise(2000),
        "one byte": b"\xff",
    }
