"""A row somebody spoiled in the database costs its own place in the list: staff see all others."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.functional.office.hall import Hall, Tab
from tests.functional.office.test_queue_page import rows


@pytest.mark.parametrize(
    "change",
    [
        "place = x'ff80'",
        "place = 'a/b'",
        "service = x'ff80'",
        "status = x'ff80'",
        "received_at = x'ff80'",
        "received_at = '9999-12-31T23:59:59Z'",
        "reference = x'ff80'",
        "queue_position = x'ff80'",
        "queue_position = x'3230ff'",
        "queue_position = x'3200ff'",
        "arrivals_position = x'ff80'",
    ],
)
def test_a_spoiled_row_leaves_the_list_to_the_others(hall: Hall, change: str) -> None:
    first, spoiled, last = (hall.reference() for _ in range(3))
    path = hall.office.settings.var / "applications.sqlite3"
    with closing(sqlite3.connect(path)) as connection, connection:
        change = change.replace("x'", "CAST(x'").replace("80'", "80' AS TEXT)").replace("ff'", "ff' AS TEXT)")
        assert connection.execute(f"UPDATE heads SET {change} WHERE reference = ?", (spoiled,)).rowcount == 1
    tab = Tab(hall.person()).open("/?list=unread")
    assert tab.status == 200
    assert {first, last} <= set(rows(tab))
