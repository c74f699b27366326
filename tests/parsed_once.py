"""Private keys parsed once a process: all else of loading them (files, owners, modes, lists) is done anew each time."""

from __future__ import annotations

from functools import cache

from doorstep.applications.office_keys import parse_private

parsed_once = cache(parse_private)
"""`parse_private`, which for the same PEM need not look for two primes of 1,536 bits again. What it refuses, it refuses
again."""
