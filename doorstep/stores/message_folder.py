"""A channel for one machine: each message is a file in a folder, for whatever sends them on from there."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryFile

from doorstep.counter.channels import ChannelDown
from doorstep.durable import flush_folder


class MessageFolder:
    """Writes `<key>.json`: {"phones": {field: number}, "message", "key"}. Whoever sends it on removes the file.

    The same key writes the same file. `boundary` is called at each point where the process might die.
    """

    name = "folder"

    def __init__(self, folder: Path, boundary: Callable[[str], None] | None = None) -> None:
        self._folder = folder
        self._boundary = boundary or (lambda _name: None)

    def reaches(self, phones: Mapping[str, str]) -> bool:
        return bool(phones)

    def send(self, phones: Mapping[str, str], message: str, key: str) -> None:
        """See Channel. The file is on the disk, whole, once this returns; its owner's alone, for it holds numbers."""
        content = json.dumps({"phones": dict(phones), "message": message, "key": key}, ensure_ascii=False)
        temporary, target = self._folder / f".{key}.part", self._folder / f"{key}.json"
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)  # never its parents: those are a disk that is not mounted
            temporary.unlink(missing_ok=True)  # of a run that was cut short
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(content + "\n")
                file.flush()
                os.fsync(file.fileno())
            self._boundary("written")
            temporary.replace(target)
            flush_folder(self._folder)
            self._boundary("in place")
        except OSError as error:
            raise ChannelDown(f"the folder of messages cannot be written ({error.strerror})") from error


def open_channel(setting: str) -> MessageFolder | None:
    """The channel that DOORSTEP_CHANNEL names: `folder:PATH`, or none ("": everybody is called).

    Makes the folder and tries it: a mistyped one would take no message, and nobody would look. Raises ValueError, which
    says what may stand there or what is wrong with the folder.
    """
    kind, _, place = setting.partition(":")
    if not setting:
        return None
    if kind != "folder" or not Path(place).is_absolute():
        raise ValueError(
            "DOORSTEP_CHANNEL may be folder: and a folder's whole path, such as folder:/srv/messages, or empty: "
            "then everybody is called"
        )
    folder = Path(place)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with TemporaryFile(dir=folder) as file:
            file.write(b"\n")
    except OSError as error:
        raise ValueError(
            f"DOORSTEP_CHANNEL names a folder that cannot be written ({error.strerror}): make {folder}, and let the "
            "account that runs the office own it"
        ) from error
    return MessageFolder(folder)
