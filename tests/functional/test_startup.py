"""What is missing or foreign is one clear sentence before the first request, never a traceback at the tenth."""

from __future__ import annotations

import dataclasses
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chalicelib.composition import compose
from chalicelib.settings import read_settings
from doorstep.serving.application import ServeSettings
from doorstep.serving.server import run_server
from doorstep.startup import ServeError
from tests.functional.house import ROOT

PATH = {"PYTHONPATH": f"{ROOT}/functions/intake:{ROOT}/functions/common:{ROOT}"}
WALK = """
import builtins, json, os, sys
from pathlib import Path
from doorstep.serving.application import ServeSettings, load_function, with_site
from doorstep.serving.gateway import Gateway
from tests.functional.house import FORM, ROOT, Client, example

folder = Path(sys.argv[1])
intake = load_function("intake", ServeSettings(root=ROOT, var=folder / "var", build=folder / "build", demo=True))
client = Client(with_site(folder / "build/site", Gateway(intake, intake.routes)))
loaded, opened = set(sys.modules), []
sys.addaudithook(lambda event, given: event == "open" and opened.append(str(given[0])))
answers, apply = json.dumps(example()), f"/apply/{FORM}/"
posts = [
    (apply, {"_do": "check"}), (apply, {"_do": "example"}), (apply, {"_do": "change", "_answers": answers}),
    (apply, {"_do": "confirm", "_key": "AAECAwQFBgcICQoLDA0ODw", "_answers": answers}),
    (apply, {"_do": "confirm", "_key": "x", "_answers": answers}), ("/verify/", {"receipt": "x"}),
    ("/track/", {"reference": "x", "code": "x"}),
]
for path, fields in posts:
    client.post_form(path, fields.items())
checked = client.post_json(f"/api/forms/{FORM}/check", {"answers": example()}).json
stored = client.post_json(f"/api/forms/{FORM}/applications", checked).json
known = {"reference": stored["reference"], "code": stored["access_code"]}
for step in ("follow", "answers", "withdraw", "withdraw-confirm"):
    event = ("_event", "EBESExQVFhcYGRobHB0eHw")
    client.post_form("/track/", [*known.items(), ("_do", step), ("reason", "other"), event])
client.get("/verify/?receipt=" + stored["receipt"])
client.post_json("/api/search/unfound", {"words": "x"})
for path in ("/api/search?q=x", "/api/openapi.json", "/api/keys", "/api/forms", "/api/nothing"):
    client.get(path)
print(sorted(set(sys.modules) - loaded), [name for name in opened if name.endswith((".html", ".py", ".pyc"))])
"""


def foreign_key(settings: ServeSettings) -> None:
    (settings.var / "intake/signing.json").write_text("-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n")


def open_key(settings: ServeSettings) -> None:
    (settings.var / "intake/signing.json").chmod(0o644)


def foreign_database(settings: ServeSettings) -> None:
    (settings.var / "applications.sqlite3").write_text("this is no database, it is a letter to my aunt\n" * 100)
    (settings.var / "applications.sqlite3").chmod(0o600)


def folder_for_database(settings: ServeSettings) -> None:
    (settings.var / "applications.sqlite3").mkdir()


BROKEN: list[tuple[Callable[[ServeSettings], object], str]] = [
    (lambda it: (it.build / "intake/shell.html").unlink(), "shell.html"),
    (lambda it: (it.build / "intake/shell.html").write_text("<main></main>"), "shell.html"),
    (lambda it: (it.build / "intake/services.json").write_text("{"), "build the site again"),
    (lambda it: (it.build / "intake/divisions.json").unlink(), "divisions.json"),
    (lambda it: (it.build / "intake/calendar.json").unlink(), "calendar.json"),
    (lambda it: (it.build / "intake/calendar.json").write_text("[]"), "build the site again"),
    (lambda it: shutil.rmtree(it.var / "intake"), "signing.json"),
    (foreign_key, "signing.json"),
    (open_key, "chmod 600"),
    (foreign_database, "applications.sqlite3"),
    (folder_for_database, "applications.sqlite3"),
]


@pytest.mark.parametrize(("breaks", "named"), BROKEN, ids=[named + str(n) for n, (_, named) in enumerate(BROKEN)])
def test_what_is_wrong_is_named(settings: ServeSettings, breaks: Callable[[ServeSettings], object], named: str) -> None:
    breaks(settings)
    with pytest.raises(ServeError) as raised:
        compose(read_settings(settings.environment()))
    assert named in str(raised.value)
    assert "Traceback" not in str(raised.value)


@pytest.mark.parametrize(
    "origin",
    ["", "www.example.org", "https://www.example.org/path", "ftp://x", "https://x y", "http://www.example.org"],
)
def test_a_published_site_needs_its_public_address(settings: ServeSettings, origin: str) -> None:
    published = dataclasses.replace(settings, demo=False, origin=origin)
    with pytest.raises(ServeError, match="DOORSTEP_ORIGIN"):
        compose(read_settings(published.environment()))


def test_the_public_address_reaches_the_receipts(settings: ServeSettings) -> None:
    published = dataclasses.replace(settings, demo=False, origin="https://www.example.org/")
    house = compose(read_settings(published.environment()))
    assert house.settings.origin == "https://www.example.org"
    house.close()
    compose(read_settings(settings.environment())).close()  # the demonstration needs none


def test_a_published_server_says_so_at_once(settings: ServeSettings) -> None:
    code = (
        "import sys; from pathlib import Path; from doorstep.serving.server import run_server;"
        "root, var, build = map(Path, sys.argv[1:]);"
        "run_server(root=root, var=var, build=build, demo=False, port=0)"
    )
    folders = [str(settings.root), str(settings.var), str(settings.build)]
    done = subprocess.run([sys.executable, "-c", code, *folders], capture_output=True, text=True, check=False)
    assert "ServeError: DOORSTEP_ORIGIN is missing" in done.stderr


def test_a_server_reads_no_code_and_no_template_after_its_start(settings: ServeSettings) -> None:
    """Files may be updated under a running server: what it serves must be of one piece."""
    done = subprocess.run(
        [sys.executable, "-c", WALK, str(settings.var.parent)], cwd=ROOT, capture_output=True, text=True, check=False,
        env=PATH,
    )  # fmt: skip
    assert done.stdout.strip().splitlines()[-1:] == ["[] []"], done.stdout + done.stderr


def test_a_port_in_use_is_said(settings: ServeSettings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=f"port {port} .*PORT="):
            run_server(root=ROOT, var=settings.var, build=settings.build, demo=True, port=port)


def test_importing_the_function_opens_nothing(tmp_path: Path) -> None:
    """`chalice package` imports app.py where there are no keys, no build and no database."""
    code = "import app; from chalicelib.routes import ROUTES; assert set(app.app.routes) == {it.path for it in ROUTES}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=PATH,
        check=False,
    )
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_the_first_api_answer_loads_neither_pages_nor_clouds(tmp_path: Path) -> None:
    """The cold start of a function: what a program's first confirm does not need is not imported."""
    code = (
        "import sys, app; import chalicelib.composition, chalicelib.api;"
        "print([name for name in ('jinja2', 'markupsafe', 'segno', 'jsonschema', 'boto3', 'botocore', 'mkdocs',"
        " 'granian', 'whitenoise', 'chalicelib.pages', 'chalicelib.openapi', 'weblib.templates')"
        " if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=PATH,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "[]", done.stderr
