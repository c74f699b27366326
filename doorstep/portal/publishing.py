"""Publishing forms: checked first, with their guides, since what is archived is accepted, and stays, for ever."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from doorstep.forms.library import form_ids, publish, read_index
from doorstep.forms.rules import UNPUBLISHED
from doorstep.portal.checks.lasting import ARCHIVE, keep_lasting
from doorstep.portal.content import services_of_forms
from doorstep.portal.facts.data import read_data
from doorstep.portal.findings.finding import Finding
from doorstep.portal.findings.rules import is_error
from doorstep.portal.site import check_content, readable_guides

SHARED = ("schemas/vocabulary/", "schemas/archive/index.json", ARCHIVE)
"""What is wrong here is wrong with every form; so are the lists that guides are read with."""
LISTS = ("docs/_data/laws.yml", "docs/_data/offices.yml", "docs/_data/plain-words.yml")


class NotPublished(Exception):
    """Nothing was written. `findings` say what to mend, empty when there is no form of that name."""

    def __init__(self, what: str, findings: Iterable[Finding] = ()) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join([what, *map(str, self.findings)]))


class Published(NamedTuple):
    """`since`: the day this same version was published before; None when it is new."""

    form: str
    version: str
    since: date | None


def publish_checked(root: Path, ids: Sequence[str], today: date) -> list[Published]:
    """Archives these forms (all, when none is named), and for ever the stages and offices of their guides.

    One finding of any of them, or of its guide, and nothing is written. What is wrong with other forms and guides, and
    that they are not published yet, stands in nobody's way. Raises NotPublished.
    """
    schemas = root / "schemas"
    known = form_ids(schemas)
    wanted = list(dict.fromkeys(ids)) or known
    if unknown := [name for name in wanted if name not in known]:
        raise NotPublished(
            f"nothing was published: there is no form {', '.join(unknown)}; there are: {', '.join(known) or 'none'}"
        )
    services = services_of_forms(schemas / "forms")
    ours = {f"schemas/forms/{name}.json" for name in wanted} | set(LISTS)
    ours |= {f"docs/services/{services[name]}.md" for name in wanted if services[name]}
    begins = (*SHARED, *(f"schemas/archive/{name}/" for name in wanted))
    findings = [
        one
        for one in check_content(root, today)
        if one.rule != UNPUBLISHED and is_error(one) and (one.file in ours or one.file.startswith(begins))
    ]
    if findings:
        raise NotPublished("nothing was published; mend this first:", findings)
    done = [_published(schemas, name, today) for name in wanted]
    data, _ = read_data(root)
    of_ours = {services[name] for name in wanted}
    keep_lasting(root, data.offices, (guide for guide in readable_guides(root, data) if guide.id in of_ours))
    return done


def _published(schemas: Path, form_id: str, today: date) -> Published:
    last = next((one for one in reversed(read_index(schemas)) if one.form == form_id), None)
    version = publish(schemas, form_id, today)
    return Published(form_id, version, last.published_on if last and last.version == version else None)
