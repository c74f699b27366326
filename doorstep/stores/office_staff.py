"""Staff, their sign-in links and their sessions in the office's file."""

from __future__ import annotations

import sqlite3

from doorstep.counter.sessions import Session
from doorstep.counter.sign_in import Link
from doorstep.counter.staff import Staff, StaffProblem
from doorstep.stores.office_rows import Rows

_STAFF = "SELECT id, name, office, role, subject, revoked_at FROM staff"
_PUT = """INSERT INTO staff (id, name, office, role, subject, revoked_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, office = excluded.office, role = excluded.role,
    subject = excluded.subject, revoked_at = excluded.revoked_at"""


class StaffTable:
    """A StaffRegistry."""

    def __init__(self, file: Rows) -> None:
        self._file = file

    def put(self, staff: Staff) -> None:
        """See StaffRegistry. A record that is revoked loses its sessions and links in the same step."""
        with self._file.transaction() as connection:
            try:
                connection.execute(_PUT, staff)
            except sqlite3.IntegrityError as error:
                raise StaffProblem(
                    "this name or this subject is another staff member's: `doorstep staff list` shows whose"
                ) from error
            if not staff.active:
                connection.execute("DELETE FROM sessions WHERE staff = ?", (staff.id,))
                connection.execute("DELETE FROM links WHERE staff = ?", (staff.id,))

    def by_id(self, staff_id: str) -> Staff | None:
        return self._one(f"{_STAFF} WHERE id = ?", staff_id)

    def by_name(self, name: str) -> Staff | None:
        return self._one(f"{_STAFF} WHERE name = ?", name)

    def by_subject(self, subject: str) -> Staff | None:
        return self._one(f"{_STAFF} WHERE subject = ? AND subject != ''", subject)

    def everyone(self) -> tuple[Staff, ...]:
        return tuple(Staff(*row) for row in self._file.read(f"{_STAFF} ORDER BY office, name"))

    def _one(self, statement: str, value: str) -> Staff | None:
        rows = self._file.read(statement, (value,))
        return Staff(*rows[0]) if rows else None


class LinkTable:
    """A LinkShelf."""

    def __init__(self, file: Rows) -> None:
        self._file = file

    def put_link(self, link: Link) -> None:
        with self._file.transaction() as connection:
            connection.execute("DELETE FROM links WHERE staff = ?", (link.staff,))
            connection.execute("INSERT INTO links (digest, staff, expires_at) VALUES (?, ?, ?)", link)

    def take_link(self, digest: str, now: str) -> str | None:
        with self._file.transaction() as connection:
            rows = connection.execute(
                "DELETE FROM links WHERE digest = ? RETURNING staff, expires_at", (digest,)
            ).fetchall()
        return str(rows[0][0]) if rows and now < rows[0][1] else None

    def drop_links(self, staff: str) -> None:
        with self._file.transaction() as connection:
            connection.execute("DELETE FROM links WHERE staff = ?", (staff,))


class SessionTable:
    """A SessionShelf."""

    def __init__(self, file: Rows) -> None:
        self._file = file

    def put_session(self, session: Session, *, forget_before: str) -> None:
        """See SessionShelf. A staff member who was revoked meanwhile gets no session."""
        with self._file.transaction() as connection:
            connection.execute("DELETE FROM sessions WHERE started_at < ?", (forget_before,))
            connection.execute(
                """INSERT INTO sessions (digest, staff, started_at, seen_at)
                SELECT ?, id, ?, ? FROM staff WHERE id = ? AND revoked_at = ''""",
                (session.digest, session.started_at, session.seen_at, session.staff),
            )

    def session(self, digest: str) -> Session | None:
        rows = self._file.read("SELECT digest, staff, started_at, seen_at FROM sessions WHERE digest = ?", (digest,))
        return Session(*rows[0]) if rows else None

    def note_session(self, digest: str, seen_at: str) -> None:
        with self._file.transaction() as connection:
            connection.execute("UPDATE sessions SET seen_at = max(seen_at, ?) WHERE digest = ?", (seen_at, digest))

    def drop_session(self, digest: str) -> None:
        with self._file.transaction() as connection:
            connection.execute("DELETE FROM sessions WHERE digest = ?", (digest,))

    def drop_sessions(self, staff: str) -> None:
        with self._file.transaction() as connection:
            connection.execute("DELETE FROM sessions WHERE staff = ?", (staff,))
