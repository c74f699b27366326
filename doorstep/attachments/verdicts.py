"""Why a file is refused, as a code that stores keep and as its resident reads it: the one table."""

from __future__ import annotations

VERDICTS: dict[str, str] = {
    "empty": "这个文件是空的，请重新选一个",
    "foreign": "这不是照片，也不是PDF。请交照片（JPG、PNG、HEIC）或PDF",
    "unreadable": "这个文件打不开，可能坏了。请重新拍一张，或者重新存成PDF",
    "locked": "这个PDF有密码，打不开。请交没有密码的，或者拍成照片",
    "too-large": "这个文件太大了。照片请重新拍一张，PDF请分成几个交",
    "too-many-pages": "这个PDF页数太多，请分成几个交",
    "altered": "这个文件传坏了，请重新传一次",
    "unsafe": "这个文件可能有病毒，没有收。请把纸质的拍成照片再交",
}
"""Verdict → what to say. Codes stay for ever: stores keep them."""

RESENT = "altered"
"""The one verdict that is not on the content: the same file may come again."""
