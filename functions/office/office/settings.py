"""Where the office finds its keys, its data and the public site, read from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class Settings(NamedTuple):
    """Folders, and whether this is the demonstration.

    `proxies`: how many of our own stand in front of us. `origin`: the office's public origin without a slash at its
    end; empty: the one the browser asked for. `site`: the public site's origin, for links to it; may be empty.
    `beside`: where the site that was started with this office answers (DOORSTEP_BESIDE), or "". A link to it carries a
    counter pass: no address is ever guessed, as anybody may listen there.
    `issuer`, `client`, `secret_file`: the OpenID provider staff sign in at, who we are there, and the file that holds
    our secret there; without an issuer there is none, and sign-in links are the only way in.
    `channel`: how residents are told besides being called (DOORSTEP_CHANNEL), or "". `checkpoints`: the folder they are
    written to, best on another disk. `store` and `files`: which store, and where files rest, as `stores.choosing` reads
    them (DOORSTEP_STORE, DOORSTEP_FILES).
    """

    var: Path
    schemas: Path
    build: Path
    demo: bool
    proxies: int
    origin: str
    site: str
    beside: str
    issuer: str
    client: str
    secret_file: str
    channel: str
    checkpoints: Path
    store: str
    files: str


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings those environment variables give; what is absent has its default for one machine."""
    proxies = environ.get("DOORSTEP_PROXIES") or "0"
    var = Path(environ.get("DOORSTEP_VAR") or "var")
    return Settings(
        var=var,
        schemas=Path(environ.get("DOORSTEP_SCHEMAS") or "schemas"),
        build=Path(environ.get("DOORSTEP_BUILD") or "build"),
        demo=environ.get("DOORSTEP_DEMO") == "1",
        proxies=int(proxies) if proxies.isdecimal() else 0,
        origin=(environ.get("DOORSTEP_OFFICE_ORIGIN") or "").rstrip("/"),
        site=(environ.get("DOORSTEP_ORIGIN") or "").rstrip("/"),
        beside=(environ.get("DOORSTEP_BESIDE") or "").rstrip("/"),
        issuer=environ.get("DOORSTEP_OIDC_ISSUER") or "",
        client=environ.get("DOORSTEP_OIDC_CLIENT_ID") or "",
        secret_file=environ.get("DOORSTEP_OIDC_CLIENT_SECRET_FILE") or "",
        channel=environ.get("DOORSTEP_CHANNEL") or "",
        checkpoints=Path(environ.get("DOORSTEP_CHECKPOINTS") or var / "checkpoints"),
        store=environ.get("DOORSTEP_STORE") or "",
        files=environ.get("DOORSTEP_FILES") or "",
    )
