"""What a file is called and which key seals it: both follow from its application's key for files and its content.

Nobody keeps a name that a resident's device gave a file, and no name of ours tells what is in it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from doorstep.applications import encoding
from doorstep.applications.keys import expand

_DIGEST = re.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")
_NAME = re.compile("[A-Za-z0-9_-]{21}[AQgw]")


class FileKey(NamedTuple):
    """`name` (22 base64url characters) is the file's in every store; `key` (32 bytes) seals it; `digest` is the SHA-256
    of the bytes that were sent, base64url (43 characters): the answer in the form.
    """

    digest: str
    name: str
    key: bytes

    def __repr__(self) -> str:
        return f"FileKey({self.name})"  # a key must not end up in a log or a traceback


def file_key(files_key: bytes, digest: str) -> FileKey:
    """The name and key of the file with this digest. `files_key` is `keys.Derived.files_key`, later on what is sealed
    beside the answers. ValueError for what is no digest.
    """
    if not is_digest(digest):
        raise ValueError("not the SHA-256 of a file in base64url")
    key = expand(files_key, f"file:{digest}", 32)
    return FileKey(digest, name_of(key), key)


def name_of(key: bytes) -> str:
    """The name that belongs to a file's key."""
    return encoding.encode(expand(key, "name", 16))


def is_digest(text: str) -> bool:
    """Whether it can be a file's SHA-256 in base64url, written in the one way there is."""
    return _DIGEST.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Whether it can be a file's name: nothing else ever becomes part of a path."""
    return _NAME.fullmatch(text) is not None
