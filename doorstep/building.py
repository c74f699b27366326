"""Builds the site when something it is made of has changed, and never leaves a half-built one behind."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from doorstep.built import alone, put_up, standing
from doorstep.former_assets import keep_former
from doorstep.serving.compress import compress_tree

SOURCES = ("docs", "theme", "schemas", "mkdocs.yml", "doorstep/portal", "doorstep/forms", "doorstep/places.py")


class BuildError(Exception):
    """The site could not be built. The text is what the build said; the previous site stands."""


def build_site(root: Path, build: Path, *, demo: bool, always: bool = False, origin: str = "", here: str = "") -> bool:
    """Build `root` into `build`, where `site` and `intake` lead to the newest (doorstep/built.py); False when nothing
    had changed since the last build.

    Printed notices lead to `origin`, the site's public address, or while nobody has told it `here`, where this machine
    serves it; what was built for another address is built anew. A site that names none is right `here` too.
    Raises BuildError with the build's findings; the site that stood before is then untouched.
    """
    stamp = build / "stamp"
    wanted = _fingerprint(root, demo=demo)

    def stands() -> bool:
        return not always and stamp.exists() and is_current(stamp.read_text(), wanted, origin=origin, here=here)

    if stands():
        return False
    with alone(build):
        if stands():  # somebody else has built it meanwhile
            return False
        fresh = build / "fresh"
        address = origin or here
        _make(root, fresh, demo=demo, address=address)
        keep_former(standing(build), fresh, demo=demo, today=dt.datetime.now(dt.UTC).date())
        put_up(build, fresh)
        stamp.write_text(f"{wanted} {address}")
    return True


def _make(root: Path, fresh: Path, *, demo: bool, address: str) -> None:
    """`site`, compressed too, and `intake` in the folder `fresh`, which is theirs alone."""
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    environment = os.environ | {
        "DOORSTEP_BUILD": str(fresh.resolve()),
        "DOORSTEP_DEMO": "1" if demo else "0",
        "DOORSTEP_ORIGIN": address,
        "NO_MKDOCS_2_WARNING": "1",  # Material's advertisement would stand between a finding and its reader
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(fresh / "site")]
    done = subprocess.run(  # noqa: S603 — our own interpreter, a fixed command
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BuildError((done.stdout + done.stderr).strip())
    compress_tree(fresh / "site")


def is_current(stamp: str, wanted: str, *, origin: str, here: str) -> bool:
    """Whether what was built with this stamp may stand: made of the same, and naming no other address."""
    made_of, _, named = stamp.partition(" ")
    address = origin or here
    return made_of == wanted and (named == address or not address or not (origin or named))


def _fingerprint(root: Path, *, demo: bool) -> str:
    """Names, sizes and times of everything the site is made of, as one hash."""
    digest = hashlib.sha256(b"demo" if demo else b"published")
    digest.update(dt.datetime.now(dt.UTC).date().isoformat().encode())  # a page may be due to be looked over by now
    for source in SOURCES:
        start = root / source
        for path in [start] if start.is_file() else sorted(start.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                facts = path.stat()
                digest.update(f"{path.relative_to(root)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
