"""The operator's scanner: any command that reads stdin and says by its exit code."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from doorstep.examiner.scanning import ScannerSilent, command_scanner, open_scanner

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
