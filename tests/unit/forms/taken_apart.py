"""A page taken apart: what a browser would send for it, and what a screen reader needs of it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

VOID = {"input", "br"}
Element = tuple[str, dict[str, str], str]


class Page(HTMLParser):
    """Elements in order as (tag, attributes, text); fails on tags that do not close as they opened."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[list[Any]] = []
        self.elements: list[Element] = []
        self.feed(markup)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in {tag}: {names}"
        attributes = {name: value or "" for name, value in attrs}
        if tag in VOID:
            self.elements.append((tag, attributes, ""))
        else:
            self.open.append([tag, attributes, ""])

    def handle_endtag(self, tag: str) -> None:
        entry = self.open.pop()
        assert entry[0] == tag, f"{tag} closes {entry[0]}"
        self.elements.append((entry[0], entry[1], entry[2]))

    def handle_data(self, data: str) -> None:
        for entry in self.open:
            entry[2] += data

    def all(self, tag: str | None = None, **attributes: str) -> list[Element]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if (tag is None or element[0] == tag)
            and all(element[1].get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str | None = None, **attributes: str) -> Element:
        (element,) = self.all(tag, **attributes)
        return element

    def controls(self) -> list[Element]:
        return [
            element
            for element in self.elements
            if element[0] in {"input", "select", "textarea"} and element[1].get("type") != "hidden"
        ]


def assert_accessible(shown: Page) -> None:
    ids = [attributes["id"] for _, attributes, _ in shown.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert len(shown.all("h1")) == 1
    labels = {attributes["for"] for _, attributes, text in shown.all("label") if text.strip()}
    for _, attributes, _ in shown.controls():
        assert attributes["id"] in labels
    for _, attributes, _ in shown.elements:
        for reference in ("aria-describedby", "aria-labelledby", "for"):
            for target in attributes.get(reference, "").split():
                assert target in ids, f"{reference} names {target}, which is not there"
        assert not attributes.get("href", "").startswith("#") or attributes["href"][1:] in ids
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
    assert len(shown.all("legend")) == len(shown.all("fieldset"))
    assert all(text.strip() for _, _, text in shown.all("legend"))


def sent(shown: Page) -> str:
    """What a browser sends for the page as it stands."""
    pairs = []
    for tag, attributes, text in shown.elements:
        if "name" not in attributes or tag == "button" or "disabled" in attributes:
            continue
        if attributes.get("type") in {"radio", "checkbox"} and "checked" not in attributes:
            continue
        if tag == "select":
            continue
        if attributes.get("type") == "file":
            pairs.append((attributes["name"], ""))
            continue
        pairs.append((attributes["name"], text.removeprefix("\n") if tag == "textarea" else attributes["value"]))
    selects = [attributes for tag, attributes, _ in shown.elements if tag == "select"]
    chosen = [attributes["value"] for _, attributes, _ in shown.all("option") if "selected" in attributes]
    assert len(chosen) <= len(selects)
    return urlencode(pairs)
