"""Reconciling: proves that every checkpointed application exists and extends its head, that every chain, signature
and sealed item holds, and names what does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from doorstep.applications.desk import Desk
from doorstep.applications.head import Head
from doorstep.applications.journal import verify_chain
from doorstep.applications.signing import PublicKeys
from doorstep.applications.store import Store, StoreError
from doorstep.attachments.files import Files
from doorstep.counter.checkpoint_chain import Link, read_chain
from doorstep.counter.checkpoint_memory import CheckpointMemory, check_remembered
from doorstep.counter.findings import ALTERED, MISSING, UNREADABLE, Finding
from doorstep.counter.in_their_name import LOST, not_by_code
from doorstep.counter.readings import ReadingLog
from doorstep.counter.reconcile_files import Papers, names_of
from doorstep.counter.reconcile_readings import check_readings
from doorstep.counter.reconcile_shelves import hidden_from
from doorstep.counter.walk import Met, problem_of, walk

MOST_WAITED_FOR = 20
"""Applications missing from their lists, after which a late index is no explanation any more."""


SWEPT = "its head names it, and it rests in swept/, to be destroyed: move it back from there (README)"

MOST_SILENT = 20
"""Applications in a row whose files cannot be read, after which it is the place they rest in: the run ends."""


class Reconciliation:
    """One run. Once `findings` has ended, the counts say what was looked at: `applications`, `items`, `papers` (files
    that heads name), `checkpoints`, `readings`; `newest` is the last checkpoint that holds. With `files`, each paper
    must rest there (and, with `now`, an aware moment, wait no longer than an hour); with `examined_by`, the examiner's
    public keys, as the examiner left it; with an `opener`, a desk with the office's private keys, it must open, and
    what intake wrote in a resident's name is held to its content too.
    """

    def __init__(
        self,
        store: Store,
        public_keys: PublicKeys,
        readings: ReadingLog | None,
        folder: Path,
        *,
        memory: CheckpointMemory | None,
        opener: Desk | None = None,
        files: Files | None = None,
        examined_by: PublicKeys | None = None,
        now: datetime | None = None,
    ) -> None:
        self._store = store
        self._public_keys = public_keys
        self._log = readings
        self._folder = folder
        self._memory = memory
        self._opener = opener
        self._files = files
        self._examined_by = examined_by or (opener.keys.examined_by if opener else None)
        self._now = now
        self.applications = self.items = self.papers = self.checkpoints = self.readings = 0
        self.newest: Link | None = None
        self._hidden = 0
        self._silent = 0

    def findings(self) -> Iterator[Finding]:
        """Everything that does not hold, as it is found. Applications may come and go on meanwhile.

        Raises CheckpointProblem or StoreError where something cannot be read at all.
        """
        remembered = self._memory.newest() if self._memory else None  # before the chain, which goes on meanwhile
        chain = read_chain(self._folder, self._public_keys)
        self.checkpoints = len(chain.links)
        self.newest = chain.links[-1] if chain.links else None
        yield from chain.findings
        if self._memory:
            yield from check_remembered(chain, remembered)
        yield from check_readings(self._log, chain.links)
        self.readings = self._log.tip().number if self._log else 0
        at = {link.number: link.at for link in chain.links}
        for met in walk(self._store, chain.links):
            self.applications += 1
            yield from self._of_one(met, at)
        if (self.applications or self.readings) and chain.next == 1 and remembered is None:
            why = "without one nobody can tell whether anything was deleted or rolled back: run doorstep checkpoint"
            yield Finding("checkpoints", MISSING, why)

    def _of_one(self, met: Met, at: dict[int, str]) -> Iterator[Finding]:
        found = problem_of(met, at)
        if met.head is None:
            if found is not None:
                yield found
            return
        problems = verify_chain(met.head, self._public_keys) or self._forged(met.head)
        if found is not None:
            yield found._replace(why="; ".join([found.why, *problems]))
        elif problems:
            number = met.lines[-1][0] if met.lines else None
            yield Finding(f"application {met.reference}", ALTERED, "; ".join(problems), number, at.get(number or 0, ""))
        else:
            hidden = hidden_from(self._store, met.head, patient=self._hidden < MOST_WAITED_FOR)
            if hidden:
                self._hidden += 1
                why = f"staff do not find it where its head puts it ({', '.join(hidden)})"
                yield Finding(f"lists of {met.reference}", ALTERED, why)
        for purpose, name in sorted(met.head.sealed.items()):
            self.items += 1
            content = self._store.item(met.reference, name)
            if content is None:
                yield Finding(f"item {purpose} of {met.reference}", MISSING, "its head names it, and it is not stored")
            elif sha256(content).hexdigest() != name:
                yield Finding(f"item {purpose} of {met.reference}", ALTERED, "its bytes are not those its head names")

        if self._files is not None:
            yield from self._papers(self._files, met.head)

    def _papers(self, files: Files, head: Head) -> Iterator[Finding]:
        """Whatever somebody put among the papers of one application, those of the others are looked at."""
        try:
            names = names_of(head)
            self.papers += len(names)
            for finding in Papers(files, head, self._opener, self._examined_by, self._now).findings():
                rests = finding.what == MISSING and finding.record.split(" ")[1] in files.aside(head.reference)
                yield finding._replace(why=SWEPT) if rests else finding
            self._silent = 0 if names else self._silent
        except StoreError as error:
            self._silent += 1
            if self._silent == MOST_SILENT:
                raise
            yield Finding(f"papers of {head.reference}", UNREADABLE, str(error))
        except Exception as error:  # noqa: BLE001 — whoever wrote there may have written anything
            why = f"looking at them failed ({type(error).__name__}): see what was written there"
            yield Finding(f"papers of {head.reference}", UNREADABLE, why)

    def _forged(self, head: Head) -> list[str]:
        """What was lost is left to the items, each of which is named by itself."""
        return [why for why in not_by_code(self._opener, head) if LOST not in why] if self._opener else []
