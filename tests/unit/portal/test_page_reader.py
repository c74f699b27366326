"""The quick reading of a built page says what Python's own reader says, or leaves the page to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from doorstep.portal.checks.page_reader import PageReader, _Any, plain_tags

ODD = (
    "<p>5 < 6</p>",
    "<!-- a comment --><p>a</p>",
    "<script>if (a<b) {}</script>",
    "<title>a<b>c</title>",
    "<textarea><p id='x'></textarea>",
    "<a href='/single/'>a</a>",
    "<a href=/bare/>a</a>",
    '<a\nhref="/lines/">a</a>',
    '<a href="/no-space/"id="x">a</a>',
    "<P ONCLICK='x'>a</P>",
    "<p",
    "<![CDATA[<p>]]>",
)
PLAIN = (
    "<!doctype html><title>家门口 &amp; 更多</title><p>a > b</p>",
    '<a href="/x/?a=1&amp;b=2" hidden>a</a><br><img src="/i.svg" alt="">',
    '<svg viewBox="0 0 1 1"><path d="M0"/></svg>',
    '<script src="/a.js"></script><script type="application/ld+json">{"a": "b"}</script>',
)


def test_every_page_of_the_site_reads_alike(demo: Path) -> None:
    quick = 0
    for path in (demo / "site").rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        found = plain_tags(html)
        assert found is None or found == _Any(html).found, path
        quick += found is not None
    assert quick > 200


@pytest.mark.parametrize("html", PLAIN)
def test_what_our_templates_write_is_read_quickly(html: str) -> None:
    assert plain_tags(html) == _Any(html).found


@pytest.mark.parametrize("html", ODD)
def test_what_is_written_otherwise_is_left_to_the_reader_that_knows_all(html: str) -> None:
    assert plain_tags(html) is None


def test_what_the_policy_forbids_is_seen_either_way() -> None:
    for html in ('<p onclick="x">a</p><iframe src="/x/"></iframe>', "<p onclick='x'>a</p><iframe src='/x/'></iframe>"):
        assert PageReader(html).forbidden == ["onclick", "<iframe>"]
