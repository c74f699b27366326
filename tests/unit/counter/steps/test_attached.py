"""Looking at files: recorded first, one page at a time, only what was examined, and nothing that does not fit."""

from __future__ import annotations

import pytest

from doorstep.applications.errors import NotFound, Tampered
from doorstep.applications.store import StoreUnavailable
from doorstep.attachments.files import MISSING, READY, REFUSED, WAITING
from doorstep.counter.attached import all_sent, open_file
from doorstep.counter.errors import FileNotReady, NotYours, ReasonUnknown, Unfinished
from doorstep.counter.readings import FilePage, read_file_page
from doorstep.forms.marks import shown_pointers
from tests.unit.counter.photos import Photos
from tests.unit.counter.world import AUDITOR, CLERK, DECIDER, OTHER_CLERK, World


@pytest.fixture
def photos(world: World) -> Photos:
    return Photos(world)


def said(photos: Photos) -> list[str]:
    return [entry.what for entry in photos.world.readings.page().entries]


def test_how_each_file_stands_is_seen_when_the_application_is_opened(photos: Photos) -> None:
    papers = [photos.kept(b"one", 2), photos.refused(b"two", "locked"), photos.waits(b"three"), photos.file(b"four")]
    photos.submit(bills=papers, diagnosis=[photos.kept(b"five", 1)])
    sent = all_sent(photos.counter, photos.world.open(photos.reference))
    assert [(one.field, one.number, one.status, one.pages, one.why) for one in sent.now] == [
        ("bills", 1, READY, 2, ""), ("bills", 2, REFUSED, 0, "locked"), ("bills", 3, WAITING, 0, ""),
        ("bills", 4, MISSING, 0, ""), ("diagnosis", 1, READY, 1, ""),
    ]  # fmt: skip
    assert (sent.of("diagnosis"), sent.dropped) == (sent.now[4:], ())
    assert sent.now[0].title == "结算单和发票"


def test_a_page_is_recorded_with_name_and_number_and_never_a_digest(photos: Photos) -> None:
    file = photos.kept(b"one", 3)
    reference = photos.submit(bills=[file])
    shown = open_file(photos.counter, CLERK, reference, file.name, page=2, why="check")
    assert (shown.page.width, shown.page.height, b"2 of one" in shown.page.jpeg) == (602, 800, True)
    (entry,) = photos.world.readings.page().entries
    assert (entry.staff, entry.reference, entry.why) == (CLERK.id, reference, "check")
    assert read_file_page(entry.what) == FilePage(file.name, 2)
    assert file.digest not in entry.what
    assert "page" not in repr(shown)


def test_the_record_stands_before_anything_is_unsealed(photos: Photos) -> None:
    file = photos.kept(b"one", 1)
    reference = photos.submit(bills=[file])
    photos.world.store.fail_next("read-item", StoreUnavailable("the disk is gone"))
    with pytest.raises(StoreUnavailable):
        open_file(photos.counter, CLERK, reference, file.name, page=1, why="check")
    assert len(said(photos)) == 1


def test_nobody_else_looks_and_nothing_is_recorded_of_what_was_not_shown(photos: Photos) -> None:
    file = photos.kept(b"one", 1)
    reference = photos.submit(bills=[file, waiting := photos.waits(b"two"), bad := photos.refused(b"no", "unsafe")])
    for staff in (OTHER_CLERK, DECIDER, AUDITOR):
        with pytest.raises(NotYours):
            open_file(photos.counter, staff, reference, file.name, page=1, why="check")
    with pytest.raises(ReasonUnknown):
        open_file(photos.counter, CLERK, reference, file.name, page=1, why="curiosity")
    other = photos.file(b"never sent").name
    for name, page in ((file.name, 0), (file.name, 2), (other, 1), ("../x", 1), (file.digest, 1)):
        with pytest.raises(NotFound):
            open_file(photos.counter, CLERK, reference, name, page=page, why="check")
    for one, status, why in ((waiting, WAITING, ""), (bad, REFUSED, "unsafe")):
        with pytest.raises(FileNotReady) as refused:
            open_file(photos.counter, CLERK, reference, one.name, page=1, why="check")
        assert (refused.value.status, refused.value.why) == (status, why)
    assert said(photos) == []


def test_another_applications_file_opens_nowhere_else(photos: Photos, world: World) -> None:
    theirs = Photos(world)
    foreign = theirs.kept(b"one", 1)
    theirs.submit(bills=[foreign])
    mine = photos.kept(b"one", 1)
    reference = photos.submit(bills=[mine])
    assert mine.name != foreign.name  # the same bytes
    with pytest.raises(NotFound):
        open_file(photos.counter, CLERK, reference, foreign.name, page=1, why="check")
    content = world.files.container(theirs.reference, foreign.name)
    assert content is not None
    keep_instead(photos, mine.name, 1, content)
    with pytest.raises(Tampered, match="the examiner signed this of another file"):
        open_file(photos.counter, CLERK, reference, mine.name, page=1, why="check")


def test_a_file_with_other_pages_than_are_listed_is_named(photos: Photos) -> None:
    file = photos.kept(b"one", 1)
    reference = photos.submit(bills=[file])
    content = photos.world.files.container(reference, file.name)
    assert content is not None
    keep_instead(photos, file.name, 3, content)
    with pytest.raises(Tampered, match="it has 1 pages, and 3 are listed"):
        open_file(photos.counter, CLERK, reference, file.name, page=3, why="check")


def keep_instead(photos: Photos, name: str, pages: int, content: bytes) -> None:
    """What somebody does who has the folder."""
    folder = photos.world.folder / "files" / "ready" / photos.reference
    for path in folder.glob(f"{name}.*"):
        path.unlink()
    (folder / f"{name}.{pages}").write_bytes(content)


def test_what_a_correction_took_away_is_still_seen_under_it(photos: Photos) -> None:
    first, second = photos.kept(b"one", 1), photos.kept(b"two", 1)
    reference = photos.submit(bills=[first, second])
    photos.world.ask(reference, "/bills")
    third = photos.kept(b"three", 2)
    photos.world.correct(reference, {"bills": [second.digest, third.digest]}, files=[third.name])
    sent = all_sent(photos.counter, photos.world.open(reference))
    assert [(one.name, one.number) for one in sent.now] == [(second.name, 1), (third.name, 2)]
    assert [[one.name for one in group] for group in sent.dropped] == [[first.name]]
    shown = open_file(photos.counter, CLERK, reference, first.name, page=1, why="correction")
    assert [one.name for one in shown.beside] == [first.name]
    shown = open_file(photos.counter, CLERK, reference, third.name, page=2, why="correction")
    assert [one.name for one in shown.beside] == [second.name, third.name]


def test_an_application_without_files_asks_no_store_for_any(photos: Photos) -> None:
    reference = photos.submit()
    opened = photos.world.open(reference)
    assert all_sent(photos.counter._replace(files=None), opened).now == ()  # type: ignore[arg-type]


def test_a_mark_at_the_question_how_lets_papers_be_photographed_after_all(photos: Photos) -> None:
    reference = photos.submit()
    form = photos.world.open(reference).form
    assert shown_pointers(form, photos.world.open(reference).instance, ["/papers_way"]) == {
        "/papers_way", "/bills", "/diagnosis",
    }  # fmt: skip
    with pytest.raises(Unfinished):
        photos.world.ask(reference, "/bills")  # by itself nobody was asked it
    photos.world.ask(reference, "/papers_way")
    bill = photos.kept(b"one", 1)
    photos.world.correct(reference, {"papers_way": "photo", "bills": [bill.digest]}, files=[bill.name])
    sent = all_sent(photos.counter, photos.world.open(reference))
    assert ([one.name for one in sent.now], sent.dropped) == ([bill.name], ((),))
