"""The examiner's own key, as it is needed here: the one that intake encloses files for."""

from __future__ import annotations

from pathlib import Path

from doorstep.applications.errors import KeyProblem
from doorstep.applications.key_files import read_key_file
from doorstep.applications.key_formats import parse_office_public
from doorstep.applications.office_keys import EXAMINER, PUBLIC, load_examiner
from doorstep.applications.sealing import Unlock


def load_own_key(var_dir: Path) -> Unlock:
    """What opens files in the quarantine. Raises KeyProblem, also where its public half is another one: everything that
    waits would be refused as altered, and destroyed.
    """
    opens = load_examiner(var_dir)
    listed = parse_office_public(read_key_file(var_dir, PUBLIC), str(PUBLIC))
    if opens.lock.kid != listed.examiner.kid:
        raise KeyProblem(
            f"{EXAMINER}: does not belong to {PUBLIC}, so no file could be opened. Put both back from the same backup."
        )
    return opens
