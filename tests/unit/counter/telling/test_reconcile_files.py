"""Papers that signed events name are taken away, altered or exchanged behind the program's back, and named rightly."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from doorstep.applications.correct import correct
from doorstep.applications.signing import Signer
from doorstep.applications.store import StoreUnavailable
from doorstep.attachments.container import Examined, pack
from doorstep.attachments.files import READY, FileState, Waiting
from doorstep.attachments.naming import FileKey, file_key
from doorstep.counter.reconcile import MOST_SILENT
from doorstep.stores.folder_files import FolderFiles
from tests.plain_jpeg import page
from tests.unit.attachments.samples import digest_of
from tests.unit.counter.telling.city import event_id
from tests.unit.counter.telling.sent_papers import Sent, run_over
from tests.unit.counter.telling.town import Town


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
