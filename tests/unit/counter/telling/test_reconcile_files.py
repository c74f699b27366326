"""Papers that signed events name are taken away, altered or exchanged behind the program's back, and named rightly."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from doorstep.applications.correct import correct
from doorstep.applications.keys import derive, mint_submission_key
from doorstep.applications.office_keys import load_examiner
from doorstep.applications.signing import Signer
from doorstep.applications.store import StoreUnavailable
from doorstep.applications.submit import submit
from doorstep.attachments.container import Examined, pack
from doorstep.attachments.files import READY, FileState, Waiting
from doorstep.attachments.naming import FileKey, file_key
from doorstep.attachments.statements import Refused, say_refused
from doorstep.counter.findings import Finding
from doorstep.counter.reconcile import MOST_SILENT, Reconciliation
from doorstep.stores.folder_files import FolderFiles
from doorstep.stores.folder_quarantine import FolderQuarantine
from tests.plain_jpeg import page
from tests.unit.attachments.samples import digest_of
from tests.unit.counter.telling.city import ALLOWANCE, LIBRARY, STREET, City, event_id
from tests.unit.counter.telling.town import Town


class Sent:
    """An application in this city with two papers, and a third that came with a correction."""

    def __init__(self, city: City, root: Path) -> None:
        self.city, self.root = city, root
        self.files: FolderFiles = FolderFiles(root)
        self.quarantine = FolderQuarantine(root)
        self.signs = load_examiner(city.var).signs
        key = mint_submission_key(secrets.token_bytes)
        derived, self.reference = derive(key), derive(key).reference
        self.papers = [file_key(derived.files_key, digest_of(content)) for content in (b"one", b"two", b"three")]
        one, two, three = self.papers
        self.examined(one, pages=1)
        self.examined(two, pages=2)
        form = LIBRARY.current(ALLOWANCE)
        assert form is not None
        submit(
            city.intake, form_id=ALLOWANCE, form_version=form.version, service=ALLOWANCE,
            instance={"bills": [one.digest, two.digest], "remarks": "x" * 43},
            routing={"registered_community": "650203001001"}, key=key, filed_by="applicant", office=STREET,
            files=[one.name, two.name],
        )  # fmt: skip
        city.step(self.reference, "returned")
        self.examined(three, pages=3)
        correct(
            city.intake, city.followed(self.reference), instance={"bills": [two.digest, three.digest]}, changes=(),
            phones=None, routing={"registered_community": "650203001001"}, event_id=event_id(), files=[three.name],
        )  # fmt: skip

    def examined(self, file: FileKey, pages: int) -> None:
        content = Examined("application/pdf", tuple(page(b"a page") for _ in range(pages)))
        self.kept(file, pages, pack(self.signs, self.reference, file, content, secrets.token_bytes))

    def kept(self, file: FileKey, pages: int, container: bytes) -> None:
        self.files.put(self.reference, file.name, b"envelope")
        waiting = Waiting(self.reference, file.name, self.files.states(self.reference)[file.name].arrived_at)
        self.quarantine.keep(waiting, pages, container)

    def refuse(self, file: FileKey, *, by: Signer | None = None, said: str = "locked", **other: Any) -> None:
        """What waits is refused, now."""
        told = Refused(said, self.city.clock(), as_sent=True)._replace(**other)
        waiting = Waiting(self.reference, file.name, datetime.now(UTC))
        self.quarantine.refuse(waiting, "locked", say_refused(by or self.signs, self.reference, file.name, told))

    def path(self, file: FileKey) -> Path:
        [path] = self.root.glob(f"ready/{self.reference}/{file.name}.*")
        return path


def sweep_away(sent: Sent) -> None:
    sent.quarantine.remove(sent.reference, sent.papers[1].name, aside=True)


class FailingFiles(FolderFiles):
    """A place that fails at one application, or ("") at each."""

    def __init__(self, root: Path, at: str, failing: Exception) -> None:
        super().__init__(root)
        self._at, self._failing = at, failing

    def states(self, reference: str) -> dict[str, FileState]:
        if reference == self._at or not self._at:
            raise self._failing
        return super().states(reference)


@pytest.fixture
def sent(town: Town) -> Sent:
    return Sent(town.city, town.city.var / f"files-{secrets.token_hex(4)}")


def run_over(
    town: Town, sent: Sent, *, keys: bool = True, proof: bool = True, later: timedelta = timedelta()
) -> tuple[Reconciliation, list[Finding]]:
    desk, file = town.city.counter.desk, town.city.file
    town.checkpoint()
    run = Reconciliation(
        desk.store, desk.keys.public_keys, file.readings, town.folder, memory=file.checkpoints,
        opener=desk if keys else None, files=sent.files, examined_by=desk.keys.examined_by if proof else None,
        now=town.city.clock() + later,
    )  # fmt: skip
    return run, list(run.findings())


def test_papers_that_are_as_they_were_give_nothing(town: Town, sent: Sent) -> None:
    run, found = run_over(town, sent)
    assert found == []
    assert run.papers == 3


def swap(sent: Sent) -> None:
    one, two = sent.path(sent.papers[0]), sent.path(sent.papers[1])
    two.write_bytes(one.read_bytes())


def flip(sent: Sent) -> None:
    path = sent.path(sent.papers[1])
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def rename(sent: Sent) -> None:
    path = sent.path(sent.papers[1])
    path.rename(path.with_suffix(".7"))


def swell(sent: Sent) -> None:
    """As large as a disk in its listing; there is nothing in it."""
    with sent.path(sent.papers[1]).open("r+b") as file:
        file.truncate(20_000_000_000)


DEEDS: dict[str, tuple[Callable[[Sent], object], str, str]] = {
    "taken away": (lambda sent: sent.path(sent.papers[1]).unlink(), "missing", "not where files rest"),
    "swept": (sweep_away, "missing", "it rests in swept/, to be destroyed: move it back"),
    "altered": (flip, "altered", "is not what the examiner made of it"),
    "emptied": (
        lambda sent: sent.path(sent.papers[1]).write_bytes(b""),
        "altered",
        "is not what the examiner made of it",
    ),
    "exchanged": (swap, "altered", "is not what the examiner made of it"),
    "swollen": (swell, "altered", "is not what the examiner made of it"),
    "said to have other pages": (rename, "altered", "another number of pages"),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_what_somebody_did_to_a_paper_is_named(town: Town, sent: Sent, deed: str) -> None:
    do, what, why = DEEDS[deed]
    do(sent)
    _, found = run_over(town, sent)
    assert [(one.record, one.what) for one in found] == [(f"file {sent.papers[1].name} of {sent.reference}", what)]
    assert why in found[0].why


@pytest.mark.parametrize("failing", [RecursionError("deep"), MemoryError(), StoreUnavailable("it cannot be read")])
def test_whatever_is_among_the_papers_of_one_application_those_of_the_others_are_looked_at(
    town: Town, sent: Sent, failing: Exception
) -> None:
    other = Sent(town.city, sent.root)
    other.path(other.papers[1]).unlink()
    sent.files = FailingFiles(sent.root, sent.reference, failing)
    _, found = run_over(town, sent)
    assert {(one.record, one.what) for one in found} == {
        (f"papers of {sent.reference}", "unreadable"),
        (f"file {other.papers[1].name} of {other.reference}", "missing"),
    }
    assert "deep" not in str(found)


def test_where_no_files_can_be_read_at_all_the_run_ends(town: Town, sent: Sent) -> None:
    for _ in range(MOST_SILENT - 1):
        Sent(town.city, sent.root)
    sent.files = FailingFiles(sent.root, "", StoreUnavailable("the disk is gone"))
    with pytest.raises(StoreUnavailable, match="the disk is gone"):
        run_over(town, sent)


@pytest.mark.parametrize("deed", DEEDS)
def test_without_the_offices_keys_it_is_seen_too(town: Town, sent: Sent, deed: str) -> None:
    do, what, why = DEEDS[deed]
    do(sent)
    _, found = run_over(town, sent, keys=False)
    assert [one.what for one in found] == [what]
    assert why in found[0].why


@pytest.mark.parametrize("deed", DEEDS)
def test_without_the_examiners_public_key_only_what_is_gone_is_seen(town: Town, sent: Sent, deed: str) -> None:
    do, what, _ = DEEDS[deed]
    do(sent)
    _, found = run_over(town, sent, keys=False, proof=False)
    assert [one.what for one in found] == ([what] if what == "missing" else [])


def test_a_paper_that_was_left_out_by_a_correction_or_came_with_it_is_looked_at_too(town: Town, sent: Sent) -> None:
    for file in (sent.papers[0], sent.papers[2]):
        sent.path(file).write_bytes(b"no container")
    _, found = run_over(town, sent)
    assert {one.record for one in found} == {
        f"file {file.name} of {sent.reference}" for file in (sent.papers[0], sent.papers[2])
    }


def test_what_waits_or_was_refused_is_there(town: Town, sent: Sent) -> None:
    waits, refused, _ = sent.papers
    sent.path(waits).unlink()
    sent.path(refused).unlink()
    for file in (waits, refused):
        sent.files.put(sent.reference, file.name, b"envelope")
    for one in sent.quarantine.waiting():
        if one.name == refused.name:
            sent.refuse(refused)
    assert sorted(state.status for state in sent.files.states(sent.reference).values()) == [
        "ready",
        "refused",
        "waiting",
    ]
    assert run_over(town, sent)[1] == []


STRANGER = Signer("examiner", Ed25519PrivateKey.generate())


@pytest.mark.parametrize(
    ("do", "why"),
    [
        (lambda sent, file: sent.quarantine.refuse(Waiting(sent.reference, file.name, datetime.now(UTC)), "locked"),
         "the examiner never said so"),
        (lambda sent, file: sent.refuse(file, by=STRANGER), "the examiner never said so"),
        (lambda sent, file: sent.refuse(file, said="unsafe"), "for another reason than the examiner gave"),
        (lambda sent, file: sent.refuse(file, as_sent=False), "put something else in its place"),
        (lambda sent, file: sent.refuse(file, at=sent.city.clock() - timedelta(days=30)), "before it was taken"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("opened", [True, False])
def test_a_refusal_that_is_not_the_examiners_is_named(
    town: Town, sent: Sent, do: Callable[[Sent, FileKey], object], why: str, *, opened: bool
) -> None:
    """Whoever may write where files rest replaces what was examined by a verdict."""
    sent.path(sent.papers[1]).unlink()
    do(sent, sent.papers[1])
    _, found = run_over(town, sent, keys=opened)
    assert [(one.record, one.what) for one in found] == [(f"file {sent.papers[1].name} of {sent.reference}", "altered")]
    assert why in found[0].why


def test_another_files_refusal_is_nobodys_word_for_this_one(town: Town, sent: Sent) -> None:
    one, two, _ = sent.papers
    for file in (one, two):
        sent.path(file).unlink()
        sent.refuse(file)
    folder = sent.root / "refused" / sent.reference
    (folder / f"{two.name}.locked").write_bytes((folder / f"{one.name}.locked").read_bytes())
    _, found = run_over(town, sent)
    assert [(one.record, one.what) for one in found] == [(f"file {two.name} of {sent.reference}", "altered")]


def test_what_whoever_has_a_files_key_made_of_it_is_named(town: Town, sent: Sent) -> None:
    """A former intake, say."""
    content = Examined("application/pdf", (page(b"planted"), page(b"planted")))
    sent.path(sent.papers[1]).write_bytes(pack(STRANGER, sent.reference, sent.papers[1], content, secrets.token_bytes))
    for keys in (True, False):
        _, found = run_over(town, sent, keys=keys)
        assert [(one.record, one.what) for one in found] == [
            (f"file {sent.papers[1].name} of {sent.reference}", "altered")
        ]


def test_what_waits_longer_than_an_hour_is_named_as_that(town: Town, sent: Sent) -> None:
    """Also where somebody put junk back into the quarantine, dated today."""
    sent.path(sent.papers[1]).unlink()
    sent.files.put(sent.reference, sent.papers[1].name, b"junk")
    assert run_over(town, sent, later=timedelta(minutes=-30))[1] == []
    _, found = run_over(town, sent, later=timedelta(days=1))
    assert [(one.record, one.what) for one in found] == [
        (f"file {sent.papers[1].name} of {sent.reference}", "not examined")
    ]
    assert "see that the examiner runs" in found[0].why


def test_a_paper_that_no_answer_speaks_of_is_named(town: Town, sent: Sent) -> None:
    """Intake, taken over, lets an event name what nobody sent."""
    town.city.step(sent.reference, "returned")
    stranger = file_key(bytes(32), digest_of(b"planted"))
    correct(
        town.city.intake, town.city.followed(sent.reference), instance={"bills": []}, changes=(), phones=None,
        routing={}, event_id=event_id(), files=[stranger.name],
    )  # fmt: skip
    sent.kept(stranger, 1, b"planted")
    assert sent.files.states(sent.reference)[stranger.name].status == READY
    _, found = run_over(town, sent)
    [finding] = [one for one in found if one.record.startswith("file ")]
    assert finding.record == f"file {stranger.name} of {sent.reference}"
    assert "no answers of this application do" in finding.why
