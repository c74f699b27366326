"""The examiner's own keys, as they are needed here: those that intake and office know it by."""

from __future__ import annotations

from pathlib import Path

from doorstep.applications.errors import KeyProblem
from doorstep.applications.key_files import read_key_file
from doorstep.applications.key_formats import parse_office_public
from doorstep.applications.office_keys import EXAMINER, EXAMINER_SIGNING, PUBLIC, ExaminerKeys, load_examiner
from doorstep.applications.signing import key_id


def load_own_keys(var_dir: Path) -> ExaminerKeys:
    """What opens files in the quarantine, and signs what became of them. Raises KeyProblem, also where a public half is
    another one: all that waits would be refused as altered and destroyed, or nobody would believe what was made of it.
    """
    own = load_examiner(var_dir)
    listed = parse_office_public(read_key_file(var_dir, PUBLIC), str(PUBLIC))
    if own.opens.lock.kid != listed.examiner.kid:
        raise KeyProblem(
            f"{EXAMINER}: does not belong to {PUBLIC}, so no file could be opened. Put both back from the same backup."
        )
    if own.signs.kid != key_id("examiner", listed.examines):
        raise KeyProblem(
            f"{EXAMINER_SIGNING}: does not belong to {PUBLIC}, so nobody would believe what was made of a file. "
            "Put both back from the same backup."
        )
    return own
