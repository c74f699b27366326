"""`doorstep staff …` as an administrator runs it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from doorstep.commands.staff import staff
from doorstep.stores.office_file import open_office

OFFICES = {
    "levels": {"street": "street", "city-desk": "city"},
    "offices": [
        {"id": "street-650203001", "title": "天山路街道办事处", "kind": "street"},
        {"id": "city-desk-650200", "title": "市政务服务中心", "kind": "city-desk"},
    ],
}
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    handed = tmp_path / "build" / "intake"
    handed.mkdir(parents=True)
    (handed / "offices.json").write_text(json.dumps(OFFICES))
    environment = {
        "DOORSTEP_VAR": str(tmp_path / "var"),
        "DOORSTEP_BUILD": str(tmp_path / "build"),
        "DOORSTEP_OFFICE_ORIGIN": None,
        "OFFICE_PORT": None,
        "PORT": None,
    }

    def run(*words: str, **settings: str) -> Result:
        return CliRunner().invoke(staff, list(words), env=environment | settings)

    return run


ADD = ("add", "甲", "--office", "street-650203001", "--role", "clerk")


def link_of(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output.splitlines()[-1]


@pytest.mark.parametrize("words", [("list",), ("link", "甲"), ("revoke", "甲")])
def test_only_add_makes_an_office(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert "office.sqlite3 is not there" in result.output
    assert "DOORSTEP_VAR" in result.output
    assert not (tmp_path / "var").exists()


def test_nobody_and_nothing_are_said(run: Run, tmp_path: Path) -> None:
    open_office(tmp_path / "var").close()
    assert run("list").output.startswith("nobody yet: `doorstep staff add`")
    nothing = run("offices", "--find", "zzz")
    assert (nothing.exit_code, "no office's id or title holds this" in nothing.output) == (1, True)


def test_add_prints_a_link_to_the_office(run: Run) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:8001/sign-in/link\?token=[\w-]{43}", link_of(run(*ADD)))
    assert link_of(run("link", "甲", PORT="9000")).startswith("http://127.0.0.1:9001/sign-in/link?")
    assert link_of(run("link", "甲", OFFICE_PORT="9900")).startswith("http://127.0.0.1:9900/sign-in/link?")
    assert link_of(run("link", "甲", DOORSTEP_OFFICE_ORIGIN="https://office.test/")).startswith(
        "https://office.test/sign-in/link?"
    )


def test_revoke_ends_everything_and_keeps_the_record(run: Run, tmp_path: Path) -> None:
    run(*ADD)
    listed = run("list").output
    assert re.fullmatch(r"s-[a-z2-7]{16}  street-650203001  clerk  甲  \(link\)\n", listed)
    assert run("revoke", "甲").exit_code == 0
    office = open_office(tmp_path / "var")
    assert office.read("SELECT (SELECT count(*) FROM links), (SELECT count(*) FROM sessions)") == [(0, 0)]
    office.close()
    again = run("list").output
    assert again.startswith(listed.split()[0])
    assert "(revoked 20" in again
    assert run("revoke", "甲").exit_code == 0
    assert run("list").output == again
    refused = run("link", "甲")
    assert (refused.exit_code, "is revoked" in refused.output) == (1, True)


def test_who_comes_back_keeps_the_id(run: Run) -> None:
    before = run(*ADD).output.split()[0]
    run("revoke", "甲")
    back = run("add", "甲", "--office", "city-desk-650200", "--role", "decider", "--subject", "sub-1").output
    assert f"keeps the id {before}" in back
    assert run("list").output == f"{before}  city-desk-650200  decider  甲  (provider)\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (ADD, "is there already"),
        (("add", "乙", "--office", "street-1", "--role", "clerk"), "`doorstep staff offices` lists them"),
        (("add", "乙", "--office", "street-650203001", "--role", "chief"), "the roles are clerk, decider, auditor"),
        (("add", " ", "--office", "street-650203001", "--role", "clerk"), "1 to 40 letters"),
        (("link", "乙"), "there is no staff member of this name"),
        (("revoke", "乙"), "`doorstep staff list` shows all"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run: Run, words: tuple[str, ...], told: str) -> None:
    run(*ADD)
    refused = run(*words)
    assert refused.exit_code == 1
    assert told in refused.output
    assert len(run("list").output.splitlines()) == 1


@pytest.mark.parametrize(
    "settings", [{"DOORSTEP_OFFICE_ORIGIN": "office.test"}, {"PORT": "65535"}, {"OFFICE_PORT": "x"}]
)
def test_a_wrong_address_voids_no_link(run: Run, tmp_path: Path, settings: dict[str, str]) -> None:
    run(*ADD)
    office = open_office(tmp_path / "var")
    before = office.read("SELECT digest FROM links")
    assert run("link", "甲", **settings).exit_code == 1
    assert run("add", "乙", "--office", "street-650203001", "--role", "clerk", **settings).exit_code == 1
    assert office.read("SELECT digest FROM links") == before
    assert len(office.staff.everyone()) == 1
    office.close()


def test_offices_are_listed_and_found(run: Run) -> None:
    assert run("offices").output.splitlines() == [
        "street-650203001  天山路街道办事处",
        "city-desk-650200  市政务服务中心",
    ]
    assert run("offices", "--find", "天山").output == "street-650203001  天山路街道办事处\n"


def test_without_a_build_it_says_what_to_run(run: Run, tmp_path: Path) -> None:
    refused = run("offices", DOORSTEP_BUILD=str(tmp_path / "nothing"))
    assert (refused.exit_code, "run `doorstep build`" in refused.output) == (1, True)
