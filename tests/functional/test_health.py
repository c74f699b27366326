"""Whoever watches the site may ask often: the store is asked once a second."""

from __future__ import annotations

import sqlite3

from tests.functional.house import Intake


def test_health_keeps_a_success_for_a_second(intake: Intake) -> None:
    assert intake.client.get("/api/health").status == 200
    other = sqlite3.connect(intake.settings.var / "applications.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert intake.client.get("/api/health").status == 200
    intake.time.pass_(seconds=1)
    assert intake.client.get("/api/health").status == 503
    other.close()
