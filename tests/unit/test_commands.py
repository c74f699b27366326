"""What every verb costs before it does anything: the content's checks are loaded by verbs that check content."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from doorstep.cli import main

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from doorstep.cli import main
try:
    main(sys.argv[1:])
finally:
    print(sorted({"jsonschema", "yaml", "mkdocs", "jinja2"} & set(sys.modules)))
"""


@pytest.mark.parametrize("words", [["--help"], ["verify", "RECEIPT"]], ids=" ".join)
def test_a_verb_loads_its_room_only(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "RECEIPT").write_text("none")
    words = [str(tmp_path / word) if word.isupper() else word for word in words]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_the_pages_one_can_begin_are_listed() -> None:
    listed = CliRunner().invoke(main, ["new", "--help"]).output
    assert all(name in listed for name in ("guide", "place", "resource"))
    assert CliRunner().invoke(main, ["new", "hospital"]).exit_code == 2
