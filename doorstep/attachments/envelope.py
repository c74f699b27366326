"""The envelope a file waits in: only the examiner opens it, for whoever keeps the quarantine and for intake alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from doorstep.applications import encoding
from doorstep.applications.canonical import canonical
from doorstep.applications.errors import SealBroken
from doorstep.applications.keys import expand
from doorstep.applications.sealing import Lock, Unlock
from doorstep.attachments.files import MOST_BYTES, Uploaded
from doorstep.attachments.naming import FileKey, name_of

ENVELOPE_LIMIT = MOST_BYTES + 4096
"""Bytes of an envelope around MOST_BYTES of content: its wrap takes less than one KB."""

_MAGIC = b"DSE1"
_NONCE_BYTES = 12


class SentOtherwise(SealBroken):
    """A browser posted, with the ticket it was given, other bytes than it had announced."""


def wrap_for_examiner(examiner: Lock, file: FileKey) -> dict[str, str]:
    """The file's key and digest for the examiner alone: what a ticket carries beside the bare content."""
    return examiner.wrap(file.key + encoding.decode(file.digest))


def enclose(examiner: Lock, reference: str, file: FileKey, content: bytes, random: Callable[[int], bytes]) -> bytes:
    """The content, sealed for the examiner: magic, the wrap's length (2 bytes), the wrap as JSON, nonce, ciphertext."""
    wrap = canonical(wrap_for_examiner(examiner, file))
    nonce = random(_NONCE_BYTES)
    sealed = AESGCM(_sealing_key(file.key)).encrypt(nonce, content, _place(reference, file.name))
    return b"".join((_MAGIC, len(wrap).to_bytes(2), wrap, nonce, sealed))


def disclose(examiner: Unlock, reference: str, name: str, uploaded: Uploaded) -> tuple[FileKey, bytes]:
    """The file's key and what was sent, proven to be what its digest says. SealBroken: it is not what was put there."""
    wrap, body = (uploaded.wrap, b"") if uploaded.wrap is not None else _parts(uploaded.content)
    secret = examiner.unwrap(wrap)
    file = FileKey(encoding.encode(secret[32:]), name_of(secret[:32]), secret[:32])
    if len(secret) != 64 or file.name != name:
        raise SealBroken("the wrap is another file's")
    content = uploaded.content
    if uploaded.wrap is None:
        try:
            key = _sealing_key(file.key)
            content = AESGCM(key).decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], _place(reference, name))
        except (InvalidTag, ValueError) as error:
            raise SealBroken("the envelope does not open here") from error
    if encoding.encode(sha256(content).digest()) != file.digest:
        broken = SentOtherwise if uploaded.wrap is not None else SealBroken
        raise broken("the content is not what its digest says")
    return file, content


def _parts(envelope: bytes) -> tuple[Mapping[str, str], bytes]:
    if envelope[:4] != _MAGIC:
        raise SealBroken("not an envelope")
    end = 6 + int.from_bytes(envelope[4:6])
    try:
        wrap = json.loads(envelope[6:end])
    except (ValueError, RecursionError):  # anybody who takes intake over may write anything here
        wrap = None
    if not isinstance(wrap, dict) or any(type(part) is not str for part in wrap.values()):
        raise SealBroken("not an envelope")
    return wrap, envelope[end:]


def _sealing_key(key: bytes) -> bytes:
    return expand(key, "quarantine", 32)


def _place(reference: str, name: str) -> bytes:
    return canonical(["doorstep/1", reference, name, "quarantine"])
