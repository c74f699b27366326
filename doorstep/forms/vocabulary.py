"""Does every form speak the profile? Asked at build time and in tests, never when a function starts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from doorstep.forms.errors import FormBroken
from doorstep.forms.findings import Finding
from doorstep.forms.library import form_ids
from doorstep.forms.rules import archive_findings, form_findings
from doorstep.forms.shape import Shape
from doorstep.forms.shared import written_out
from doorstep.forms.shared_checks import SHARED, SharedFaults, questions_findings, types_findings
from doorstep.places import Places, load_places

__all__ = ["Finding", "check_forms", "check_some"]


def check_forms(schemas_dir: Path, places: Places | None = None) -> list[Finding]:
    """Everything wrong with the forms of a schemas folder, file by file; empty when all may be published.

    `places` are needed to try the examples; left out, they are read from docs/ beside the schemas folder.
    """
    return check_some(schemas_dir, form_ids(schemas_dir), places)


def check_some(schemas_dir: Path, ids: Sequence[str], places: Places | None = None) -> list[Finding]:
    """What is wrong with the forms of these ids, with what all forms share, and with the archive."""
    if places is None:
        places = load_places(schemas_dir.parent / "docs" / "places" / "divisions.json")
    findings: list[Finding] = []
    meta_schema = json.loads((schemas_dir / "vocabulary" / "form.json").read_text(encoding="utf-8"))
    types, questions = (_load(schemas_dir / name, schemas_dir, findings) for name in SHARED)
    if types is None or questions is None:
        return findings
    shared = [*types_findings(types, meta_schema), *questions_findings(questions, types, meta_schema)]
    faults = SharedFaults(shared, questions, types)
    findings += faults.findings
    shape = Shape(meta_schema)
    for path in (schemas_dir / "forms" / f"{form_id}.json" for form_id in ids):
        file = path.relative_to(schemas_dir).as_posix()
        schema = _load(path, schemas_dir, findings)
        if any(found.file == file for found in findings):
            continue
        # The rules rely on the shape; on a broken one they would only repeat it.
        found = list(shape.findings(schema, file)) or _written_findings(
            schema, (types, questions), shape, path=path, places=places
        )
        findings += faults.own(found, schema)
    return findings + archive_findings(schemas_dir, ids, {finding.file for finding in findings})


def _load(path: Path, schemas_dir: Path, findings: list[Finding]) -> Any:
    file = path.relative_to(schemas_dir).as_posix()
    try:
        return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_without_duplicates)
    except UnicodeDecodeError:
        findings.append(Finding(file, 0, "这个文件不是UTF-8编码", "另存为UTF-8", "file-encoding"))
    except OSError:
        findings.append(Finding(file, 0, "没有这个文件", "从版本历史里找回来", "file-missing"))
    except KeyTwice as twice:
        findings.append(Finding(file, 0, f"{twice} 写了两次", "一层里一个名字只写一次", "json-unreadable"))
    except json.JSONDecodeError as error:
        remedy = "检查这一行和上一行的引号、逗号、括号"
        findings.append(Finding(file, error.lineno, "这个文件读不出来", remedy, "json-unreadable"))
    except (ValueError, RecursionError):
        findings.append(Finding(file, 0, "这个文件读不出来", "照着别的表写", "json-unreadable"))
    return None


class KeyTwice(ValueError):
    """A name stands twice in one object; raised while reading."""


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        names = [name for name, _ in pairs]
        raise KeyTwice(next(name for name in names if names.count(name) > 1))
    return value


def _written_findings(
    schema: dict[str, Any], shared: tuple[Any, Any], shape: Shape, *, path: Path, places: Places
) -> list[Finding]:
    """What is wrong with a form once the shared questions it names are written out."""
    types, questions = shared
    file = f"forms/{path.name}"
    try:
        written = written_out(schema, questions)
    except FormBroken as broken:
        remedy = f"照 schemas/vocabulary/questions.json 写，那里有 {'、'.join(questions['$defs'])}"
        return [Finding(file, 0, broken.what, remedy, "shared-name", broken.where)]
    found = list(shape.findings(written, file))
    return found or form_findings(written, types, file, path.stem, places)
