"""A round of the examiner: what waits in the quarantine becomes plain pages, or is refused.

Safe to cut off anywhere and to repeat, also beside another examiner: a file leaves the quarantine only once what was
made of it rests, and the same file always ends the same way.
"""

from __future__ import annotations

import time
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from doorstep.applications.errors import SealBroken
from doorstep.applications.office_keys import ExaminerKeys
from doorstep.applications.sealing import Unlock
from doorstep.applications.store import StoreError
from doorstep.attachments.container import Examined, pack
from doorstep.attachments.envelope import SentOtherwise, disclose
from doorstep.attachments.files import MOST_BYTES, NoRoom, Quarantine, Unreadable, Uploaded, Waiting
from doorstep.attachments.naming import FileKey
from doorstep.attachments.sniffing import media_type_of
from doorstep.attachments.statements import Refused, say_refused
from doorstep.examiner.apart import Slower, TookTooLong
from doorstep.examiner.lanes import WHATEVER, Lane, MakePages
from doorstep.examiner.patience import Patience
from doorstep.examiner.refusal import Refusal
from doorstep.examiner.scanning import Scanner, ScannerSilent

AT_ONCE = 100
"""Files looked up a round."""

TRIES = 3
"""How often a file may take too long before it counts as unreadable."""

SILENCES = 3
"""Files a round asks a scanner about that cannot say, or finds no room for: then it is none of theirs, and the round
ends.
"""


class Round(NamedTuple):
    """What became of what waited: how many were kept, how many refused (by verdict), how many are tried again later
    and why (in words for the operator).
    """

    kept: int
    refused: dict[str, int]
    later: dict[str, int]


def _now() -> datetime:
    return datetime.now(UTC)


def examine(
    quarantine: Quarantine,
    own: ExaminerKeys,
    random: Callable[[int], bytes],
    scanner: Scanner | None = None,
    *,
    patience: Patience | None = None,
    make: MakePages | None = None,
    only: Waiting | None = None,
    lane: Lane = WHATEVER,
    clock: Callable[[], datetime] = _now,
) -> Round:
    """One round over what waits and is due, or over `only` this; returns when all of it is done.

    `own` are the examiner's keys, `clock` gives an aware moment, `random` n bytes. `patience` is to be kept from one
    round to the next. Raises StoreUnavailable; what was done before stands.

    Only what is in this `lane` now is examined, by its `make` where
    none is given; what it leaves to the next one is no part of the result.
    """
    patience = Patience(time.monotonic) if patience is None else patience
    lane = lane.using(make)
    files = [only] if only else _due(quarantine, patience, lane)
    kept, refused, later = 0, Counter[str](), Counter[str]()
    silences = 0
    for file in files:
        uploaded = _read(quarantine, file, patience, later)
        if uploaded is None:
            continue
        try:
            sealed, examined = _examined(file, uploaded, own.opens, scanner, lane)
            quarantine.keep(file, len(examined.pages), pack(own.signs, file.reference, sealed, examined, random))
            kept += 1
        except Refusal as refusal:
            _refuse(quarantine, own, file, refusal, clock())
            refused[refusal.why] += 1
        except (ScannerSilent, NoRoom) as silence:
            _later(file, str(silence), patience, later)
            silences += 1
            if silences == SILENCES:
                break
            continue
        except Slower:
            patience.move_on(file)
            continue
        except TookTooLong:
            if patience.put_off(file) < TRIES:
                later["a file took too long; the machine may be busy"] += 1
                continue
            _refuse(quarantine, own, file, Refusal("unreadable"), clock())
            refused["unreadable"] += 1
        except Exception as error:  # noqa: BLE001 — ours or the machine's, but not to be paid for by other files
            _later(file, _unless_the_stores(error), patience, later)
            continue
        patience.done_with(file)
    return Round(kept, dict(refused), dict(later))


def _refuse(quarantine: Quarantine, own: ExaminerKeys, file: Waiting, refusal: Refusal, at: datetime) -> None:
    said = Refused(refusal.why, at, refusal.as_sent)
    quarantine.refuse(file, refusal.why, say_refused(own.signs, file.reference, file.name, said))


def _unless_the_stores(error: Exception) -> str:
    if isinstance(error, StoreError):
        raise error
    return where(error)


def _later(file: Waiting, why: str, patience: Patience, later: Counter[str]) -> None:
    patience.put_off(file)
    later[why] += 1


def _read(quarantine: Quarantine, file: Waiting, patience: Patience, later: Counter[str]) -> Uploaded | None:
    """What was sent; None where it cannot be read now, or is gone: another examiner was quicker, or it was swept."""
    try:
        uploaded = quarantine.read(file)
    except Unreadable as trouble:
        _later(file, str(trouble), patience, later)
        return None
    if uploaded is None:
        patience.done_with(file)
    return uploaded


def _due(quarantine: Quarantine, patience: Patience, lane: Lane) -> list[Waiting]:
    return patience.due(quarantine.waiting(AT_ONCE + patience.count), lane.number)[: lane.most]


def where(error: Exception) -> str:
    """An error of ours for the log, by its type and line: its text might quote what was sent."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno}"


def _examined(
    file: Waiting, uploaded: Uploaded, opens: Unlock, scanner: Scanner | None, lane: Lane
) -> tuple[FileKey, Examined]:
    """What was sent, as it can be shown, and the key it is sealed under. Raises Refusal, ScannerSilent,
    TookTooLong, and Slower where it is not taken here.
    """
    if uploaded.too_large:
        raise Refusal("too-large", as_sent=False)
    sealed, content = _opened(file, uploaded, opens)
    if not content:
        raise Refusal("empty")
    if len(content) > MOST_BYTES:
        raise Refusal("too-large")
    media_type = media_type_of(content)
    if media_type is None:
        raise Refusal("foreign")
    if media_type not in lane.takes:
        raise Slower
    if scanner and not scanner(content):
        raise Refusal("unsafe")
    return sealed, Examined(media_type, lane.make(content, media_type))


def _opened(file: Waiting, uploaded: Uploaded, opens: Unlock) -> tuple[FileKey, bytes]:
    try:
        return disclose(opens, file.reference, file.name, uploaded)
    except SentOtherwise as error:
        raise Refusal("altered") from error
    except (SealBroken, ValueError, TypeError, AttributeError, RecursionError) as error:
        # Only intake writes envelopes; one that no intake of ours wrote must not stop the examiner either.
        raise Refusal("altered", as_sent=False) from error
