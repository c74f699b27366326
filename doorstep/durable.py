"""What it takes for a file to outlast a power cut, said once for keys, stores and folders."""

from __future__ import annotations

import os
from pathlib import Path


def flush_folder(folder: Path) -> None:
    """Put the folder's names on the disk: a new or replaced file is durable only once its folder is. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
