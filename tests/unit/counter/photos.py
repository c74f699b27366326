"""Applications with papers that were photographed: a form that asks for them, files as an examiner leaves them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from doorstep.applications import encoding
from doorstep.applications.keys import derive, mint_submission_key
from doorstep.attachments.container import Examined, Page, pack
from doorstep.attachments.files import Waiting
from doorstep.attachments.naming import FileKey, file_key
from doorstep.attachments.statements import Refused, say_refused
from doorstep.counter.counter import Counter
from doorstep.forms.bundle import bundle
from doorstep.forms.form import build_form
from doorstep.forms.library import FormLibrary
from doorstep.forms.shared import written_out
from tests.plain_jpeg import page
from tests.unit.counter.world import ALLOWANCE, LIBRARY, ROOT, World

MATERIALS = (
    {"id": "identity", "title": "身份证", "how": "shown"},
    {"id": "bills", "title": "医疗费用结算单和发票", "how": "photo", "when": "费用没有在医院直接结算"},
    {"id": "diagnosis", "title": "诊断证明", "how": "photo", "optional": True},
)


def library_with_photos() -> FormLibrary:
    """The allowance's form, which asks how papers are given, and then for photos of two of them."""
    schemas = ROOT / "schemas"
    read = {name: json.loads((schemas / f"vocabulary/{name}.json").read_text()) for name in ("types", "questions")}
    raw = written_out(json.loads((schemas / "forms/minimum-living-allowance.json").read_text()), read["questions"])
    why = {"text": "核对花了多少钱。"}
    raw["properties"]["papers_way"] = {
        "type": "string", "title": "材料怎么交", "x-section": "assets", "x-why": why,
        "oneOf": [{"const": "photo", "title": "现在拍照交"}, {"const": "counter", "title": "带到窗口"}],
    }  # fmt: skip
    photos = {
        name: {"$ref": "urn:doorstep:types#/$defs/attachment", "title": title, "x-section": "assets", "x-why": why,
               "x-material": name, "maxItems": 9, "x-max-pages": 20}
        for name, title in (("bills", "结算单和发票"), ("diagnosis", "诊断证明或出院小结"))
    }  # fmt: skip
    raw["allOf"].append(
        {"if": {"properties": {"papers_way": {"const": "photo"}}, "required": ["papers_way"]},
         "then": {"properties": photos, "required": ["bills"]}}
    )  # fmt: skip
    form = build_form(bundle(raw, read["types"]))
    return FormLibrary(LIBRARY.folder, {ALLOWANCE: form}, LIBRARY.publications)


def photographed(number: int, content: bytes) -> Page:
    """What the examiner makes of a page of this file."""
    return page(b"%d of " % number + content, 600 + number, 800)


def digest_of(content: bytes) -> str:
    return encoding.encode(sha256(content).digest())


class Photos:
    """A world whose form asks for photos, and one draft in it."""

    def __init__(self, world: World) -> None:
        assert world.examiner is not None
        self.world, self.signs = world, world.examiner
        world.library = library_with_photos()
        world.counter = world.counter._replace(library=world.library)
        self.key = mint_submission_key(secrets.token_bytes)
        self.derived = derive(self.key)
        self.reference = self.derived.reference

    @property
    def counter(self) -> Counter:
        return self.world.counter

    def file(self, content: bytes) -> FileKey:
        return file_key(self.derived.files_key, digest_of(content))

    def kept(self, content: bytes, pages: int) -> FileKey:
        """As the examiner leaves a file that it could make pages of."""
        file = self.file(content)
        made = tuple(photographed(number, content) for number in range(1, pages + 1))
        container = pack(self.signs, self.reference, file, Examined("image/jpeg", made), secrets.token_bytes)
        self.world.quarantine.keep(self._waiting(file), pages, container)
        return file

    def refused(self, content: bytes, why: str) -> FileKey:
        file = self.file(content)
        said = Refused(why, datetime.now(UTC), as_sent=True)
        statement = say_refused(self.signs, self.reference, file.name, said)
        self.world.quarantine.refuse(self._waiting(file), why, statement)
        return file

    def waits(self, content: bytes) -> FileKey:
        file = self.file(content)
        self.world.files.put(self.reference, file.name, b"envelope")
        return file

    def submit(self, **papers: Sequence[FileKey]) -> str:
        """The reference of an application with these files, by question; without any they are to be brought."""
        answers: Mapping[str, Any] = {name: [file.digest for file in files] for name, files in papers.items()}
        way = {"papers_way": "photo" if papers else "counter"}
        names = [file.name for files in papers.values() for file in files]
        return self.world.submit({**way, **answers}, key=self.key, files=names).reference

    def _waiting(self, file: FileKey) -> Waiting:
        self.world.files.put(self.reference, file.name, b"envelope")
        return Waiting(self.reference, file.name, datetime.now(UTC))
