"""What every store promises of a commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from doorstep.applications.head import HEAD_LIMIT, ITEM_LIMIT
from doorstep.applications.store import HeadFull, RevisionConflict, Store, TooLarge
from tests.contract.samples import sample_head, sample_item


def test_a_committed_head_is_found_with_its_items(store: Store) -> None:
    items = [sample_item(), sample_item()]
    head = sample_head(sealed={"answers": items[0].digest, "other": items[1].digest}, routing={"x": "y"})
    store.commit(head, items, expected_revision=0)
    assert store.head(head.reference) == head
    assert [store.item(head.reference, item.digest) for item in items] == [item.content for item in items]


def test_what_was_never_stored_is_not_found(store: Store) -> None:
    assert store.head("nothing-here") is None
    assert store.item("nothing-here", "0" * 64) is None
    head, item = sample_head(), sample_item()
    store.commit(head, [item], expected_revision=0)
    assert store.item(head.reference, "0" * 64) is None
    assert store.item("nothing-here", item.digest) is None


def test_a_second_first_head_is_refused_and_changes_nothing(store: Store) -> None:
    head = sample_head()
    store.commit(head, [sample_item()], expected_revision=0)
    with pytest.raises(RevisionConflict):
        store.commit(sample_head(reference=head.reference, status="other"), [sample_item()], expected_revision=0)
    with pytest.raises(RevisionConflict):  # the very same one too: only its author can tell that it is
        store.commit(head, [], expected_revision=0)
    assert store.head(head.reference) == head


def test_a_step_is_written_at_the_expected_revision_only(store: Store) -> None:
    first = sample_head()
    second = first.next(status="second", events=(*first.events, "f"))
    with pytest.raises(RevisionConflict):
        store.commit(second, [], expected_revision=1)
    assert store.head(first.reference) is None
    store.commit(first, [], expected_revision=0)
    store.commit(second, [], expected_revision=1)
    with pytest.raises(RevisionConflict):
        store.commit(first.next(status="stale"), [], expected_revision=1)
    assert store.head(first.reference) == second


def test_the_loser_reads_the_winner_at_once(open_store: Callable[[], Store]) -> None:
    winner, loser = open_store(), open_store()
    head = sample_head()
    winner.commit(head, [], expected_revision=0)
    for revision in range(1, 20):
        head = head.next(status=f"step {revision}")
        winner.commit(head, [], expected_revision=revision)
        with pytest.raises(RevisionConflict):
            loser.commit(head, [], expected_revision=revision)
        assert loser.head(head.reference) == head


def test_an_item_is_written_once_under_its_name(store: Store) -> None:
    item = sample_item()
    head = sample_head()
    store.commit(head, [item, item], expected_revision=0)
    store.commit(head.next(), [item], expected_revision=1)
    assert store.item(head.reference, item.digest) == item.content


def test_the_largest_head_and_item_fit(store: Store) -> None:
    item = sample_item(b"\xff" * ITEM_LIMIT)
    head = sample_head(events=("",))
    head = sample_head(reference=head.reference, events=("e" * (HEAD_LIMIT - len(head.to_bytes())),))
    assert len(head.to_bytes()) == HEAD_LIMIT
    store.commit(head, [item], expected_revision=0)
    assert store.head(head.reference) == head
    assert store.item(head.reference, item.digest) == item.content


def test_anything_larger_is_refused_before_it_is_written(store: Store) -> None:
    item = sample_item()
    head = sample_head(events=("e" * HEAD_LIMIT,))
    with pytest.raises(HeadFull, match=str(HEAD_LIMIT)):
        store.commit(head, [item], expected_revision=0)
    assert store.item(head.reference, item.digest) is None
    head = sample_head()
    with pytest.raises(TooLarge, match=str(ITEM_LIMIT)) as refused:
        store.commit(head, [item, sample_item(b"x" * (ITEM_LIMIT + 1))], expected_revision=0)
    assert not isinstance(refused.value, HeadFull)
    assert store.head(head.reference) is None
    assert store.item(head.reference, item.digest) is None


def test_a_head_that_cannot_follow_is_a_mistake_of_the_program(store: Store) -> None:
    with pytest.raises(ValueError, match="cannot follow"):
        store.commit(sample_head(revision=3), [], expected_revision=1)


def test_any_text_comes_back_as_it_was(store: Store) -> None:
    text = "阿依古丽·买买提 ئۇيغۇر 𠮷 é e\u0301 \u0000 \u2028 \"'\\ 👨\u200d👩\u200d👧"
    item = sample_item(text.encode() + bytes(range(256)))
    head = sample_head(status=text, routing={"社区": text}, queue=f"open/{text}")
    store.commit(head, [item], expected_revision=0)
    assert store.head(head.reference) == head
    assert store.item(head.reference, item.digest) == item.content
    assert store.shelf(head.queue).entries[0].status == text


def test_another_store_on_the_same_data_sees_it_at_once(open_store: Callable[[], Store]) -> None:
    head, item = sample_head(), sample_item()
    open_store().commit(head, [item], expected_revision=0)
    other = open_store()
    assert other.head(head.reference) == head
    assert other.item(head.reference, item.digest) == item.content


def test_a_ping_leaves_nothing_behind(store: Store) -> None:
    store.ping()
    store.ping()
    assert store.head("-") is None


def test_of_16_writers_one_wins_threads(open_store: Callable[[], Store]) -> None:
    stores = [open_store(), open_store()]
    barrier = Barrier(16)
    head = sample_head()
    with ThreadPoolExecutor(16) as threads:
        for revision in range(12):
            offers = [
                sample_head(reference=head.reference, revision=revision + 1, status=f"{revision} {writer}")
                for writer in range(16)
            ]

            def write(writer: int, offers: list = offers, revision: int = revision) -> bool:  # type: ignore[type-arg]
                item = sample_item()
                barrier.wait()
                try:
                    stores[writer % 2].commit(offers[writer], [item], expected_revision=revision)
                except RevisionConflict:
                    return False
                return True

            won = list(threads.map(write, range(16)))
            assert Counter(won) == {True: 1, False: 15}
            assert stores[0].head(head.reference) == offers[won.index(True)]


def test_many_writers_each_get_their_own_outcome_threads(open_store: Callable[[], Store]) -> None:
    store = open_store()
    taken = [sample_head() for _ in range(40)]
    for head in taken:
        store.commit(head, [], expected_revision=0)
    fresh = [(sample_head(), sample_item()) for _ in range(40)]
    barrier = Barrier(16)

    def write(number: int) -> list[str]:
        barrier.wait()
        said = []
        for (head, item), old in zip(fresh[number::16], taken[number::16], strict=True):
            store.commit(head, [item], expected_revision=0)
            try:
                store.commit(sample_head(reference=old.reference, status="x"), [sample_item()], expected_revision=0)
            except RevisionConflict:
                said.append(old.reference)
        return said

    with ThreadPoolExecutor(16) as threads:
        refused = [reference for said in threads.map(write, range(16)) for reference in said]
    assert sorted(refused) == sorted(head.reference for head in taken)
    for head, item in fresh:
        assert store.head(head.reference) == head
        assert store.item(head.reference, item.digest) == item.content
    for head in taken:
        assert store.head(head.reference) == head
