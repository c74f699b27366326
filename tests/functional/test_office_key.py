"""The office's private key is in no process that serves (DESIGN 6), and serving needs it nowhere on the machine. The
examiner, which looks at hostile files, holds its own key and none of the office's; nobody else holds that.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from doorstep.applications.encoding import decode
from doorstep.serving.application import ServeSettings
from tests.functional.commands import begin, running_command
from tests.functional.house import example
from tests.functional.test_server import fresh_key

OFFICE = ("private.pem", "notifier.pem", "signing.json")
"""All that lies in the office's folder: what opens applications and phone numbers, and what signs its steps."""
FRAGMENT = 24
PAGE = 4096
EMPTY = bytes(PAGE)
LETS_GO = """
import sys
from pathlib import Path
from doorstep.applications.keyring import create_or_load
keys = create_or_load(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.read()
"""
HOLDS = LETS_GO.replace("keyring import create_or_load", "office_keys import load_office_keys as create_or_load")


def secrets_of(folder: Path) -> dict[str, bytes]:
    """Fragments of everything in the office's folder, by the name of their file and their form."""
    assert {path.name for path in folder.iterdir() if "sqlite3" not in path.name} == set(OFFICE)
    found = {
        f"{name}: {form}": fragment
        for name in OFFICE
        if name.endswith(".pem")
        for form, fragment in secrets_of_pem((folder / name).read_bytes()).items()
    }
    seed = json.loads((folder / "signing.json").read_text())["d"]
    return found | {"signing.json: seed": decode(seed), "signing.json: as written": seed.encode()}


def secrets_of_pem(pem: bytes) -> dict[str, bytes]:
    """Fragments of the private key in each way a process may hold it; enough of each to occur nowhere by chance.

    p and q are the only integers of 192 bytes that divide n, so looking for them finds what trial division would.
    """
    key = load_pem_private_key(pem, None)
    assert isinstance(key, RSAPrivateKey)
    numbers = key.private_numbers()
    text = b"".join(pem.split(b"\n")[1:-2])
    forms = {"PEM": text, "DER": base64.b64decode(text)}
    for name, number in [("p", numbers.p), ("q", numbers.q), ("d", numbers.d), ("dp", numbers.dmp1)]:
        size = (number.bit_length() + 7) // 8
        forms |= {f"{name} big-endian": number.to_bytes(size), f"{name} little-endian": number.to_bytes(size, "little")}
        digits = [number >> 30 * place & (1 << 30) - 1 for place in range(size * 8 // 30)]
        forms[f"{name} as Python holds it"] = b"".join(digit.to_bytes(4, "little") for digit in digits)
    # From the middle of the DER on: its head is the public half. Freed memory loses its first bytes first.
    return {
        f"{name} at {start}": form[start : start + FRAGMENT]
        for name, form in forms.items()
        for start in (len(form) // 2, len(form) * 3 // 4, len(form) - FRAGMENT - 8)
    }


def used(content: bytes) -> bytes:
    """Without its pages of zeros, which are most of the stacks of threads."""
    pages = (content[start : start + PAGE] for start in range(0, len(content), PAGE))
    return b"".join(page for page in pages if page != EMPTY[: len(page)])


def found_in(process: int, secrets: dict[str, bytes]) -> set[str]:
    """Which of them lie in the writable memory of a process: heap, stacks and everything it maps for itself."""
    found = set()
    place = Path(f"/proc/{process}")
    with (place / "mem").open("rb", buffering=0) as memory:
        for line in (place / "maps").read_text().splitlines():
            area = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if area is None:
                continue
            start, end = (int(number, 16) for number in area.groups())
            try:
                memory.seek(start)
                content = used(memory.read(end - start))
            except (OSError, ValueError, OverflowError):  # devices and what the kernel keeps to itself
                continue
            found |= {name for name, secret in secrets.items() if secret in content}
    return found


def test_no_public_process_ever_held_the_offices_key(settings: ServeSettings) -> None:
    """Neither where the command makes the keys nor where they are there already, with the office beside the site."""
    shutil.rmtree(settings.var)
    for _ in range(2):
        with running_command(settings, "serve") as command:
            assert command.site.submit(example(), fresh_key())[0] == 201
            secrets = secrets_of(settings.var / "office")
            site, office = command.families()
            assert len(site) >= 3  # the command and two workers
            assert [found_in(number, secrets) for number in site] == [set()] * len(site)
            # The office is no copy of the site's process: it was started fresh, by name.
            assert len(office) == 2
            assert len({Path(f"/proc/{number}/cmdline").read_bytes() for number in office}) == 1
            assert not set(site) & set(office)
            own = secrets_of_pem((settings.var / "examiner" / "private.pem").read_bytes())
            assert [found_in(number, own) for number in (*site, *office)] == [set()] * len((*site, *office))
            (examiner,) = command.examiner()
            if os.geteuid():
                with pytest.raises(PermissionError):  # it keeps even its own user's other processes out
                    found_in(examiner, secrets)
            else:
                assert found_in(examiner, secrets) == set()
                assert found_in(examiner, own)


@pytest.mark.parametrize(("code", "files"), [(LETS_GO, 1), (HOLDS, len(OFFICE))], ids=["let go", "held"])
def test_the_search_finds_keys_that_were_read(settings: ServeSettings, code: str, files: int) -> None:
    """Of what was let go the last is found at least; of what is held, each."""
    secrets = secrets_of(settings.var / "office")
    with subprocess.Popen(
        [sys.executable, "-c", code, str(settings.var)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        found = found_in(process.pid, secrets)
        process.communicate()
    assert len({name.partition(":")[0] for name in found}) >= files


def test_serving_needs_no_office_folder(settings: ServeSettings) -> None:
    shutil.rmtree(settings.var / "office")
    with running_command(settings, "serve", "--no-office") as command:
        assert command.site.submit(example(), fresh_key())[0] == 201
    assert not (settings.var / "office").exists()


def test_serve_makes_no_keys_beside_applications(settings: ServeSettings) -> None:
    with running_command(settings, "serve", "--no-office") as command:
        assert command.site.submit(example(), fresh_key())[0] == 201
    shutil.rmtree(settings.var / "office")
    shutil.rmtree(settings.var / "intake")
    shutil.rmtree(settings.var / "examiner")
    command = begin(settings, "serve")
    assert command.process.wait(30) == 1
    assert "applications.sqlite3: applications are stored here" in command.told()
    assert not (settings.var / "intake").exists()
