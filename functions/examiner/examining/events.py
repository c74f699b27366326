"""What a bucket says when a file came in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from doorstep.attachments.files import WAITING, Waiting
from doorstep.stores.file_names import SHELVES, checked

_SHELF = SHELVES[WAITING]


def arrivals(environ: Mapping[str, str]) -> dict[str, Any]:
    """The pattern of events to be called for: a new object in our bucket's quarantine (in any bucket's, while
    DOORSTEP_FILES does not say which is ours: what is not in ours is not there).
    """
    bucket = environ.get("DOORSTEP_FILES", "").removeprefix("s3:").partition(",")[0]
    ours = {"bucket": {"name": [bucket]}} if bucket else {}
    return {
        "source": ["aws.s3"],
        "detail-type": ["Object Created"],
        "detail": {**ours, "object": {"key": [{"prefix": f"{_SHELF}/"}]}},
    }


def key_in(detail: Mapping[str, Any]) -> str:
    """The new object's key, "" where there is none."""
    key = detail.get("object", {}).get("key")
    return key if isinstance(key, str) else ""


def waiting_at(key: str) -> Waiting | None:
    """The file that this key names; None for what is nobody's file."""
    shelf, _, rest = key.partition("/")
    reference, _, name = rest.partition("/")
    try:
        checked(reference, name)
    except ValueError:
        return None
    return Waiting(reference, name, dt.datetime.now(dt.UTC)) if shelf == _SHELF else None
