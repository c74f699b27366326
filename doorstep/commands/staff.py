"""`doorstep staff …`: who may sign in at the office. The administrator runs it on the office's machine."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from doorstep.commands.folders import build_folder, var_folder
from doorstep.commands.ports import office_port
from doorstep.startup import ORIGIN

if TYPE_CHECKING:
    from doorstep.applications.offices import Offices
    from doorstep.counter.staff import Staff
    from doorstep.stores.office_file import OfficeFile

LINK_PATH = "/sign-in/link"


@click.group()
def staff() -> None:
    """Who may sign in at the office."""


@staff.command()
@click.argument("name")
@click.option("--office", "office_id", required=True, help="An office's id, as `doorstep staff offices` lists them.")
@click.option("--role", required=True, help="clerk, decider or auditor.")
@click.option("--subject", default="", help="Who they are to the OpenID provider (sub), to sign in there.")
def add(*, name: str, office_id: str, role: str, subject: str) -> None:
    """Let NAME sign in, and print the link that signs them in once.

    Whoever was revoked is taken back under their old id, so that what they did before stays theirs.
    """
    from doorstep.counter.staff import add_staff  # noqa: PLC0415 — a verb loads its room only

    _known_office(office_id)
    origin = office_origin()
    with _opened(make=True) as office:
        found, back = add_staff(
            office.staff, name=name, office=office_id, role=role, subject=subject, random=os.urandom
        )
        if back:
            click.echo(f"{found.name} was here before and keeps the id {found.id}. Another person of this name? Revoke")
            click.echo("it, and add them with what tells them apart.")
        click.echo(f"{found.id}  {found.name}  {found.role} of {found.office}")
        _print_link(office, found, origin)


@staff.command()
@click.argument("name")
def link(*, name: str) -> None:
    """Print a new sign-in link for NAME; their former link opens nothing any more."""
    origin = office_origin()  # first of all: a wrong setting must not void the former link
    with _opened() as office:
        _print_link(office, _known(office, name), origin)


@staff.command(name="list")
def list_() -> None:
    """Everybody, by office: id, role, name, and how they sign in."""
    with _opened() as office:
        everyone = office.staff.everyone()
        if not everyone:
            click.echo("nobody yet: `doorstep staff add` lets somebody sign in")
        for one in everyone:
            state = f"revoked {one.revoked_at}" if one.revoked_at else "provider" if one.subject else "link"
            click.echo(f"{one.id}  {one.office}  {one.role}  {one.name}  ({state})")


@staff.command()
@click.argument("name")
def revoke(*, name: str) -> None:
    """Let NAME sign in no more; sessions and links end now. The record stays, for what they did."""
    from doorstep.counter.moments import written  # noqa: PLC0415

    with _opened() as office:
        found = _known(office, name)
        if found.active:
            office.staff.put(found._replace(revoked_at=written(_now())))
        click.echo(f"{found.id}  {found.name} is revoked; no session or link of theirs opens anything")


@staff.command()
@click.option("--find", default="", help="Only those whose id or title holds this.")
def offices(*, find: str) -> None:
    """The offices staff can belong to: id and title."""
    found = [office for office in _offices().all if find in office.id or find in office.title]
    if not found:
        raise click.ClickException("no office's id or title holds this: `doorstep staff offices` lists all")
    for office in found:
        click.echo(f"{office.id}  {office.title}")


def office_origin() -> str:
    """Where the office is reached: DOORSTEP_OFFICE_ORIGIN, or this machine's port after the site's."""
    origin = (os.environ.get("DOORSTEP_OFFICE_ORIGIN") or "").rstrip("/")
    if origin and not ORIGIN.fullmatch(origin):
        raise click.ClickException(
            "DOORSTEP_OFFICE_ORIGIN must be the office's address and nothing more, such as https://office.example.org"
        )
    return origin or f"http://127.0.0.1:{office_port()}"


def _print_link(office: OfficeFile, found: Staff, origin: str) -> None:
    from doorstep.counter.sign_in import LINK_LIFETIME, mint_link  # noqa: PLC0415

    token = mint_link(office.links, found, now=_now(), random=os.urandom)
    hours = int(LINK_LIFETIME.total_seconds() // 3600)
    click.echo(f"Their sign-in link, for one use within {hours} hours. Whoever has it signs in as {found.name}:")
    click.echo(f"{origin}{LINK_PATH}?token={token}")


def _known(office: OfficeFile, name: str) -> Staff:
    found = office.staff.by_name(name.strip())
    if found is None:
        raise click.ClickException(f"there is no staff member of this name ({name}): `doorstep staff list` shows all")
    return found


def _known_office(office_id: str) -> None:
    if _offices().get(office_id) is None:
        raise click.ClickException(
            f"there is no office {office_id}: `doorstep staff offices` lists them, "
            "`doorstep staff offices --find WORD` those whose id or title holds WORD"
        )


def _offices() -> Offices:
    from doorstep.applications.offices import load_offices  # noqa: PLC0415

    path = build_folder() / "intake" / "offices.json"
    try:
        return load_offices(path)
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as problem:
        raise click.ClickException(f"{path} cannot be read ({type(problem).__name__}): run `doorstep build`") from None


@contextmanager
def _opened(*, make: bool = False) -> Iterator[OfficeFile]:
    """The office's file of the data folder; where there is none, only `make` makes it."""
    from doorstep.applications.store import StoreError  # noqa: PLC0415
    from doorstep.counter.staff import StaffProblem  # noqa: PLC0415
    from doorstep.stores.office_file import PLACE, open_office  # noqa: PLC0415

    if not make and not (var_folder() / PLACE).exists():
        raise click.ClickException(
            f"{var_folder() / PLACE} is not there, so nobody can sign in: `doorstep staff add` makes it; if it lies "
            "elsewhere, set DOORSTEP_VAR to its data folder"
        )
    try:
        office = open_office(var_folder())
        try:
            yield office
        finally:
            office.close()
    except (StaffProblem, StoreError) as problem:
        raise click.ClickException(str(problem)) from problem


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
