"""What residents and staff were told, kept beside the store: whatever contradicts it is a violation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.crash.schedules import APPROVAL, Request, Schedule
from tests.crash.server import Answer, Found, Standing


class Violation(AssertionError):
    """A promise was broken."""


@dataclass
class Ledger:
    schedule: Schedule
    receipts: dict[int, tuple[str, int]] = field(default_factory=dict)
    withdrawn: dict[int, str] = field(default_factory=dict)
    heard_on: dict[int, int] = field(default_factory=dict)
    taken: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    supplied: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    too_late: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def told(self, request: Request, answers: list[Answer]) -> None:
        """Note the answers to a request's clicks. They may have been given in any order."""
        order = sorted(zip(request.clicks, answers, strict=True), key=lambda pair: pair[1][0] not in _SUCCESS)
        for click, (kind, told) in order:
            check = {
                "receipt": self._receipt,
                "withdrawn": self._withdrawn,
                "answers": self._answers,
                "taken": self._taken,
                "supplied": self._supplied,
                "too late": self._too_late,
                "already": self._already,
                "not open": self._not_open,
                "not found": self._not_found,
            }.get(kind)
            if check is None:
                raise Violation(f"draft {request.draft}: {kind} {told}")
            check(request, click, told)

    def compare(self, draft: int, found: Found) -> None:
        """Hold what rests in the store against what was told."""
        if found.problems:
            raise Violation(f"draft {draft}: {'; '.join(found.problems)}")
        receipt, content = self.receipts[draft]
        if found.receipt != receipt:
            raise Violation(f"draft {draft}: the stored receipt is another one")
        if found.content != self.schedule.drafts[draft].contents[content]:
            raise Violation(f"draft {draft}: the stored content is another one")
        expected = self.withdrawn.get(draft)
        if expected is not None and found.withdrawals != (expected,):
            raise Violation(f"draft {draft}: a withdrawal was lost or doubled: {len(found.withdrawals)} stored")
        if len(found.withdrawals) > 1 or bool(found.withdrawals) != (found.status == "withdrawn"):
            raise Violation(f"draft {draft}: {found.status} with {len(found.withdrawals)} withdrawals")

        self._compare_supplies(draft, found)
        kinds, ids = [kind for kind, _ in found.steps], {event_id for _, event_id in found.steps}
        if len(set(kinds)) != len(kinds):
            raise Violation(f"draft {draft}: the office's steps stand as {kinds}")
        if not self.taken[draft] <= ids:
            raise Violation(f"draft {draft}: an acknowledged step of the office was lost")
        if self.too_late[draft] & ids:
            raise Violation(f"draft {draft}: a step of the office was refused and is stored")

    def _compare_supplies(self, draft: int, found: Found) -> None:
        if len(set(found.supplies)) != len(found.supplies) or not self.supplied[draft] <= set(found.supplies):
            raise Violation(f"draft {draft}: what was filled in after approval was lost or doubled")
        if found.supplies and found.status != "approved":
            raise Violation(f"draft {draft}: {found.status}, and something was filled in after approval")

    def compare_shelves(self, standing: Standing, expected: Standing) -> None:
        """Hold the shelves against the heads they were made from."""
        if standing != expected:
            lost = sorted({name for name, _ in expected - standing})
            stray = sorted({name for name, _ in standing - expected})
            raise Violation(f"the shelves are not what the heads say: missing on {lost}, astray on {stray}")

    def _receipt(self, request: Request, click: int, told: Any) -> None:
        receipt, with_code = told
        if self.receipts.setdefault(request.draft, (receipt, click)) != (receipt, click):
            raise Violation(f"draft {request.draft}: a second receipt, or one receipt for two contents")
        # 30 minutes after it was received the code is not shown again.
        if with_code and request.day > self.heard_on.setdefault(request.draft, request.day):
            raise Violation(f"draft {request.draft}: the access code was shown again after a day")

    def _withdrawn(self, request: Request, _click: int, told: Any) -> None:
        if self.withdrawn.setdefault(request.draft, told) != told:
            raise Violation(f"draft {request.draft}: withdrawn twice")

    def _answers(self, request: Request, _click: int, told: Any) -> None:
        known = self.receipts.get(request.draft)
        contents = self.schedule.drafts[request.draft].contents
        if told not in contents or (known and told != contents[known[1]]):
            raise Violation(f"draft {request.draft}: other answers than were sent")

    def _already(self, request: Request, click: int, _told: Any) -> None:
        known = self.receipts.get(request.draft)
        if known and known[1] == click:
            raise Violation(f"draft {request.draft}: its own content was refused as another's")

    def _taken(self, request: Request, _click: int, told: Any) -> None:
        self.taken[request.draft].add(told)

    def _supplied(self, request: Request, _click: int, told: Any) -> None:
        self.supplied[request.draft].add(told)

    def _too_late(self, request: Request, _click: int, told: Any) -> None:
        event_id, status = told
        if request.kind != "supply" and request.clicks != (APPROVAL,):  # for these two it may only be too early
            self.too_late[request.draft].add(event_id)
        if event_id in self.taken[request.draft] | self.supplied[request.draft]:
            raise Violation(f"draft {request.draft}: an acknowledged step was refused ({status})")

    def _not_open(self, request: Request, click: int, told: Any) -> None:
        mine = self.schedule.drafts[request.draft].withdrawals[click]
        known = self.withdrawn.get(request.draft)
        if told not in ("withdrawn", "transferred", "approved") or known == mine or (known and told != "withdrawn"):
            raise Violation(f"draft {request.draft}: an acknowledged withdrawal was refused ({told})")

    def _not_found(self, request: Request, _click: int, _told: Any) -> None:
        if request.draft in self.receipts:
            raise Violation(f"draft {request.draft}: an acknowledged application was not found")


_SUCCESS = {"receipt", "withdrawn", "answers", "taken", "supplied"}
