"""What a form's questions rest on is a law that stands in the list of laws, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from doorstep.portal.facts.data import FOLDER, Law
from doorstep.portal.findings.finding import Finding

COUNTRY = "中华人民共和国"
"""People leave it out of a law's title."""

_CITED = re.compile(r"(.*?)(第[^第]+(?:条|部分).*)?")


def check_laws(root: Path, laws: Mapping[str, Law]) -> Iterator[Finding]:
    """A finding for each basis that begins with no law's title or number. A form that cannot be read has its own."""
    known = {
        name: law for law in laws.values() for name in (law.title, law.title.removeprefix(COUNTRY), law.ref) if name
    }
    for path in sorted((root / "schemas" / "forms").glob("*.json")):
        try:
            form = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            continue
        for pointer, basis in _bases(form, ""):
            name, article = _parts(basis)
            law = known.get(name)
            if law is None or (law.read and not article):
                yield Finding(
                    path.relative_to(root).as_posix(), 0, f"依据“{basis}”不是登记过的法规",
                    f"写成“法规名第…条”，法规名照 {FOLDER}/laws.yml 的 title 或者 ref 写；真有这部法，先写进那里",
                    "law-unknown", pointer,
                )  # fmt: skip


def _parts(basis: str) -> tuple[str, str]:
    """The law's name or number, and what of it is meant, if anything: 国务院令第649号 is a number, 第九条 is not."""
    found = _CITED.fullmatch(basis)
    return (found[1].strip("《》"), found[2] or "") if found else (basis, "")


def _bases(part: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(part, list):
        for index, inner in enumerate(part):
            yield from _bases(inner, f"{pointer}/{index}")
    elif isinstance(part, dict):
        why = part.get("x-why")
        if isinstance(why, dict) and isinstance(why.get("basis"), str):
            yield f"{pointer}/x-why/basis", why["basis"]
        for key, inner in part.items():
            yield from _bases(inner, f"{pointer}/{key}")
