"""A browser without JavaScript, as small as a test needs: reads forms, keeps what is filled in, presses buttons."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.functional.house import Answer, Client

EMPTY = {"input", "img", "br", "meta", "link", "hr"}


@dataclass
class Form:
    action: str
    takes_files: bool = False
    choosers: list[str] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)


class PageReader(HTMLParser):
    """What a page shows and would send."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.words: list[str] = []
        self.title = ""
        self.ids: list[str] = []
        self.classes: list[str] = []
        self.links: list[str] = []
        self.texts: dict[str, str] = {}
        self._open: list[tuple[str, dict[str, str]]] = []
        self._select: tuple[str, str | None] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        self.ids += [own["id"]] if "id" in own else []
        self.classes += own.get("class", "").split()
        self.links += [own["href"]] if tag == "a" else []
        if tag == "form":
            self.forms.append(Form(own.get("action", ""), own.get("enctype") == "multipart/form-data"))
        if self.forms and own.get("name"):
            self._control(tag, own)
        if tag == "option" and self._select and ("selected" in own or self._select[1] is None):
            self._select = (self._select[0], own.get("value", ""))
        if tag not in EMPTY:
            self._open.append((tag, own))

    def _control(self, tag: str, own: dict[str, str]) -> None:
        form = self.forms[-1]
        kind = own.get("type", "text")
        if tag == "button":
            form.buttons.append((own["name"], own.get("value", ""), ""))
        elif tag == "select":
            self._select = (own["name"], None)
        elif tag == "textarea":
            form.fields.append((own["name"], ""))
        elif tag == "input" and kind == "file":
            form.choosers += [] if "disabled" in own else [own["name"]]
        elif tag == "input" and (kind not in ("radio", "checkbox") or "checked" in own):
            form.fields.append((own["name"], own.get("value", "on" if kind == "checkbox" else "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select and self.forms:
            self.forms[-1].fields.append((self._select[0], self._select[1] or ""))
            self._select = None
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, own = self._open[-1] if self._open else ("", {})
        if tag == "title":
            self.title += data
            return
        self.words.append(data)
        for _, around in self._open:
            for name in [around.get("id", ""), *around.get("class", "").split()]:
                if name:
                    self.texts[name] = self.texts.get(name, "") + data
        if tag == "textarea" and self.forms and self.forms[-1].fields:
            name, value = self.forms[-1].fields[-1]
            self.forms[-1].fields[-1] = (name, value + data)
        if tag == "button" and own.get("name") and self.forms:
            name, value, text = self.forms[-1].buttons[-1]
            self.forms[-1].buttons[-1] = (name, value, text + data.strip())

    @property
    def text(self) -> str:
        return "".join(self.words)


@dataclass
class Browser:
    """One tab: the page it shows, and what has been typed into its form."""

    client: Client
    answer: Answer | None = None
    typed: dict[str, list[str]] = field(default_factory=dict)
    chosen: dict[str, list[bytes]] = field(default_factory=dict)

    @property
    def page(self) -> PageReader:
        assert self.answer is not None
        return PageReader(self.answer.text)

    def type(self, **values: str | list[str]) -> None:
        """Fill in controls by name; a list for several of one name, an empty list to clear."""
        self.typed |= {name: value if isinstance(value, list) else [value] for name, value in values.items()}

    def choose(self, name: str, *contents: bytes) -> None:
        """Choose files at this question."""
        assert any(f"_file-{name}" in form.choosers for form in self.page.forms), f"{name} takes no files"
        self.chosen[f"_file-{name}"] = list(contents)

    def press(self, does: str) -> Answer:
        """Press the button with this `_do`, of the first form that has it."""
        form = next(form for form in self.page.forms if any(value == does for _, value, _ in form.buttons))
        kept = [(name, value) for name, value in form.fields if name not in self.typed]
        typed = [(name, value) for name, values in self.typed.items() for value in values]
        pairs = [*kept, *typed, ("_do", does)]
        files = [(name, content) for name in form.choosers for content in self.chosen.get(name, [b""])]
        self.typed, self.chosen = {}, {}
        if form.takes_files:
            self.answer = self.client.post_files(form.action, pairs, files, Accept="text/html")
        else:  # a page that does not say how files are sent sends none, but their names
            self.answer = self.client.post_form(form.action, pairs, Accept="text/html")
        return self.answer
