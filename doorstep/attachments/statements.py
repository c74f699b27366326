"""What the examiner signs: that it made these bytes of a file, or that it refused the file, and why.

Whoever may write where files rest, or has a file's key, can put other bytes or another verdict there; only the examiner
can say so. Its word is proven without any file's key, and counts for one file of one application.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from doorstep.applications.encoding import encode
from doorstep.applications.errors import SealBroken, TokenRefused
from doorstep.applications.signing import PublicKeys, Signer

STATEMENT_LIMIT = 2048
"""Bytes of a statement at most."""

_EXAMINED, _REFUSED = "file_examined", "file_refused"


class Refused(NamedTuple):
    """That a file was refused `at` (aware) this moment, for `why` (a key of VERDICTS). Not `as_sent`: what lay in the
    quarantine was not what intake had taken there, so that somebody else put it.
    """

    why: str
    at: datetime
    as_sent: bool


def say_examined(signs: Signer, reference: str, name: str, pages: int, sealed: bytes) -> bytes:
    """That the examiner made `sealed`, which holds so many pages, of this file."""
    facts = {"type": _EXAMINED, "pages": pages, "sealed": encode(sha256(sealed).digest())}
    return signs.sign(facts | _whose(reference, name)).encode()


def examined_pages(examined_by: PublicKeys, reference: str, name: str, statement: bytes, sealed: bytes) -> int:
    """How many pages the examiner says that `sealed` holds; SealBroken where it does not say so of this file."""
    said = _proven(examined_by, reference, name, statement, _EXAMINED)
    pages = said.get("pages")
    if said.get("sealed") != encode(sha256(sealed).digest()) or type(pages) is not int:
        raise SealBroken("the examiner did not make this")
    return pages


def say_refused(signs: Signer, reference: str, name: str, refused: Refused) -> bytes:
    """That the examiner refused this file."""
    at = refused.at.astimezone(UTC).isoformat(timespec="seconds")
    facts = {"type": _REFUSED, "why": refused.why, "at": at, "as_sent": refused.as_sent}
    return signs.sign(facts | _whose(reference, name)).encode()


def read_refused(examined_by: PublicKeys, reference: str, name: str, statement: bytes) -> Refused:
    """What the examiner says of a file it refused; SealBroken where it does not say so of this file."""
    said = _proven(examined_by, reference, name, statement, _REFUSED)
    try:
        refused = Refused(str(said["why"]), datetime.fromisoformat(said["at"]), said["as_sent"] is True)
    except (KeyError, TypeError, ValueError) as error:
        raise SealBroken("the examiner says it in another way") from error
    if refused.at.tzinfo is None:
        raise SealBroken("the examiner says it in another way")
    return refused


def _whose(reference: str, name: str) -> dict[str, Any]:
    return {"v": 1, "reference": reference, "name": name}


def _proven(examined_by: PublicKeys, reference: str, name: str, statement: bytes, kind: str) -> dict[str, Any]:
    try:
        said = examined_by.verify(statement[:STATEMENT_LIMIT].decode("ascii")).payload
    except (TokenRefused, ValueError) as error:
        raise SealBroken("the examiner did not sign this") from error
    whose = _whose(reference, name) | {"type": kind}
    if len(statement) > STATEMENT_LIMIT or any(said.get(part) != value for part, value in whose.items()):
        raise SealBroken("the examiner signed this of another file")
    return said
