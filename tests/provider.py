"""A running OpenID provider for tests: a certified one in a process of its own, not a stand-in of ours."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.servers import ROOT


@contextmanager
def provider(office: str, secret: str = "") -> Iterator[str]:
    """Its issuer. Its clients are doorstep-RS256, -ES256 and -EdDSA, each for this origin of the office's."""
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules" / "oidc-provider").is_dir():
        raise RuntimeError("node or node_modules/oidc-provider is missing: run `npm ci` (make test does)")
    with subprocess.Popen(
        [node, "--no-warnings", str(ROOT / "tests" / "provider.mjs"), office, secret],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        try:
            if not port.isdecimal():
                raise RuntimeError(f"the provider did not start: {process.communicate()[1]}")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()
