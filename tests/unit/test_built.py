"""A build stands beside those before it: what is served stays, and what nobody serves is cleared away."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from doorstep.built import alone, hold, put_up, standing

HOLDING = """
import sys
from pathlib import Path
from doorstep.built import hold
print(hold(Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""


def put(build: Path, page: str) -> Path:
    fresh = build / "fresh"
    for part in ("site", "intake"):
        (fresh / part).mkdir(parents=True)
        (fresh / part / "page").write_text(page)
    put_up(build, fresh)
    return standing(build)


def pages(folder: Path) -> list[str]:
    return [(folder / part / "page").read_text() for part in ("site", "intake")]


def test_the_newest_is_what_stands(tmp_path: Path) -> None:
    for page in ("a", "b"):
        folder = put(tmp_path, page)
        assert pages(folder) == pages(tmp_path) == [page, page]
    assert not (tmp_path / "fresh").exists()


def test_what_was_built_before_builds_had_folders_gives_way(tmp_path: Path) -> None:
    for part in ("site", "intake"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "page").write_text("old")
    assert standing(tmp_path) == tmp_path
    put(tmp_path, "new")
    assert pages(tmp_path) == ["new", "new"]


def test_what_is_held_stays_until_its_holder_has_ended(tmp_path: Path) -> None:
    served = put(tmp_path, "a")
    server = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    assert server.stdout.readline().strip() == str(served)
    for page in ("b", "c", "d"):
        put(tmp_path, page)
    assert pages(served) == ["a", "a"]
    server.communicate()
    put(tmp_path, "e")
    assert not served.exists()
    assert {pages(one)[0] for one in (tmp_path / "builds").iterdir()} == {"d", "e"}, "the one before stays a while"


def test_a_folder_that_is_not_there_is_for_its_reader_to_miss(tmp_path: Path) -> None:
    assert hold(tmp_path / "build") == tmp_path / "build"


def test_a_number_is_never_given_twice(tmp_path: Path) -> None:
    put(tmp_path, "a")
    (tmp_path / "builds" / "7").mkdir()  # left by a build that was cut off before it was put up
    assert put(tmp_path, "b").name == "8"
    assert {one.name for one in (tmp_path / "builds").iterdir()} == {"1", "8"}


def test_one_builds_at_a_time(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from doorstep.built import alone\nwith alone(Path(sys.argv[1])): pass"
    with alone(tmp_path / "build"):
        second = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "build")])
        try:
            second.wait(1)
        except subprocess.TimeoutExpired:
            waited = True
        else:
            waited = False
    assert waited
    assert second.wait(20) == 0
