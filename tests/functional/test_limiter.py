"""Failures only, by network, in bounded memory."""

from __future__ import annotations

import pytest

from doorstep.addresses import CUSTOMER, network_of
from tests.functional.house import FakeTime
from weblib.limiter import Limiter


def test_a_network_earns_its_failures_back() -> None:
    time = FakeTime()
    limiter = Limiter(time.seconds, burst=3, per_second=0.5)
    assert [limiter.failed("203.0.113.1") for _ in range(4)] == [0, 0, 0, 2]
    time.pass_(seconds=1)
    assert limiter.failed("203.0.113.200") == 1
    time.pass_(seconds=1)
    assert limiter.failed("203.0.113.9") == 0


def test_networks_do_not_share() -> None:
    limiter = Limiter(FakeTime().seconds, burst=1)
    assert limiter.failed("203.0.113.1") == 0
    assert limiter.failed("203.0.114.1") == 0
    assert limiter.failed("203.0.113.77") > 0


def test_memory_is_bounded_and_the_latest_are_kept() -> None:
    limiter = Limiter(FakeTime().seconds, burst=1, networks=100)
    for number in range(5_000):
        limiter.failed(f"10.{number // 250}.{number % 250}.1")
    assert len(limiter._levels) == 100
    assert limiter.failed("10.19.249.1") > 0
    assert limiter.failed("10.0.0.1") == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("a proxy's nonsense", "unknown"),
    ],
)
def test_networks(address: str, network: str) -> None:
    assert network_of(address) == network


def test_wider_networks() -> None:
    assert network_of("2001:db8:1:2:3::4", CUSTOMER) == "2001:db8:1::/48"
    assert network_of("203.0.113.7", CUSTOMER) == "203.0.113.0/24"
