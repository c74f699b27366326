"""The container an examined file becomes: its pages as plain pictures, sealed under the file's own key.

Whoever opens the application (the office, or the resident with their code) has that key, and nobody else has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from doorstep.applications.canonical import canonical
from doorstep.applications.errors import SealBroken
from doorstep.applications.keys import expand
from doorstep.attachments.naming import FileKey

_MAGIC = b"DSC1"
_NONCE_BYTES = 12
_LENGTH_BYTES = 4


class Page(NamedTuple):
    """A page as a picture anybody may look at: `jpeg` made by the examiner, without metadata."""

    width: int
    height: int
    jpeg: bytes


class Examined(NamedTuple):
    """What was sent, as it can be shown. `media_type` is what was sent (image/jpeg, image/png, image/heic,
    application/pdf).
    """

    media_type: str
    pages: tuple[Page, ...]


def pack(reference: str, file: FileKey, examined: Examined, random: Callable[[int], bytes]) -> bytes:
    """The pages, sealed for whoever holds the file's key."""
    pages = [{"width": page.width, "height": page.height, "bytes": len(page.jpeg)} for page in examined.pages]
    header = canonical({"digest": file.digest, "media_type": examined.media_type, "pages": pages})
    content = b"".join((len(header).to_bytes(_LENGTH_BYTES), header, *(page.jpeg for page in examined.pages)))
    nonce = random(_NONCE_BYTES)
    return _MAGIC + nonce + AESGCM(_sealing_key(file)).encrypt(nonce, content, _place(reference, file))


def unpack(reference: str, file: FileKey, container: bytes) -> Examined:
    """What `pack` sealed for exactly this file of this application; SealBroken otherwise."""
    start = len(_MAGIC) + _NONCE_BYTES
    try:
        if container[: len(_MAGIC)] != _MAGIC:
            raise SealBroken("not a container")
        nonce = container[len(_MAGIC) : start]
        content = AESGCM(_sealing_key(file)).decrypt(nonce, container[start:], _place(reference, file))
        end = _LENGTH_BYTES + int.from_bytes(content[:_LENGTH_BYTES])
        header = json.loads(content[_LENGTH_BYTES:end])
        return Examined(header["media_type"], tuple(_pages(header["pages"], content[end:])))
    except (InvalidTag, ValueError, KeyError, TypeError) as error:
        raise SealBroken("the container does not open here") from error


def _pages(listed: Sequence[dict[str, int]], content: bytes) -> list[Page]:
    pages, at = [], 0
    for part in listed:
        pages.append(Page(part["width"], part["height"], content[at : at + part["bytes"]]))
        at += part["bytes"]
    return pages


def _sealing_key(file: FileKey) -> bytes:
    return expand(file.key, "container", 32)


def _place(reference: str, file: FileKey) -> bytes:
    return canonical(["doorstep/1", reference, file.name, "container"])
