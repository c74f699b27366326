"""Whether checkpoints can be written, asked at the office's start: an hour later nobody looks."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryFile

from doorstep.applications.store import StoreError
from doorstep.counter.checkpoint_chain import SUFFIX, CheckpointProblem, unusable
from doorstep.counter.checkpoint_folder import check_folder
from doorstep.startup import ServeError
from doorstep.stores.office_file import OfficeFile


def try_checkpoints(folder: Path, records: OfficeFile) -> None:
    """Make the folder and try it. Raises ServeError where it takes no file, or is not the one the office wrote to."""
    try:
        remembered = records.checkpoints.newest()
        _try(folder)
    except (StoreError, CheckpointProblem) as problem:
        raise ServeError(str(problem)) from problem
    if remembered is not None and not any(folder.glob(f"*{SUFFIX}")):
        raise ServeError(
            f"there is no checkpoint in {folder}, and this office wrote number {remembered.number}: mount its disk, "
            "set DOORSTEP_CHECKPOINTS to the folder that holds them, or put a copy back; if all are lost, run "
            "`doorstep checkpoint` for the next, and `doorstep reconcile` will name those that are missing"
        )


def _try(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_folder(folder)
        with TemporaryFile(dir=folder) as file:
            file.write(b"\n")
    except OSError as error:
        raise unusable(folder, error) from error
