"""What each form asks of people, the heaviest first, and what changed since the last release."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from doorstep.forms.burden import Burden, burden
from doorstep.forms.form import build_form
from doorstep.forms.library import load_library, read_archived
from doorstep.forms.releases import read_releases


class Line(NamedTuple):
    """`before` is None for a form that the last release did not have."""

    form: str
    title: str
    now: Burden
    before: Burden | None


def lines(schemas_dir: Path) -> tuple[str, list[Line]]:
    """The last release's name ("" where there is none), and a line a form. Raises what reading a form raises."""
    library = load_library(schemas_dir)
    forms = [*library.forms.values(), *library.asked_after_approval()]
    releases = read_releases(schemas_dir)
    last = releases[-1] if releases else None
    found = []
    for form in forms:
        version = last.forms.get(form.id) if last else None
        before = burden(build_form(read_archived(schemas_dir, form.id, version))) if version else None
        found.append(Line(form.id, form.title, burden(form), before))
    found.sort(key=lambda line: (-line.now.least, -line.now.most, line.form))
    return (last.name if last else ""), found


def as_table(release: str, found: list[Line]) -> str:
    """Columns: must be answered at least and at most, can be asked, all with the change since the release."""
    rows = [f"{'least':>9}{'most':>9}{'asked':>9}  form"]
    for line in found:
        columns = zip((line.now.least, line.now.most, line.now.asked), _was(line), strict=True)
        told = [_number(now, was) for now, was in columns]
        new = " (new)" if release and line.before is None else ""
        rows.append("".join(f"{one:>9}" for one in told) + f"  {line.form} {line.title}{new}")
    since = f"changes since release {release}" if release else "no release yet: doorstep publish --release NAME"
    return "\n".join([*rows, f"{len(found)} forms; {since}"])


def _was(line: Line) -> tuple[int | None, int | None, int | None]:
    return (line.before.least, line.before.most, line.before.asked) if line.before else (None, None, None)


def _number(now: int, was: int | None) -> str:
    return f"{now}{now - was:+d}" if was is not None and now != was else str(now)
