"""A server that cannot be started is a failure that says what to install."""

from __future__ import annotations

import pytest

from tests.servers import dynalite


def test_a_missing_node_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RuntimeError, match=r"node is missing: install Node\.js"), dynalite():
        pass
