"""What is slow to make and only read is made once a run: by whichever worker comes first, and the others share it."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from doorstep.applications.keyring import create_or_load


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of this name that `make` filled, for all workers of this run. Nobody writes into it afterwards."""
    own = tmp_path_factory.getbasetemp()
    # A worker's folder stands in the run's own, which pytest makes anew for each run.
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, done = shared / name, shared / f"{name}.made"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():  # where it failed half-way for one worker, the next one fails by itself, and says why
            folder.mkdir(mode=0o700, exist_ok=True)
            make(folder)
            done.touch()
    return folder


def var_with_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the keys of this run, which its caller may write into: RSA takes its time."""
    made = made_once(tmp_path_factory, "keys", create_or_load)
    return Path(shutil.copytree(made, tmp_path_factory.mktemp("keys") / "var"))
