"""This repository's own content, read and checked once a process: a second of work that hundreds of tests start from.

It is shared, so nobody changes it. A test that spoils content copies it first.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from doorstep.portal.services import services
from doorstep.portal.site import Portal, load_portal

ROOT = Path(__file__).parents[1]


@cache
def this_portal(*, demo: bool = True) -> Portal:
    """What the site is made of."""
    return load_portal(ROOT, demo=demo)


@cache
def services_json() -> str:
    """What intake and the office are told of the services."""
    portal = this_portal()
    return json.dumps(services(portal.guides, portal.laws, portal.remedies, portal.offices), ensure_ascii=False)
