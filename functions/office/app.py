"""The office function. All of it stands in office/, so that its modules share no name with intake's."""

from __future__ import annotations

import os

from office.application import create_app

app = create_app(os.environ)
"""What Lambda calls. Nothing is read or opened before the first request: `chalice package` imports this too."""
