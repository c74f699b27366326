"""The same as test_crashes.py on DynamoDB's API, where items and head are writes of their own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest

from doorstep.stores.dynamodb import DynamoStore
from doorstep.stores.dynamodb_table import create_table
from tests.crash.conftest import ONE_ON_DYNALITE_IN
from tests.crash.run import run, warm_up
from tests.crash.schedules import draw, one_draft
from tests.crash.server import BothKeys
from tests.crash.worlds import DynamoWorld
from tests.servers import dynalite, dynamodb_client


@pytest.fixture(scope="module")
def world(keys: BothKeys) -> Iterator[DynamoWorld]:
    with dynalite() as address:
        client = dynamodb_client(address)
        create_table(client, "applications")
        warm_up(keys, DynamoStore(client, "applications"))
        client.close()
        yield DynamoWorld(client, "applications")


def test_random_schedules(seeds: list[int], keys: BothKeys, world: DynamoWorld) -> None:
    for seed in seeds:
        if seed % ONE_ON_DYNALITE_IN == 0:
            run(draw(seed), world, keys)


# A commit with one item has 6 boundaries, a refused one 5; a later step asked for again is known without a write.
@pytest.mark.parametrize(("kind", "boundaries"), [("confirm", 6 + 5 + 5), ("withdraw", 6 + 6), ("office", 6 + 6)])
def test_death_at_each_boundary_in_turn(kind: str, boundaries: int, keys: BothKeys, world: DynamoWorld) -> None:
    died = [run(one_draft(secrets.randbits(40), kind, dies_at), world, keys) for dies_at in range(1, boundaries + 2)]
    assert died == [1] * boundaries + [0]


def test_resident_and_office_race_and_die_at_each_boundary(keys: BothKeys, world: DynamoWorld) -> None:
    """Whoever is first, at least two commits of 6 boundaries each are made; the loser's may be a third."""
    died = [run(one_draft(secrets.randbits(40), "race", dies_at), world, keys) for dies_at in range(1, 30)]
    assert died[:12] == [1] * 12
    assert died[-1] == 0
