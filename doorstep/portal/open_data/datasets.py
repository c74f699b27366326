"""A dataset: rows of what the site says, as a table and as JSON at addresses that stay, with what people must know of
them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from doorstep.portal.open_data.licence import Licence

FOLDER = "open-data"
#: So that table programs read Chinese as it is.
MARK = "\ufeff"
CSV, JSON = "text/csv", "application/json"

Row = Mapping[str, Any]


class File(NamedTuple):
    """One way to have a dataset. `path` is where it lies in the site, `format` how people call what it is."""

    path: str
    title: str
    media_type: str
    content: bytes

    @property
    def address(self) -> str:
        return f"/{self.path}"

    @property
    def size(self) -> str:
        """As people read it: “36KB”."""
        kilobytes = max(1, round(len(self.content) / 1000))
        return f"{kilobytes}KB" if kilobytes < 1000 else f"{kilobytes / 1000:.1f}MB"


@dataclass(frozen=True)
class Dataset:
    """`columns` say by name what stands there, in their order; a row has those that are known. `source` says where rows
    come from that are not ours, and `licence` is None where nobody has decided it or it is not ours to give. `more` are
    other forms of the same, `details` files that rows name.
    """

    id: str
    title: str
    text: str
    audience: str
    columns: Mapping[str, str]
    rows: Sequence[Row]
    updated_on: str
    source: str = ""
    licence: Licence | None = None
    more: tuple[File, ...] = ()
    details: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def files(self) -> tuple[File, ...]:
        """The ways to have it, the one for most people first."""
        path = f"{FOLDER}/{self.id}"
        return (
            File(f"{path}.csv", "表格（CSV）", CSV, as_table(self.columns, self.rows)),
            File(f"{path}.json", "JSON", JSON, as_json(self._told)),
            *self.more,
        )

    @property
    def contents(self) -> dict[str, bytes]:
        """All its files by path in the site."""
        return {file.path: file.content for file in self.files} | dict(self.details)

    @property
    def _told(self) -> dict[str, Any]:
        known = {
            "名称": self.title,
            "说明": self.text,
            "更新日期": self.updated_on,
            "来源": self.source,
            "使用许可": self.licence and self.licence.told,
        }
        return {name: value for name, value in known.items() if value} | {"数据": self.rows}


def as_json(told: Any) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def as_table(columns: Iterable[str], rows: Iterable[Row]) -> bytes:
    """CSV that opens where people open tables. All columns are always there, so that programs may rely on them."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: as_text(value) for name, value in row.items()} for row in rows)
    return (MARK + out.getvalue()).encode()


def as_text(value: str | int | Mapping[str, Any] | Sequence[Any]) -> str:
    """What stands in one cell."""
    if isinstance(value, Mapping):
        return "，".join(f"{name}：{as_text(inner)}" for name, inner in value.items())
    return str(value) if isinstance(value, (str, int)) else "；".join(as_text(inner) for inner in value)


def known(told: Mapping[str, Any]) -> dict[str, Any]:
    """Without what nobody has said."""
    return {name: value for name, value in told.items() if value not in (None, "", [], {})}


def newest(days: Iterable[str | None]) -> str:
    """The latest of these days; empty without any."""
    return max(filter(None, days), default="")
