"""The same as test_papers.py in a bucket of S3's API, where no lock holds two machines apart."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

import boto3
import pytest

from doorstep.stores.s3_bucket import client_config
from tests.crash.papers_run import run, warm_up
from tests.crash.papers_schedule import draw, everything
from tests.crash.papers_server import AllKeys
from tests.crash.papers_worlds import BucketWorld
from tests.servers import moto

ONE_IN = 400


@pytest.fixture(scope="module")
def bucket_world(all_keys: AllKeys, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], BucketWorld]]:
    """A function that makes a world on a bucket of its own."""
    with moto() as address:
        client = boto3.client(
            "s3",
            endpoint_url=address,
            config=client_config(),
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )

        def new() -> BucketWorld:
            client.create_bucket(Bucket=(name := f"doorstep-test-{secrets.token_hex(6)}"))
            client.close()
            return BucketWorld(tmp_path_factory.mktemp("applications"), client, name)

        warm_up(all_keys, new(), everything(secrets.randbits(40), 0))
        yield new


def test_random_schedules(seeds: list[int], all_keys: AllKeys, bucket_world: Callable[[], BucketWorld]) -> None:
    for seed in seeds[: max(1, len(seeds) // ONE_IN)]:
        run(draw(seed), bucket_world(), all_keys)


def test_death_at_many_a_boundary(all_keys: AllKeys, bucket_world: Callable[[], BucketWorld]) -> None:
    """Within one day: each begins with a new second there, which takes its time."""
    died = [
        run(everything(secrets.randbits(40), number, days=0), bucket_world(), all_keys) for number in range(1, 40, 6)
    ]
    assert died == [1] * len(died)
