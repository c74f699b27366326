"""The `doorstep` command. Each verb reads its words, calls one room, and prints what came of it."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import BinaryIO

import click

from doorstep.commands.demo import demo
from doorstep.commands.edit import edit
from doorstep.commands.examine import examine
from doorstep.commands.folders import ROOT, bring_up_to_date, var_folder
from doorstep.commands.new import new
from doorstep.commands.notices import notices
from doorstep.commands.reconcile import checkpoint, reconcile
from doorstep.commands.search import search, unfound
from doorstep.commands.serve import office, serve
from doorstep.commands.staff import staff
from doorstep.commands.table import table

REFUSED = {
    "unreadable": "this is not a receipt's text. FILE holds the one line the receipt page saves as 收件回执.txt, "
    "and that the API gives as `receipt`: no quotes, no address around it",
    "changed": "something in it was changed after it was signed",
    "unknown-key": "none of the keys known here signed it. A receipt of another site is checked with that site's "
    "keys: save its /api/keys to a file and name it with --keys",
    "not-a-receipt": "it was signed here, and is no receipt",
}
"""Why a receipt is refused (ReceiptRefused.reason), for the person at the terminal."""


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


@click.group()
def main() -> None:
    """Doorstep 家门口: guides, applications, receipts."""


main.add_command(staff)
main.add_command(new)
main.add_command(edit)
main.add_command(search)
main.add_command(unfound)


@main.command()
@click.option("--demo/--published", default=True, help="The demonstration, or what residents may rely on.")
@click.option("--always", is_flag=True, help="Build even when nothing has changed.")
def build(*, demo: bool, always: bool) -> None:
    """Build the site into build/."""
    bring_up_to_date(demo=demo, always=always)


main.add_command(serve)
main.add_command(office)
main.add_command(examine)
main.add_command(demo)
main.add_command(table)
main.add_command(notices)
main.add_command(checkpoint)
main.add_command(reconcile)


@main.command()
@click.option("--var", type=click.Path(path_type=Path), help="The data folder (DOORSTEP_VAR).")
@click.option("--only", type=click.Choice(["office", "intake"]), help="One side's keys, on that side's machine.")
def keys(*, var: Path | None, only: str | None) -> None:
    """Make the keys where there are none, else check them.

    To keep the office's key away from the public server: make it on the office's machine with `--only office`, carry
    intake/office-public.json to the server's intake folder, and run `--only intake` there.
    """
    from doorstep.applications import keyring  # noqa: PLC0415

    folder = var or var_folder()
    try:
        if only == "office":
            office = keyring.create_office_pair(folder).office
        else:
            made = keyring.create_intake_keys(folder) if only else keyring.create_or_load(folder)
            office = made.office
            click.echo(f"intake signs as {made.signer.kid}")
    except keyring.IntakeElsewhere as right_for_an_office:
        click.echo(str(right_for_an_office))
        return
    except keyring.KeyProblem as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"applications are sealed for {office.kid}")


@main.command()
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text")
@click.option("--unconfirmed", is_flag=True, help="List what the published site leaves out, and what is missing.")
@click.option("--burden", "asked", is_flag=True, help="List how much each form asks, and what changed since a release.")
def check(*, form: str, unconfirmed: bool, asked: bool) -> None:
    """Check forms and guides; every finding says where, what is wrong and what to do. Exit 1 when one is an error."""
    from doorstep.commands.telling import FORMATS  # noqa: PLC0415
    from doorstep.portal.findings.rules import is_error  # noqa: PLC0415
    from doorstep.portal.site import check_content  # noqa: PLC0415

    if asked:
        from doorstep.commands.burden import as_table, lines  # noqa: PLC0415

        click.echo(as_table(*lines(ROOT / "schemas")))
        return
    if unconfirmed:
        from doorstep.portal.facts.confirmed import unconfirmed as waiting  # noqa: PLC0415

        click.echo("\n".join(map(str, waiting(ROOT))) or "每一页都有单位确认过")
        return
    findings = check_content(ROOT, _today())
    click.echo(FORMATS[form](findings))
    sys.exit(any(map(is_error, findings)))


@main.command()
@click.argument("forms", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every form there is, as after a change in schemas/vocabulary.")
@click.option("--release", help="Name what is published by now, to compare the next forms with.")
def publish(*, forms: tuple[str, ...], every: bool, release: str | None) -> None:
    """Check FORMS and their guides, and archive them as they are: accepted, and readable, for ever.

    With a finding nothing is written. A form that has not changed stays as it is.
    """
    from doorstep.portal.publishing import NotPublished, publish_checked  # noqa: PLC0415

    if release and not forms and not every:
        _release(release)
        return
    if bool(forms) == every:
        raise click.UsageError("name the forms to publish, or say --all")
    try:
        done = publish_checked(ROOT, forms, _today())
    except NotPublished as refused:
        raise click.ClickException(str(refused)) from refused
    for one in done:
        if one.since:
            click.echo(f"{one.form} is as it was published on {one.since}: nothing to do")
        else:
            click.echo(f"published {one.form} as {one.version}")
    if release:
        _release(release)


def _release(name: str) -> None:
    from doorstep.forms.releases import NotReleased, add_release  # noqa: PLC0415

    try:
        done = add_release(ROOT / "schemas", name, _today())
    except NotReleased as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"release {done.name} has {len(done.forms)} forms")


@main.command()
@click.argument("file", type=click.File("rb"))
@click.option("--keys", "jwks", type=click.Path(exists=True, path_type=Path), help="A JWK Set, as /api/keys gives it.")
@click.option("--answers", type=click.File("rb"), help="The answers as stored (JSON), to check with the receipt.")
@click.option("--commitment-key", help="The key that was sealed with the answers; needed with --answers.")
def verify(*, file: BinaryIO, jwks: Path | None, answers: BinaryIO | None, commitment_key: str | None) -> None:
    """Check the receipt in FILE: it is genuine, to the last byte, or it is refused (exit 1).

    With --answers and --commitment-key also whether it was given for exactly these answers.
    """
    from doorstep.applications.errors import KeyProblem  # noqa: PLC0415
    from doorstep.applications.keyring import public_keys, read_jwk_set  # noqa: PLC0415
    from doorstep.applications.receipt import ReceiptRefused, proves, verify_receipt  # noqa: PLC0415

    if (answers is None) != (commitment_key is None):
        raise click.UsageError("--answers and --commitment-key belong together")

    content: bytes = file.read()
    try:
        known = read_jwk_set(jwks.read_bytes()) if jwks else public_keys(var_folder())
        facts = verify_receipt(content.decode("ascii", "replace").removesuffix("\n"), known)
    except ReceiptRefused as refused:
        raise click.ClickException(f"refused: {REFUSED.get(refused.reason, refused.reason)}") from refused
    except KeyProblem as problem:
        raise click.ClickException(str(problem)) from problem
    if answers is not None and not proves(facts, _json(answers), commitment_key or ""):
        raise click.ClickException("the receipt is genuine, and was not given for these answers with this key")
    click.echo(f"genuine: {facts.reference}, form {facts.form}, received {facts.received_at}")
    if answers is not None:
        click.echo("given for exactly these answers")


def _json(file: BinaryIO) -> object:
    try:
        return json.load(file)
    except (ValueError, RecursionError):  # from None: the error's text may quote an answer
        raise click.ClickException("the answers are not JSON") from None
