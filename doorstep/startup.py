"""What may go wrong before the first request."""

from __future__ import annotations


class ServeError(Exception):
    """Raised by whoever starts a server or a function: it cannot start.

    The text says what is wrong and what to do, for the person who ran the command.
    """
