"""What leaves the sealed answers: where the application goes, which numbers may be called, which files belong to it.

Nothing else does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from doorstep.forms.fields import Form


def routing_of(form: Form, instance: Mapping[str, Any]) -> dict[str, str]:
    """The answers that decide which office gets it, and no others: they stand in the head, unsealed."""
    return {field.name: str(instance[field.name]) for field in form.fields if field.routing and field.name in instance}


def phones_of(form: Form, instance: Mapping[str, Any]) -> dict[str, str]:
    """The numbers somebody may call about this application, by field: sealed apart for the call list."""
    return {
        field.name: str(instance[field.name])
        for field in form.fields
        if field.kind == "phone" and field.name in instance
    }


def attachments_of(form: Form, instance: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The files of these answers: attachment field → the digests of its files, in the order sent; fields without are
    left out. From a digest and the application's key for files follows all else (`attachments.naming.file_key`).
    """
    return {
        field.name: tuple(instance[field.name])
        for field in form.fields
        if field.kind == "attachment" and isinstance(instance.get(field.name), list)
    }
