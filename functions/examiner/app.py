"""The examiner function: one file as it arrives, and each hour what is left, and the sweep.

All of it stands in examining/, so that its modules share no name with intake's. A bucket tells by EventBridge (which
must be switched on for it), because `chalice package` cannot make a bucket's own notifications.
"""

from __future__ import annotations

import os

from chalice.app import Chalice, CloudWatchEvent, Rate

from examining.events import arrivals, key_in
from examining.work import Work

app = Chalice("doorstep-examiner")
work = Work(os.environ)
"""Nothing is read or opened before the first event: `chalice package` imports this too."""


@app.on_cw_event(arrivals(os.environ))
def arrived(event: CloudWatchEvent) -> None:
    """A file came into the quarantine. What is to be tried again is raised: Lambda does so twice, then `hourly`."""
    work.examine_one(key_in(event.detail))


@app.schedule(Rate(1, unit=Rate.HOURS))
def hourly(event: CloudWatchEvent) -> None:
    """What still waits, and what was never confirmed."""
    del event
    work.examine_all()
    work.sweep()
