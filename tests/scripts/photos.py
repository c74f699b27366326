"""Made-up papers: photos as a phone takes them, of lines of print, with what a camera writes into them."""

from __future__ import annotations

import random
from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload

SPOT = 60


def paper(number: int, width: int = 3000, height: int = 4000, orientation: int = 1, noisy: bool = False) -> FilePayload:
    """A JPEG of a sheet with print on it. Its upper left corner is red, as it is to be seen; `orientation` is EXIF's.

    `noisy`: taken in poor light, so that it does not compress well.
    """
    chance = random.Random(number)
    if noisy:
        size = (width // 2, height // 2)
        sheet = Image.frombytes("L", size, chance.randbytes(size[0] * size[1])).resize((width, height)).convert("RGB")
    else:
        sheet = Image.new("RGB", (width, height), (236, 232, 222))
    pen = ImageDraw.Draw(sheet)
    for line in range(height // 40):
        length = chance.randrange(width // 3, width - 80)
        pen.rectangle((40, line * 40 + 8, length, line * 40 + 20), fill=(60, 60, 70))
    pen.rectangle((0, 0, width // 8, height // 8), fill=(220, 20, 20))
    turned = {1: 0, 3: 180, 6: 90, 8: 270}[orientation]
    sheet = sheet.rotate(turned, expand=True)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "CAMERA-CANARY"
    out = BytesIO()
    sheet.save(out, "JPEG", quality=92, exif=exif)
    return {"name": f"NAME-CANARY-{number}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def document(number: int, size: int = 5000) -> FilePayload:
    """What calls itself a PDF."""
    content = f"%PDF-1.4 {number}\n".encode() + random.Random(number).randbytes(size)
    return {"name": f"NAME-CANARY-{number}.pdf", "mimeType": "application/pdf", "buffer": content}


def opened(content: bytes) -> Image.Image:
    """What was sent, as a picture."""
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


def is_upright(picture: Image.Image) -> bool:
    """Whether the red corner is where it belongs."""
    corner = picture.convert("RGB").crop((0, 0, picture.width // 10, picture.height // 10)).resize((1, 1))
    return corner.tobytes()[0] > 180 and corner.tobytes()[1] < 90
