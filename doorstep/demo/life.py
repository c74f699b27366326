"""One made-up application on its way: whom it is with, what its resident holds, and the papers that lie with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from doorstep.applications import encoding
from doorstep.applications.head import Head
from doorstep.applications.journal import stand
from doorstep.applications.keys import mint_event_id
from doorstep.attachments.envelope import enclose
from doorstep.attachments.naming import file_key
from doorstep.counter.staff import Staff
from doorstep.counter.taking import Taking
from doorstep.demo.city import City
from doorstep.demo.papers import draw
from doorstep.examiner.examine import examine
from doorstep.forms.fields import Form


@dataclass
class Life:
    """`files_key` is the application's own (32 bytes): names and keys of its files follow from it."""

    city: City
    form: Form
    reference: str
    code: str
    files_key: bytes = field(repr=False)
    instance: dict[str, Any] = field(repr=False)

    @property
    def head(self) -> Head:
        head = self.city.store.head(self.reference)
        assert head is not None
        return head

    @property
    def service(self) -> Any:
        return self.city.counter.service(self.head.service)

    def staff(self, role: str = "clerk") -> Staff:
        """Whoever has this role where it stands now."""
        office = stand(self.head).office
        return next(one for one in self.city.staff.values() if (one.office, one.role) == (office, role))

    def taking(self, role: str = "clerk") -> Taking:
        return Taking(self.staff(role), self.reference, self.event_id(), self.head.revision)

    def event_id(self) -> str:
        return mint_event_id(self.city.intake.random)


class Papers:
    """Files on their way into an application, as a browser would send them: the same paper is never drawn twice."""

    def __init__(self, city: City, reference: str, files_key: bytes) -> None:
        self._city, self._reference, self._files_key = city, reference, files_key
        self.names: list[str] = []
        """The names of what was sent, the first first."""

    def send(self, kinds: Iterable[str]) -> list[str]:
        """Draws papers of these kinds and puts them into the quarantine; gives their digests, the form's answer."""
        digests = []
        for kind in kinds:
            content = draw(kind, self._city.drawn())
            digest = encoding.encode(hashlib.sha256(content).digest())
            file = file_key(self._files_key, digest)
            random = self._city.intake.random
            envelope = enclose(self._city.intake.keys.examiner, self._reference, file, content, random)
            self._city.counter.files.put(self._reference, file.name, envelope)
            digests.append(digest)
            self.names.append(file.name)
        return digests

    def examined(self) -> None:
        """The examiner looks at what was sent; an application never waits for that."""
        if self.names:
            examine(self._city.quarantine, self._city.examiner, self._city.intake.random)
