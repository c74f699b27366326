"""A form that asks for papers, photos to send with it, and the examiner's work on them, for tests of files."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from doorstep.applications.keys import derive
from doorstep.applications.office_keys import load_examiner
from doorstep.attachments.container import Examined, pack
from doorstep.attachments.envelope import disclose
from doorstep.attachments.naming import FileKey, file_key
from doorstep.attachments.statements import Refused, say_refused
from doorstep.forms.fields import Form
from doorstep.serving.application import ServeSettings
from doorstep.stores.choosing import open_quarantine
from tests.counter_desk import counter_desk
from tests.functional.city import City
from tests.functional.house import FORM, ROOT, Intake, example, run_intake
from tests.parsed_once import parsed_once
from tests.plain_jpeg import page

HOW = {
    "title": "材料怎么交？", "x-section": "truth", "x-why": {"text": "好知道材料在哪里。"}, "type": "string",
    "oneOf": [{"const": "photo", "title": "现在拍照交"}, {"const": "window", "title": "带到窗口"}],
}  # fmt: skip
MOST, PAGES = 3, 5


def attachment(title: str, most: int = MOST, pages: int = PAGES) -> dict[str, Any]:
    return {
        "$ref": "urn:doorstep:types#/$defs/attachment", "title": title, "x-section": "truth",
        "x-why": {"text": "核对花了多少钱。"}, "x-material": title, "maxItems": most, "x-max-pages": pages,
    }  # fmt: skip


def with_papers(settings: ServeSettings) -> Path:
    """A folder of schemas whose form asks besides for bills, when they are sent as photos, and, if one likes, slips."""
    folder = settings.var.parent / "schemas"
    shutil.copytree(ROOT / "schemas", folder)
    path = folder / "forms" / f"{FORM}.json"
    schema = json.loads(path.read_text())
    schema["properties"] |= {"papers_how": HOW, "slips": attachment("别的单子", most=2)}
    schema["required"].append("papers_how")
    asked = {"properties": {"bills": attachment("收费票据")}, "required": ["bills"]}
    by_photo = {"properties": {"papers_how": {"const": "photo"}}, "required": ["papers_how"]}
    schema["allOf"].append({"if": by_photo, "then": asked})
    schema["examples"][0]["papers_how"] = "window"
    path.write_text(json.dumps(schema))
    return folder


def run_with_papers(settings: ServeSettings) -> Intake:
    return run_intake(settings, DOORSTEP_SCHEMAS=str(with_papers(settings)))


@contextmanager
def city_with_papers(settings: ServeSettings, answers: dict[str, Any], key: str, intake: Intake) -> Iterator[City]:
    """An intake and its office, and the application that these answers were sent as under the draft's key."""
    done = intake.submit(answers, key)
    assert done.status == 201, done.text
    store = intake.function.start().desk.store
    schemas = settings.var.parent / "schemas"
    with counter_desk(settings.var, settings.build, store=store, clock=intake.time.now, schemas=schemas) as office:
        yield City(intake, office, done.json["reference"], done.json["access_code"])


def papers_form(intake: Intake) -> Form:
    form = intake.function.start().library.current(FORM)
    assert isinstance(form, Form)
    return form


def answers(**more: Any) -> dict[str, Any]:
    return example() | {"papers_how": "photo"} | more


def photo(number: int = 1) -> bytes:
    """Bytes that begin as a photo does; each number another file."""
    return b"\xff\xd8\xff\xe0 canary-photo " + str(number).encode() * 50


def fresh_key() -> str:
    return secrets.token_urlsafe(16)


def named(key: str, digest: str) -> FileKey:
    return file_key(derive(key).files_key, digest)


def examine_all(settings: ServeSettings, *, pages: int = 1, why: str = "", files: str = "") -> int:
    """What the examiner does with all that waits: pages of their own content for each, or a verdict. How many."""
    quarantine, own = open_quarantine(files, settings.var), load_examiner(settings.var, parsed_once)
    waiting = quarantine.waiting()
    for file in waiting:
        uploaded = quarantine.read(file)
        assert uploaded is not None
        sealed, content = disclose(own.opens, file.reference, file.name, uploaded)
        if why:
            said = say_refused(own.signs, file.reference, file.name, Refused(why, datetime.now(UTC), as_sent=True))
            quarantine.refuse(file, why, said)
            continue
        examined = Examined("image/jpeg", tuple(page(content + bytes([number])) for number in range(pages)))
        quarantine.keep(file, pages, pack(own.signs, file.reference, sealed, examined, os.urandom))
    return len(waiting)


def lying(settings: ServeSettings) -> dict[str, list[str]]:
    """What lies where: shelf → the files in it."""
    files = settings.var / "files"
    return {
        shelf: sorted(path.name for path in (files / shelf).rglob("*") if path.is_file())
        for shelf in ("quarantine", "ready", "refused")
    }


@contextmanager
def out_of_order(settings: ServeSettings) -> Iterator[None]:
    """The folder of files is away, and a file stands where it was."""
    files, away = settings.var / "files", settings.var / "away"
    files.rename(away)
    files.write_text("")
    yield
    files.unlink()
    away.rename(files)
