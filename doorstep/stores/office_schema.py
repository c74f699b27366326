"""The office's own file: what stands in it, and what it refuses to forget."""

from __future__ import annotations

from doorstep.stores.sqlite_file import Kind

_NEWEST_CHECKPOINT = (
    """CREATE TABLE newest_checkpoint (
        one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL, digest TEXT NOT NULL) STRICT""",
)

OFFICE = Kind(
    mark=0x446F6F46,  # "DooF"
    version=2,
    schema=(
        # A record stays for ever, so names and subjects are taken for ever.
        """CREATE TABLE staff (
            id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, office TEXT NOT NULL, role TEXT NOT NULL,
            subject TEXT NOT NULL, revoked_at TEXT NOT NULL) STRICT, WITHOUT ROWID""",
        "CREATE UNIQUE INDEX subjects ON staff (subject) WHERE subject != ''",
        """CREATE TRIGGER staff_stay BEFORE DELETE ON staff
            BEGIN SELECT RAISE(ABORT, 'a staff record is never deleted'); END""",
        "CREATE TABLE links (digest TEXT PRIMARY KEY, staff TEXT NOT NULL, expires_at TEXT NOT NULL) STRICT",
        "CREATE INDEX links_of ON links (staff)",
        """CREATE TABLE sessions (
            digest TEXT PRIMARY KEY, staff TEXT NOT NULL, started_at TEXT NOT NULL, seen_at TEXT NOT NULL) STRICT""",
        "CREATE INDEX sessions_of ON sessions (staff)",
        """CREATE TABLE readings (
            number INTEGER PRIMARY KEY, at TEXT NOT NULL, staff TEXT NOT NULL, reference TEXT NOT NULL,
            why TEXT NOT NULL, what TEXT NOT NULL, previous TEXT NOT NULL, digest TEXT NOT NULL) STRICT""",
        "CREATE INDEX readings_of ON readings (reference, number)",
        """CREATE TRIGGER readings_stay BEFORE UPDATE ON readings
            BEGIN SELECT RAISE(ABORT, 'the reading log only grows'); END""",
        """CREATE TRIGGER readings_remain BEFORE DELETE ON readings
            BEGIN SELECT RAISE(ABORT, 'the reading log only grows'); END""",
        # INSERT OR REPLACE would delete without the trigger above.
        """CREATE TRIGGER readings_follow BEFORE INSERT ON readings
            WHEN NEW.number != (SELECT coalesce(max(number), 0) + 1 FROM readings)
            BEGIN SELECT RAISE(ABORT, 'the reading log only grows'); END""",
        "CREATE TABLE leases (key TEXT PRIMARY KEY, holder TEXT NOT NULL, until REAL NOT NULL) STRICT",
        *_NEWEST_CHECKPOINT,
        f"PRAGMA application_id = {0x446F6F46}",
        "PRAGMA user_version = 2",
    ),
    steps={1: (*_NEWEST_CHECKPOINT, "PRAGMA user_version = 2")},
)
