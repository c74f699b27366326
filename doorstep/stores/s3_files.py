"""Files in a bucket of S3's API, for intake and office. A browser posts straight into the quarantine."""

from __future__ import annotations

import json
from collections.abc import Mapping

from doorstep.applications.store import TooLarge
from doorstep.attachments.envelope import ENVELOPE_LIMIT
from doorstep.attachments.files import MOST_BYTES, READY, REFUSED, WAITING, FileState, Ticket
from doorstep.attachments.statements import STATEMENT_LIMIT
from doorstep.stores.file_names import ASIDE, SHELVES, checked, checked_reference, leaf_of, states_of
from doorstep.stores.folder_files import CONTAINER_LIMIT
from doorstep.stores.s3_bucket import PING, Bucket, key_of

TICKET_SECONDS = 600
"""How long a ticket is good for."""

WRAP_FIELD = "x-amz-meta-wrap"
"""The field of a ticket, and the object's header, with the wrap as JSON."""


class S3Files:
    """See `attachments.files.Files`. Intake's role may put into quarantine/, list, and read only ready/."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    def ticket(self, reference: str, name: str, wrap: Mapping[str, str], size: int) -> Ticket | None:
        """A presigned POST for exactly this key and size, with the wrap beside the content; ValueError for a size that
        no file may have.
        """
        checked(reference, name)
        if not 0 <= size <= MOST_BYTES:
            raise ValueError("not the size of a file")
        fields = {
            WRAP_FIELD: json.dumps(dict(wrap), sort_keys=True, separators=(",", ":")),
            "Content-Type": "application/octet-stream",
            **self._bucket.encryption.fields(),
        }
        with self._bucket.trouble():
            post = self._bucket.client.generate_presigned_post(
                self._bucket.name,
                key_of(WAITING, reference, name),
                Fields=dict(fields),
                Conditions=[["content-length-range", size, size], *({field: text} for field, text in fields.items())],
                ExpiresIn=TICKET_SECONDS,
            )
        return Ticket(post["url"], post["fields"])

    def put(self, reference: str, name: str, envelope: bytes) -> None:
        """As a ticket's post, also where it was examined already: what is kept then counts, and comes in again with it.

        Intake's role can look at nothing else, and examining it once more does no harm.
        """
        checked(reference, name)
        if len(envelope) > ENVELOPE_LIMIT:
            raise TooLarge(f"an envelope of {len(envelope)} bytes; the limit is {ENVELOPE_LIMIT}")
        self._bucket.put(key_of(WAITING, reference, name), envelope)

    def states(self, reference: str) -> dict[str, FileState]:
        return states_of(found for status in SHELVES for found in self._bucket.listed(status, reference))

    def container(self, reference: str, name: str) -> bytes | None:
        return self._read(READY, reference, name, CONTAINER_LIMIT)

    def refusal(self, reference: str, name: str) -> bytes | None:
        """Intake's and the office's roles may not: it is for reconciling."""
        return self._read(REFUSED, reference, name, STATEMENT_LIMIT)

    def _read(self, status: str, reference: str, name: str, most: int) -> bytes | None:
        checked(reference, name)
        for _attempt in range(3):  # it may be kept again, with another number of pages, between look and read
            found = next(self._bucket.listed(status, reference, name), None)
            if found is None:
                return None
            stored = self._bucket.get(key_of(status, reference, leaf_of(found)), most)
            if stored is not None:
                return b"" if stored.content is None else stored.content
        return None

    def aside(self, reference: str) -> frozenset[str]:
        checked_reference(reference)
        below = f"{ASIDE}/"
        listed = (found for one in SHELVES for found in self._bucket.all_listed(one, f"{reference}/", below=below))
        return frozenset(found.name for _reference, found in listed)

    def ping(self) -> None:
        self._bucket.put(PING, b"")
        next(self._bucket.all_listed(WAITING, most=1), None)
