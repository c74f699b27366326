"""A folder of messages that goes away uses up no notice: it is the operator's to mend, not the residents' to miss."""

from __future__ import annotations

from pathlib import Path

import pytest

from doorstep.counter.outbox import PATIENCE_SECONDS, Run, send_all
from doorstep.stores.message_folder import open_channel
from tests.unit.counter.telling.city import City


def test_no_notice_is_given_up_for_a_folder_that_is_away(city: City, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    channel = open_channel(f"folder:{disk / 'messages'}")
    assert channel is not None
    reference, _ = city.due()
    disk.rename(tmp_path / "away")
    for _ in range(3):
        city.clock.forward(seconds=PATIENCE_SECONDS)
        assert send_all(city.counter, channel, city.file.leases) == Run(failed=1)
    assert city.head(reference).revision == 2
    (tmp_path / "away").rename(disk)
    assert send_all(city.counter, channel, city.file.leases) == Run(sent=1)
    assert len(list((disk / "messages").glob("*.json"))) == 1


def test_a_folder_is_made_and_tried_at_the_start_and_leaves_nothing_behind(tmp_path: Path) -> None:
    assert open_channel(f"folder:{tmp_path / 'messages'}") is not None
    assert list((tmp_path / "messages").iterdir()) == []
    assert (tmp_path / "messages").stat().st_mode & 0o777 == 0o700
    (tmp_path / "file").write_text("")
    for place in ("file", "not-mounted/messages"):
        with pytest.raises(ValueError, match="names a folder that cannot be written"):
            open_channel(f"folder:{tmp_path / place}")
    assert not (tmp_path / "not-mounted").exists()
