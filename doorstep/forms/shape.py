"""Whether something has the shape a schema gives: the fast validator says yes, and only a no is put into words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator

from doorstep.forms.explaining import finding
from doorstep.forms.findings import Finding


class Shape:
    """A meta-schema. What the fast validator passes is right; the authority finds words for the rest."""

    def __init__(self, meta_schema: dict[str, Any]) -> None:
        self._fast = jsonschema_rs.validator_for(meta_schema)
        self._authority = Draft202012Validator(meta_schema)

    def findings(self, schema: Any, file: str, where: str = "") -> Iterator[Finding]:
        """What is wrong with this part of a file, told from `where` in it."""
        if not self._fast.is_valid(schema):
            yield from (finding(error, file, where) for error in self._authority.iter_errors(schema))
