"""The keys of one machine, as files only their owner reads: intake's in one folder, the office's in another.

Intake signs and wraps for the office, with what lies in `intake/` alone. The private halves that open applications
lie in `office/`: it may be on another machine, and a public process never reads it, nor does any process it is
forked from. Keys are made and checked by `doorstep keys`, which ends when it is done.
"""

from __future__ import annotations

import os
from pathlib import Path

from doorstep.applications.errors import KeyProblem
from doorstep.applications.key_files import one_at_a_time, read_key_file, write_key_file
from doorstep.applications.key_formats import (
    Keys,
    OfficePublic,
    listed,
    parse_office_public,
    parse_signing_key,
    read_jwk_set,
    signing_jwk,
    written,
)
from doorstep.applications.office_keys import (
    OFFICE,
    PUBLIC_KEYS,
    load_office_public,
    load_trusted_keys,
    make_office_keys,
)
from doorstep.applications.office_keys import PUBLIC as OFFICE_PUBLIC
from doorstep.applications.signing import PublicKeys

__all__ = [
    "IntakeElsewhere",
    "KeyProblem",
    "Keys",
    "create_intake_keys",
    "create_office_pair",
    "create_or_load",
    "load_intake_keys",
    "public_keys",
    "read_jwk_set",
]

SIGNING = Path("intake/signing.json")
_INTAKE = (OFFICE_PUBLIC, PUBLIC_KEYS, SIGNING)
_ALL = (*OFFICE, *_INTAKE)
_FOLDERS = " and ".join(", ".join(sorted({name.parent.name for name in _ALL})).rsplit(", ", 1))
"""Where keys lie, in words."""

_APPLICATIONS = "applications.*"
"""The store's files in the data folder: where applications rest, their keys must not be made anew."""


class IntakeElsewhere(KeyProblem):
    """All keys are here but intake's own: as it must be on the office's machine, and nowhere else."""


def create_or_load(var_dir: Path) -> Keys:
    """Make all keys when there are none at all, else check them and load intake's.

    For a process that ends soon (`doorstep keys`): it reads the office's key, where that lies here and is ours, to
    prove that the office can open what intake seals. A serving process calls `load_intake_keys`. Raises KeyProblem:
    when part of the keys is there, or applications are, nothing is made; IntakeElsewhere where only intake's is not.
    """
    with one_at_a_time(var_dir):
        if not _present(var_dir, _ALL):
            _refuse_beside_applications(var_dir)
            _make_signing_key(var_dir, make_office_keys(var_dir))
        kept = _kept_here(var_dir)
        wanted = (*OFFICE, *_INTAKE) if kept else _INTAKE
        missing = sorted(set(wanted) - _present(var_dir, wanted))
        if missing and _present(var_dir, (OFFICE_PUBLIC,)):
            _office_public(var_dir)  # one of an older Doorstep says so, and not that other files are missing
        if missing == [SIGNING] and kept:
            load_trusted_keys(var_dir)
            raise IntakeElsewhere(
                f"{SIGNING}: missing, while all else is there. On the office's own machine that is right: intake's key "
                "lies on the public server, and there is nothing to do. On the public server put it back from your "
                "backup."
            )
        if missing == sorted([PUBLIC_KEYS, SIGNING]) and not _present(var_dir, OFFICE):
            raise KeyProblem(
                f"{PUBLIC_KEYS} and {SIGNING}: missing, with {OFFICE_PUBLIC} there. Put them back from your backup; "
                "if the office's half has just been carried here, `doorstep keys --only intake` makes them."
            )
        if missing:
            raise KeyProblem(
                f"{' and '.join(map(str, missing))}: missing, while other key files are there. "
                "Put the file back from your backup. New keys could not open what the old ones sealed; only when no "
                f"application is stored, move the folders {_FOLDERS} away and start again."
            )
        keys = load_intake_keys(var_dir)
        if kept and load_office_public(var_dir).jwk_set() != _office_public(var_dir).jwk_set():
            raise KeyProblem(
                f"{OFFICE_PUBLIC}: does not belong to {OFFICE[0].parent}, so the office could not open what is sealed. "
                "Put the folder and the file back from the same backup."
            )
        return keys


def create_office_pair(var_dir: Path) -> OfficePublic:
    """Make the office's keys alone, on its own machine: `intake/office-public.json` is carried to intake's folder.

    Raises KeyProblem when either half is there already, or applications are.
    """
    with one_at_a_time(var_dir):
        _refuse_again(var_dir, (*OFFICE, OFFICE_PUBLIC))
        _refuse_beside_applications(var_dir)
        return make_office_keys(var_dir)


def create_intake_keys(var_dir: Path) -> Keys:
    """Make intake's signing key beside the office's public half that was carried there.

    Raises KeyProblem when that half is not there, a signing key or list is, or applications are.
    """
    with one_at_a_time(var_dir):
        _refuse_again(var_dir, (SIGNING, PUBLIC_KEYS))
        _refuse_beside_applications(var_dir)
        _make_signing_key(var_dir, _office_public(var_dir))
        return load_intake_keys(var_dir)


def load_intake_keys(var_dir: Path) -> Keys:
    """Intake's keys, from `intake/` alone. Raises KeyProblem."""
    signer = parse_signing_key("intake", read_key_file(var_dir, SIGNING), str(SIGNING))
    return Keys(signer, _office_public(var_dir), public_keys(var_dir))


def public_keys(var_dir: Path) -> PublicKeys:
    """Every key whose signatures count, earlier ones included; holds no secret. Raises KeyProblem."""
    return read_jwk_set(read_key_file(var_dir, PUBLIC_KEYS), str(PUBLIC_KEYS))


def _office_public(var_dir: Path) -> OfficePublic:
    return parse_office_public(read_key_file(var_dir, OFFICE_PUBLIC), str(OFFICE_PUBLIC))


def _present(var_dir: Path, names: tuple[Path, ...]) -> set[Path]:
    """Those that are there; one we may not even look for counts as there."""
    found = set()
    for name in names:
        try:
            (var_dir / name).lstat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            pass
        found.add(name)
    return found


def _kept_here(var_dir: Path) -> bool:
    """Whether the office's folder is here and ours: another account's is the office's own affair."""
    try:
        return (var_dir / OFFICE[0]).parent.stat().st_uid == os.geteuid()
    except OSError:
        return False


def _refuse_again(var_dir: Path, names: tuple[Path, ...]) -> None:
    there = sorted(str(name) for name in _present(var_dir, names))
    if there:
        raise KeyProblem(f"{' and '.join(there)}: there already, and nothing was changed. Keys are never made anew.")


def _refuse_beside_applications(var_dir: Path) -> None:
    stored = sorted(path.name for path in var_dir.glob(_APPLICATIONS))
    if stored:
        raise KeyProblem(
            f"{stored[0]}: applications are stored here, but their keys are gone, and new keys could not open them. "
            f"Put the folders {_FOLDERS} back from your backup. Only when no resident's application is in it, "
            "move it away and start again."
        )


def _make_signing_key(var_dir: Path, office: OfficePublic) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    signing = Ed25519PrivateKey.generate()
    write_key_file(var_dir, PUBLIC_KEYS, listed([("intake", signing.public_key()), ("office", office.signs)]))
    write_key_file(var_dir, SIGNING, written(signing_jwk("intake", signing)))
