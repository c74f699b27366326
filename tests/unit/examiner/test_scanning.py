"""The operator's scanner: any command that reads stdin and says by its exit code."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from doorstep.examiner.scanning import LEFT_ALONE, ScannerSilent, command_scanner, open_scanner
from tests.functional.commands import all_end

FINDS_BAD = "import sys; sys.exit(b'bad' in sys.stdin.buffer.read())"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_its_exit_code_says_whether_a_file_is_clean() -> None:
    scan = command_scanner(python(FINDS_BAD))
    assert scan(b"good" * 100_000)
    assert not scan(b"good" * 100_000 + b"bad")


@pytest.mark.parametrize(
    ("code", "seconds", "why"),
    [
        ("import sys; sys.exit(2)", 60, "ended with 2"),
        ("import os; os.kill(os.getpid(), 9)", 60, "ended with -9"),
        ("import time; time.sleep(20)", 0.5, "within 0.5 s"),
    ],
)
def test_anything_else_says_nothing(code: str, seconds: float, why: str) -> None:
    with pytest.raises(ScannerSilent, match=why):
        command_scanner(python(code), seconds)(b"content" * 100_000)


def test_one_that_hangs_leaves_nobody_behind(tmp_path: Path) -> None:
    """A wrapper's own children too: else every try would leave another."""
    there = tmp_path / "child"
    script = tmp_path / "scanner.sh"
    script.write_text(f"sleep 300 & echo $! > {there}\nwait\n")
    with pytest.raises(ScannerSilent, match="within 2 s"):
        command_scanner(["/bin/sh", str(script)], 2)(b"content")
    assert all_end([int(there.read_text())])


def test_one_that_hung_is_left_alone_for_a_while(tmp_path: Path) -> None:
    """Three files of a round wait as long as one, and the round says what is wrong."""
    asked, now = tmp_path / "asked", [0.0]
    code = f"import time; open({str(asked)!r}, 'a').write('x'); time.sleep(20)"
    scan = command_scanner(python(code), 2, clock=lambda: now[0])
    for moment, times in ((0, 1), (LEFT_ALONE - 1, 1), (LEFT_ALONE, 2)):
        now[0] = moment
        with pytest.raises(ScannerSilent, match="within 2 s"):
            scan(b"content")
        assert asked.read_text() == "x" * times


def test_a_scanner_that_is_gone_says_nothing(tmp_path: Path) -> None:
    with pytest.raises(ScannerSilent, match="cannot be run"):
        command_scanner([str(tmp_path / "gone")])(b"content")


def test_a_scanner_that_does_not_read_still_counts() -> None:
    assert command_scanner(python(""))(bytes(4_000_000))


def test_our_settings_are_none_of_its_business() -> None:
    os.environ["DOORSTEP_TEST_SECRET"] = "secret"
    try:
        assert command_scanner(python("import os, sys; sys.exit('DOORSTEP_TEST_SECRET' in os.environ)"))(b"")
    finally:
        del os.environ["DOORSTEP_TEST_SECRET"]


@pytest.mark.parametrize("setting", ["", "  "])
def test_without_a_setting_there_is_none(setting: str) -> None:
    assert open_scanner(setting) is None


@pytest.mark.parametrize("setting", ["clamdscan -", "/nowhere/clamdscan -", "/ -", "'unclosed", "./scan"])
def test_a_setting_that_names_no_program_is_refused(setting: str) -> None:
    with pytest.raises(ValueError, match="DOORSTEP_SCANNER"):
        open_scanner(setting)


def test_words_are_read_as_a_shell_reads_them() -> None:
    scan = open_scanner(f'{sys.executable} -c "{FINDS_BAD}"')
    assert scan is not None
    assert not scan(b"bad")
