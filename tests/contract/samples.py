"""Heads and items as stores see them: sizes like real ones, content that means nothing."""

from __future__ import annotations

import os
import secrets
from hashlib import sha256
from typing import Any

from doorstep.applications.head import Head, Item
from doorstep.applications.store import Store


def sample_item(content: bytes | None = None) -> Item:
    content = os.urandom(3000) if content is None else content
    return Item(sha256(content).hexdigest(), content)


def sample_head(**changes: Any) -> Head:
    reference = changes.pop("reference", secrets.token_hex(8))
    parts: dict[str, Any] = {
        "revision": 1,
        "status": "received",
        "service": "sample",
        "form": "sample",
        "form_version": "0" * 64,
        "received_at": "2026-11-22T05:04:03Z",
        "key_hash": "1" * 64,
        "queue": "open/sample",
        "position": f"2026-11-22T05:04:03Z#{reference}",
        "notice": "",
        "events": ("e" * 700,),
        "sealed": {},
        "wraps": {"office": {"key": "k", "wrapped": "w" * 512}},
        "routing": {},
    }
    return Head(reference=reference, **(parts | changes))


def committed(store: Store, count: int = 3) -> list[Head]:
    heads = [sample_head() for _ in range(count)]
    for head in heads:
        store.commit(head, [sample_item()], expected_revision=0)
    return heads
