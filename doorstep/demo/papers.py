"""Made-up papers to look at in the demonstration: drawn when it is filled, of nobody, and marked 演示 all over."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping

from PIL import Image, ImageDraw

from doorstep.demo.glyphs import GLYPHS, SIDE

WIDTH, HEIGHT, MARGIN = 900, 1240, 70
PAPER, INK, PALE, STAMP = (252, 250, 244), (40, 44, 52), (225, 222, 214), (190, 40, 40)

TITLES: Mapping[str, str] = {
    "bill": "费用结算单",
    "invoice": "发票",
    "diagnosis": "诊断证明",
    "assessment": "评估结果",
}
"""Kinds of paper, and what stands at the top of each."""

BROKEN = "broken"
"""A kind no camera makes: the beginning of a photo whose rest was lost on the way. The examiner refuses it."""


def draw(kind: str, number: int) -> bytes:
    """A paper of this kind as a JPEG of some 60 KB, as a phone would send it; each `number` looks another way."""
    if kind == BROKEN:
        return draw("bill", number)[:4000]
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    for left, top in ((60, 380), (420, 640), (120, 900)):
        _write(picture, "演示", left, top, scale=8, color=PALE)
    title = TITLES[kind]
    _write(picture, title, (WIDTH - len(title) * SIDE * 3) // 2, MARGIN, scale=3, color=INK)
    _lines(pen, kind, number)
    pen.ellipse((610, 960, 810, 1160), outline=STAMP, width=8)
    _write(picture, "演示", 638, 1023, scale=3, color=STAMP)
    sent = io.BytesIO()
    picture.save(sent, "JPEG", quality=80)
    return sent.getvalue()


def _lines(pen: ImageDraw.ImageDraw, kind: str, number: int) -> None:
    """A table of amounts on what is paid, lines of writing on what is certified; nothing in it means anything."""
    rows = range(8)
    for row in rows:
        top = 220 + row * 80
        long = 220 + (row * 97 + number * 53) % 260
        pen.rectangle((MARGIN, top, MARGIN + long, top + 14), fill=INK)
        if kind in {"bill", "invoice"}:
            amount = f"{(row + 2) * (number + 3) * 37 % 900 + 100}.00"
            pen.text((WIDTH - MARGIN - 130, top - 12), amount, fill=INK, font_size=32)
            pen.line((MARGIN, top + 45, WIDTH - MARGIN, top + 45), fill=INK, width=2)
        else:
            pen.rectangle((MARGIN + long + 30, top, WIDTH - MARGIN - 40, top + 14), fill=INK)


def _write(picture: Image.Image, words: str, left: int, top: int, *, scale: int, color: tuple[int, int, int]) -> None:
    for place, character in enumerate(words):
        mask = Image.frombytes("1", (SIDE, SIDE), base64.b64decode(GLYPHS[character])).convert("L")
        side = SIDE * scale
        picture.paste(color, (left + place * side, top), mask.resize((side, side)))
