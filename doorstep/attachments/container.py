"""The container an examined file becomes: its pages as plain pictures, sealed under the file's own key, and signed by
the examiner.

Whoever opens the application (the office, or the resident with their code) has that key. Intake had it too when the
file came, and so has whoever took intake over since: the signature says that the examiner made this, and nobody else.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from doorstep.applications.canonical import canonical
from doorstep.applications.errors import SealBroken
from doorstep.applications.keys import expand
from doorstep.applications.signing import PublicKeys, Signer
from doorstep.attachments.naming import FileKey
from doorstep.attachments.plain import size_of_plain
from doorstep.attachments.statements import examined_pages, say_examined

_MAGIC = b"DSC2"
_STATED_BYTES = 2
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


def pack(signs: Signer, reference: str, file: FileKey, examined: Examined, random: Callable[[int], bytes]) -> bytes:
    """The pages, sealed for whoever holds the file's key: magic, the statement's length (2 bytes), the statement,
    nonce, ciphertext. `signs` is the examiner's.
    """
    pages = [{"width": page.width, "height": page.height, "bytes": len(page.jpeg)} for page in examined.pages]
    header = canonical({"digest": file.digest, "media_type": examined.media_type, "pages": pages})
    content = b"".join((len(header).to_bytes(_LENGTH_BYTES), header, *(page.jpeg for page in examined.pages)))
    nonce = random(_NONCE_BYTES)
    sealed = nonce + AESGCM(_sealing_key(file)).encrypt(nonce, content, _place(reference, file))
    statement = say_examined(signs, reference, file.name, len(pages), sealed)
    return b"".join((_MAGIC, len(statement).to_bytes(_STATED_BYTES), statement, sealed))


def pages_of(examined_by: PublicKeys, reference: str, name: str, container: bytes) -> int:
    """How many pages the examiner says it made of this file; SealBroken where it made no such container of it. Needs no
    file's key.
    """
    statement, sealed = _parts(container)
    return examined_pages(examined_by, reference, name, statement, sealed)


def unpack(examined_by: PublicKeys, reference: str, file: FileKey, container: bytes) -> Examined:
    """What the examiner packed of exactly this file of this application: plain pictures. SealBroken otherwise."""
    statement, sealed = _parts(container)
    pages = examined_pages(examined_by, reference, file.name, statement, sealed)
    try:
        nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        content = AESGCM(_sealing_key(file)).decrypt(nonce, body, _place(reference, file))
        end = _LENGTH_BYTES + int.from_bytes(content[:_LENGTH_BYTES])
        header = json.loads(content[_LENGTH_BYTES:end])
        examined = Examined(header["media_type"], tuple(_pages(header["pages"], content[end:])))
    except (InvalidTag, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SealBroken("the container does not open here") from error
    if header["digest"] != file.digest or len(examined.pages) != pages or type(examined.media_type) is not str:
        raise SealBroken("the container does not hold what it says")
    return examined


def _parts(container: bytes) -> tuple[bytes, bytes]:
    """The statement, and what it speaks of."""
    start = len(_MAGIC) + _STATED_BYTES
    if container[: len(_MAGIC)] != _MAGIC:
        raise SealBroken("not a container")
    end = start + int.from_bytes(container[len(_MAGIC) : start])
    return container[start:end], container[end:]


def _pages(listed: list[dict[str, Any]], content: bytes) -> list[Page]:
    """ValueError for what is not plain pages, one after the other to the very end."""
    pages, at = [], 0
    for part in listed:
        size = part["bytes"]
        if type(size) is not int or size < 0:
            raise ValueError("not a size")
        page = Page(part["width"], part["height"], content[at : at + size])
        if len(page.jpeg) != size or size_of_plain(page.jpeg) != (page.width, page.height):
            raise ValueError("not a page as the examiner makes them")
        pages.append(page)
        at += size
    if at != len(content):
        raise ValueError("something follows the pages")
    return pages


def _sealing_key(file: FileKey) -> bytes:
    return expand(file.key, "container", 32)


def _place(reference: str, file: FileKey) -> bytes:
    return canonical(["doorstep/1", reference, file.name, "container"])
