"""What search engines are told of the site: which pages there are, and since when each says what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from doorstep.portal.checks.read_page import address_of
from doorstep.portal.facts.confirmed import looked_over_on

if TYPE_CHECKING:
    from doorstep.portal.site import Portal

SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: Pages that nobody should be led to from outside: the handbook is for those who write.
NOT_LISTED = ("/404.html", "/shell.html", "/editing/")


def robots(origin: str) -> bytes:
    """Everything public may be read. Only whole addresses may name a sitemap."""
    named = f"\nSitemap: {origin}/{SITEMAP}\n" if origin else ""
    return f"User-agent: *\nDisallow:\n{named}".encode()


def pages_of(site: Path) -> list[str]:
    """The addresses of a built site's public pages."""
    found = (f"/{path.relative_to(site).as_posix()}".removesuffix("index.html") for path in site.rglob("*.html"))
    return sorted(one for one in found if not one.startswith(NOT_LISTED))


def sitemap(pages: Iterable[str], changed: dict[str, str], origin: str) -> bytes:
    """`changed`: by address the day, where one is known."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<urlset xmlns="{NAMESPACE}">']
    for page in pages:
        day = f"<lastmod>{changed[page]}</lastmod>" if page in changed else ""
        lines.append(f"<url><loc>{escape(origin + page)}</loc>{day}</url>")
    return "\n".join([*lines, "</urlset>", ""]).encode()


def days_of_pages(portal: Portal) -> dict[str, str]:
    """By address the day on which somebody looked the page over; never the day of the build."""
    return dict(_days(portal))


def _days(portal: Portal) -> Iterator[tuple[str, str]]:
    for guide in portal.guides:
        yield guide.url, looked_over_on(guide.facts)
    for resource in portal.catalog.resources:
        yield resource.url, looked_over_on(resource.facts)
    for street in portal.places.streets.values():
        if street.facts:
            yield street.url, looked_over_on(street.facts)
    for source, guide in portal.retired.items():
        yield address_of(source), guide.facts["retired_on"]
    if portal.open_data:
        yield "/open-data/", max(one.updated_on for one in portal.open_data)
