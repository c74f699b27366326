"""The same site comes of ProperDocs, which follows MkDocs 1: nothing of ours waits for what follows Material."""

from __future__ import annotations

from pathlib import Path

from tests.unit.portal.conftest import build


def differing(left: Path, right: Path) -> list[str]:
    """What stands on one side alone, or is not the same byte by byte."""
    one, other = contents(left), contents(right)
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_properdocs_builds_the_same_site(demo: Path, tmp_path: Path) -> None:
    build(tmp_path, demo=True, builder="properdocs")
    assert len(list((tmp_path / "site").rglob("index.html"))) > 200
    assert differing(demo / "site", tmp_path / "site") == []
    assert differing(demo / "intake", tmp_path / "intake") == []


def test_a_difference_is_found_wherever_it_is(tmp_path: Path) -> None:
    for side, text in (("a", "one"), ("b", "two")):
        (tmp_path / side / "within").mkdir(parents=True)
        (tmp_path / side / "within" / "page.html").write_text(text)
        (tmp_path / side / f"only-{side}").touch()
    assert differing(tmp_path / "a", tmp_path / "b") == ["only-a", "only-b", "within/page.html"]
