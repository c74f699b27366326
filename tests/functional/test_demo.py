"""`make demo` tells its stories through the real use cases, and every state of an application is among them."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from doorstep.applications.desk import Desk
from doorstep.applications.encoding import decode
from doorstep.applications.follow import Followed, read_answers
from doorstep.applications.head import Head
from doorstep.applications.journal import files_of, stand, verify_chain
from doorstep.applications.keyring import public_keys
from doorstep.applications.office_keys import OfficeKeys, load_office_keys
from doorstep.applications.reading import current_answers
from doorstep.applications.signing import peek
from doorstep.applications.status import EVENTS, STATUSES
from doorstep.attachments.container import unpack
from doorstep.attachments.files import READY
from doorstep.attachments.naming import file_key
from doorstep.counter.counter import BEIJING
from doorstep.demo.city import STAFF
from doorstep.demo.living import NUMBER, moment
from doorstep.demo.papers import TITLES, draw
from doorstep.demo.stories import ALLOWANCE, HOME_CARE, MEDICAL, STORIES
from doorstep.forms.checker import Checker
from doorstep.forms.library import load_library
from doorstep.forms.taken_out import attachments_of, phones_of
from doorstep.places import load_places
from doorstep.stores.choosing import FILES
from doorstep.stores.folder_files import FolderFiles
from doorstep.stores.sqlite import SqliteStore
from tests.functional.house import ROOT


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The data folder after the demonstration's first start, and what it printed."""
    folder = tmp_path_factory.mktemp("demo")
    environment = os.environ | {"DOORSTEP_VAR": str(folder / "var"), "DOORSTEP_BUILD": str(folder / "build")}
    said = ""
    for words in (["build"], ["keys"], ["demo", "--fill"]):
        done = subprocess.run(
            [sys.executable, "-m", "doorstep", *words], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        said = done.stdout
    return folder / "var", said


def test_every_state_is_shown(filled: tuple[Path, str]) -> None:
    var, _ = filled
    store = SqliteStore(var / "applications.sqlite3")
    heads = list(store.heads(store.references()).values())
    keys = public_keys(var)
    assert len(heads) == len(STORIES)
    assert [problem for head in heads for problem in verify_chain(head, keys)] == []
    assert {head.status for head in heads} == set(STATUSES)
    standings = [stand(head) for head in heads]
    assert {now.list for now in standings} >= {"unread", "corrected", "waiting", "working", "closed"}
    assert {now.misses for now in standings} >= {0, 1, 2}
    assert {"street", "civil-affairs", "medical-insurance", "city-desk"} == {
        now.office.rpartition("-")[0] for now in standings
    }
    assert {head.service for head in heads} == {ALLOWANCE, MEDICAL, HOME_CARE}
    assert {peek(token)["type"] for head in heads for token in head.events} == set(EVENTS)
    store.close()


def test_the_form_accepts_the_answers_of_every_application(filled: tuple[Path, str]) -> None:
    """Else a resident of the demonstration could correct nothing: what nobody asked about would have to change."""
    var, _ = filled
    library, places = load_library(ROOT / "schemas"), load_places(ROOT / "docs/places/divisions.json")
    store, desk = desk_of(var)
    numbers = set[str]()
    for head in store.heads(store.references()).values():
        form = library.current(head.form)
        assert form is not None
        checker = Checker(form, places)
        followed = opened(desk, head)
        for instance in (read_answers(desk, followed)["answers"], current_answers(desk, followed)):
            assert checker.check(instance) == []
            numbers |= set(phones_of(form, instance).values())
    assert numbers == {NUMBER}, "made up, and nobody's"
    store.close()


def test_staff_have_papers_to_look_at(filled: tuple[Path, str]) -> None:
    """Examined, sealed under keys that only the answers hold; one was damaged on its way, and is refused."""
    var, _ = filled
    library, files = load_library(ROOT / "schemas"), FolderFiles(var / FILES)
    store, desk = desk_of(var)
    pictures, refused = 0, []
    for head in store.heads(store.references()).values():
        form = library.current(head.form)
        assert form is not None
        followed = opened(desk, head)
        answers = current_answers(desk, followed)
        files_key = decode(read_answers(desk, followed)["files_key"])
        named = [
            file_key(files_key, digest) for digests in attachments_of(form, answers).values() for digest in digests
        ]
        assert {file.name for file in named} == set(files_of(head)), "the events name what the answers hold"
        for file in named:
            state = files.states(head.reference)[file.name]
            container = files.container(head.reference, file.name)
            if state.status == READY and container is not None:
                (page,) = unpack(desk.keys.examined_by, head.reference, file, container).pages
                assert page.height > 1000, "legible"
                pictures += 1
            else:
                refused.append((state.status, state.why))
    assert pictures >= 12
    assert refused == [("refused", "unreadable")]
    store.close()


@pytest.mark.parametrize("kind", TITLES)
def test_a_made_up_paper_is_never_drawn_twice_and_as_light_as_a_phones(kind: str) -> None:
    assert draw(kind, 1) != draw(kind, 2)
    assert 20_000 < len(draw(kind, 1)) < 200_000


def desk_of(var: Path) -> tuple[SqliteStore, Desk]:
    store = SqliteStore(var / "applications.sqlite3")
    return store, Desk(store, load_office_keys(var), lambda: dt.datetime.now(dt.UTC), os.urandom)


def opened(desk: Desk, head: Head) -> Followed:
    assert isinstance(desk.keys, OfficeKeys)
    return Followed(head, desk.keys.opens.unwrap(head.wraps["office"]))


def test_it_prints_a_link_for_each_of_its_staff_and_fills_once(filled: tuple[Path, str]) -> None:
    var, said = filled
    assert f"{len(STORIES)} made-up applications" in said
    assert len(re.findall(r"http://127\.0\.0\.1:\d+/sign-in/link\?token=\S{40,}", said)) == len(STAFF)
    again = subprocess.run(
        [sys.executable, "-m", "doorstep", "demo", "--fill"],
        env=os.environ | {"DOORSTEP_VAR": str(var), "DOORSTEP_BUILD": str(var.parent / "build")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "made-up applications" not in again.stdout
    assert again.stdout.count("token=") == len(STAFF)


def test_one_filled_half_is_said_to_be_so(filled: tuple[Path, str]) -> None:
    var, _ = filled
    (var / "demonstration").unlink()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "doorstep", "demo", "--fill"],
            env=os.environ | {"DOORSTEP_VAR": str(var), "DOORSTEP_BUILD": str(var.parent / "build")},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        (var / "demonstration").touch()
    assert done.returncode == 1
    assert "was filled half: delete this folder" in done.stderr


@pytest.mark.parametrize("hour", [15, 16, 23])  # UTC: late in the evening, just after midnight and early in Beijing
def test_days_are_those_of_the_city_at_every_hour(hour: int) -> None:
    now = dt.datetime(2026, 11, 22, hour, 30, tzinfo=dt.UTC)
    happened = moment(now, 3, 1).astimezone(BEIJING)
    assert now.astimezone(BEIJING).date() - happened.date() == dt.timedelta(days=3)
    assert happened.hour == 10
