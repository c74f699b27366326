"""The OpenID provider of these settings."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from doorstep.counter.oidc_provider import OidcSettings, Provider, safe_address
from doorstep.startup import ServeError, check_origin
from office.fetching import fetch
from office.settings import Settings


def compose_provider(settings: Settings, seconds: Callable[[], float]) -> Provider | None:
    """The provider, or None where no issuer is set. Raises ServeError: which setting is wrong, and what to do."""
    if not settings.issuer:
        if settings.client or settings.secret_file:
            raise ServeError(
                "DOORSTEP_OIDC_ISSUER is missing: set it to the provider's issuer, or unset DOORSTEP_OIDC_…"
            )
        return None
    if not safe_address(settings.issuer):
        raise ServeError("DOORSTEP_OIDC_ISSUER must be an https address, as the provider's description names it")
    if not settings.client:
        raise ServeError("DOORSTEP_OIDC_CLIENT_ID is missing: set it to who the office is to the provider")
    check_origin(
        "DOORSTEP_OFFICE_ORIGIN", settings.origin, of="the office", needed_for="to which the provider sends people back"
    )
    return Provider(OidcSettings(settings.issuer, settings.client, _secret(settings.secret_file)), fetch, seconds)


def _secret(name: str) -> str:
    """The secret in this file, without white space around it; "" where no file is named."""
    if not name:
        return ""
    try:
        with Path(name).open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            secret = file.read(4096).decode("ascii").strip()
    except (OSError, ValueError) as problem:
        raise ServeError(
            f"DOORSTEP_OIDC_CLIENT_SECRET_FILE cannot be read ({type(problem).__name__}): it holds the secret and "
            "nothing more, and belongs to the user who serves"
        ) from None
    if mode & 0o077:
        raise ServeError("others may read DOORSTEP_OIDC_CLIENT_SECRET_FILE: run chmod 600 on it")
    if not secret:
        raise ServeError("DOORSTEP_OIDC_CLIENT_SECRET_FILE is empty: put the provider's secret into it, or unset it")
    return secret
