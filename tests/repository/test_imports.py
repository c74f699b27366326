"""Data flows one way, so imports do too (DESIGN 3). Reads every import in the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

SHARED = {"addresses", "security_headers", "startup"}
"""What the server in front and the function behind it must say alike."""

HANDLING = {"counter", "applications", "attachments"}
"""What handles applications."""

MAY_IMPORT = {
    "doorstep/forms": {"forms", "attachments", "places"},
    "doorstep/applications": {"applications", "durable"},
    "doorstep/attachments": {"attachments", "applications"},
    "doorstep/examiner": {"examiner", "attachments", "applications"},
    "doorstep/counter": {"counter", "applications", "attachments", "durable", "forms", "places"},
    "doorstep/stores": {"stores", "applications", "attachments", "counter", "durable", "search"},
    "doorstep/search": {"search"},
    "doorstep/portal": {"portal", "forms", "places", "search"},
    "doorstep/serving": {"serving", *SHARED},
    "doorstep/editing": {"editing", "building", "security_headers"},
    "doorstep/demo": {"demo", "counter", "applications", "attachments", "examiner", "forms", "stores", "handed"},
    "functions/common": {"applications", *SHARED},
    "functions/office": {*HANDLING, "forms", "search", "stores", "places", "handed", *SHARED},
    "functions/examiner": {"examiner", "applications", "attachments", "stores"},
    "functions/intake": {"applications", "attachments", "forms", "stores", "places", "handed", "search", *SHARED},
}
ROOMS_OF_THE_PORTAL = {
    "findings": set[str](),
    "facts": {"findings"},
    "checks": {"findings", "facts"},
    "pages": {"findings", "facts"},
    "open_data": {"findings", "facts"},
    "handbook": {"findings", "facts"},
    "seek": {"facts"},
}
"""What each may import of the others; what stands beside them puts them together."""

KNOWN_IN = {
    "mkdocs": {"doorstep/portal/plugin.py"},
    "material": set[str](),
    "properdocs": set[str](),
    "chalice": {"functions/"},
    "boto3": {"doorstep/stores/"},
    "botocore": {"doorstep/stores/"},
    "sqlite3": {"doorstep/stores/"},
    "PIL": {"doorstep/examiner/", "doorstep/demo/papers.py"},
    "pillow_heif": {"doorstep/examiner/"},
    "pypdfium2": {"doorstep/examiner/"},
    "pypinyin": {"doorstep/portal/"},
    "multipart": {"functions/common/"},
    "jwt": {"doorstep/counter/id_token.py"},
    "granian": {"doorstep/serving/"},
    "whitenoise": {"doorstep/serving/"},
}

#: Whoever builds the site starts the program that does, which is named there and nowhere else.
STARTING = {"doorstep/building.py: mkdocs"}


def sources() -> list[Path]:
    found = [
        *ROOT.glob("doorstep/**/*.py"),
        *ROOT.glob("functions/*/*.py"),
        *ROOT.glob("functions/*/*/*.py"),
    ]
    return sorted(path for path in found if not path.is_relative_to(ROOT / "functions") or "vendor" not in path.parts)


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; name the room"
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return names


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    for room, allowed in MAY_IMPORT.items():
        if place.startswith(room + "/"):
            used = {name.split(".")[1] for name in imported(path) if name.startswith("doorstep.")}
            assert used <= allowed, f"{place} imports {used - allowed}: {room} may import {allowed} only"


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_one_room_knows_each_outside_thing(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    for name in imported(path):
        for homes in [KNOWN_IN[name.split(".")[0]]] if name.split(".")[0] in KNOWN_IN else []:
            assert any(place.startswith(home) for home in homes), f"{place} imports {name}; only {homes} may"


def test_nothing_but_the_plugin_and_the_theme_knows_what_builds_the_site() -> None:
    """Whoever follows MkDocs and Material, one file and the templates are what has to follow them."""
    names = re.compile(r"mkdocs|properdocs|\.icons/material|Material\b")
    knowing = {
        f"{path.relative_to(ROOT).as_posix()}: {name}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        for text in [node.value if isinstance(node, ast.Constant) else node.id if isinstance(node, ast.Name) else ""]
        for name in (names.findall(text) if isinstance(text, str) and not is_prose(text) else ())
    }
    assert {one for one in knowing if not one.startswith("doorstep/portal/plugin.py: ")} == STARTING


def is_prose(text: str) -> bool:
    return " " in text


def test_the_fast_gate_needs_no_server() -> None:
    """`make check` runs on a clean clone, where npm has installed nothing."""
    for path in sorted([*ROOT.glob("tests/unit/**/*.py"), *ROOT.glob("tests/repository/**/*.py")]):
        servers = {
            name for name in imported(path) if name.split(".")[:2] in (["tests", "servers"], ["tests", "provider"])
        }
        assert not servers, f"{path.relative_to(ROOT)} imports {servers}: a test on a server stands in tests/contract"


@pytest.mark.parametrize("room", ROOMS_OF_THE_PORTAL)
def test_the_portals_rooms_look_one_way(room: str) -> None:
    met = {
        name.split(".")[2]
        for path in (ROOT / "doorstep/portal" / room).glob("*.py")
        for name in imported(path)
        if name.startswith("doorstep.portal.")
    }
    assert met - {room} <= ROOMS_OF_THE_PORTAL[room]
