"""Photos of made-up papers, drawn at run time: as a phone takes them."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload

SIZE = (1500, 2000)


def photo(number: int, *, size: tuple[int, int] = SIZE, quality: int = 85) -> bytes:
    """A JPEG with lines of digits and the noise of a real photo; another for each number."""
    rng = random.Random(number)
    noise = Image.effect_noise((size[0] // 4, size[1] // 4), 40).resize(size).convert("L")
    picture = Image.blend(Image.new("RGB", size, "white"), noise.convert("RGB"), 0.25)
    draw = ImageDraw.Draw(picture)
    for line in range(30):
        text = f"{number:03d} {rng.randrange(10**9):09d} {rng.randrange(10**6) / 100:10.2f}"
        draw.text((size[0] // 10, (line + 1) * size[1] // 32), text, fill="black", font_size=size[0] // 30)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def file(number: int) -> FilePayload:
    """As Playwright's set_input_files takes it; the name says what no page may ever say."""
    return {"name": f"secret-name-{number}.jpg", "mimeType": "image/jpeg", "buffer": photo(number)}
