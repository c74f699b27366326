"""Questions to an editor at the terminal: each answer is checked by the rules of the page before the next is asked."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from jsonschema import Draft202012Validator

from doorstep.portal.checks.typography import slips
from doorstep.portal.checks.unconfirmed_text import unconfirmed_in
from doorstep.portal.facts.data import read_data
from doorstep.portal.findings.explaining import explain

T = TypeVar("T")

_BETWEEN = re.compile(r"[、，,；;\s]+")
"""What stands between several answers on one line; sentences of one list are parted by “；” alone."""
_BETWEEN_SENTENCES = re.compile(r"[；;]\s*")


class Asker:
    """Asks for the facts of one page, which `schema`, a file in schemas/content, describes.

    What was `given` as an option is not asked for; where it is wrong, the command ends and says why.
    """

    def __init__(self, root: Path, schema: str) -> None:
        self.file = f"schemas/content/{schema}"
        self.schema: dict[str, Any] = json.loads((root / self.file).read_text(encoding="utf-8"))
        self.words: Mapping[str, str] = read_data(root)[0].words

    def ask(self, question: str, read: Callable[[str], T], given: str | None, default: str | None = None) -> T:
        if given is not None:
            return read(given)
        while True:
            text = click.prompt(question, default=default or "", show_default=bool(default), prompt_suffix="：")
            if default is None and not text.strip():
                click.echo("  这一项一定要答。不知道的先去问清楚；要停下，按 Ctrl 和 C。")
                continue
            try:
                return read(text)
            except click.UsageError as wrong:
                click.echo(f"  {wrong.message}")

    def fact(self, name: str, question: str, given: str | None, default: str | None = None) -> str:
        """One fact in words."""
        return self.ask(question, lambda text: self._checked(name, text.strip()), given, default)

    def maybe(self, name: str, question: str, given: str | None) -> str:
        """A fact that may be left out: then it is empty."""

        def read(text: str) -> str:
            return self._checked(name, text.strip()) if text.strip() else ""

        return self.ask(f"{question}（没有就直接回车）", read, given, "")

    def facts(self, name: str, question: str, given: Sequence[str], *, sentences: bool = False) -> list[str]:
        """Several of one kind: parted by “、” or “，”, sentences by “；”."""
        between = _BETWEEN_SENTENCES if sentences else _BETWEEN

        def read(text: str) -> list[str]:
            return self._checked(name, [part for part in between.split(text.strip()) if part])

        return self._checked(name, list(given)) if given else self.ask(question, read, None)

    def maybe_facts(self, name: str, question: str, given: Sequence[str]) -> list[str]:
        """Several of one kind, or none."""

        def read(text: str) -> list[str]:
            return self.several(text, name) if text.strip() else []

        return self._checked(name, list(given)) if given else self.ask(f"{question}（没有就直接回车）", read, None, "")

    def several(self, text: str, name: str = "aliases") -> list[str]:
        """The parts of one line, right as the fact `name`."""
        return self._checked(name, [part for part in _BETWEEN.split(text.strip()) if part])

    def one_of(self, question: str, known: Mapping[str, str], given: str | None, default: str | None = None) -> str:
        """The key of one of `known`, by its number in the list, its key or its title."""
        if given is None and default is None:
            show(known)  # with a default it was shown for the question before
        return self.ask(f"{question}（写号码）", lambda text: chosen(text, known), given, default)

    def some_of(self, question: str, known: Mapping[str, str], given: Sequence[str]) -> list[str]:
        """The keys of some of `known`."""

        def keys(parts: Sequence[str]) -> list[str]:
            return list(dict.fromkeys(chosen(part, known) for part in parts))

        if given:
            return keys(given)
        show(known)
        ask = f"{question}（写号码，几个都行，用逗号分开）"
        return self.ask(ask, lambda text: keys(_BETWEEN.split(text.strip())), None)

    def day(self, question: str, given: str | None) -> dt.date:
        """A day that has been, today unless another is said."""
        today = dt.datetime.now(dt.UTC).astimezone().date()

        def read(text: str) -> dt.date:
            try:
                day = dt.date.fromisoformat(text.strip())
            except ValueError:
                raise click.BadParameter(f"写成 {today} 这样，要有这一天") from None
            if day > today:
                raise click.BadParameter(f"{day} 还没有到")
            return day

        return self.ask(question, read, given, today.isoformat())

    def plain(self, text: str) -> str:
        """The text, where residents understand every word, nothing is unconfirmed, and its marks are Chinese ones."""
        for word, better in self.words.items():
            if word in text:
                raise click.BadParameter(f"“{word}”不好懂，改成“{better}”")
        for what, remedy, _ in unconfirmed_in(text):
            raise click.BadParameter(f"里面有{what}：{remedy}")
        for problem, remedy in slips(text):
            raise click.BadParameter(f"{problem}，{remedy}")
        return text

    def _checked(self, name: str, value: T) -> T:
        """The value of the fact `name`, if the schema and the list of plain words let it pass."""
        only = {key: self.schema[key] for key in ("$schema", "$defs")}
        only["properties"] = {name: self.schema["properties"][name]}
        for error in Draft202012Validator(only).iter_errors({name: value}):
            raise click.BadParameter("，".join(explain(error, schema=self.file)[:2]))
        if name != "aliases":  # people may search by an office's word
            for text in value if isinstance(value, list) else [value]:
                self.plain(str(text))
        return value


def show(known: Mapping[str, str]) -> None:
    for number, title in enumerate(known.values(), 1):
        click.echo(f"  {number:>3}  {title}")


def chosen(text: str, known: Mapping[str, str]) -> str:
    """The key of what `text` names by number, key, title, or some words that only one title has."""
    text = text.strip()
    if text.isdecimal() and 0 < int(text) <= len(known):
        return list(known)[int(text) - 1]
    found = [key for key, title in known.items() if text in (key, title)]
    found = found or [key for key, title in known.items() if text and text in title]
    if len(found) != 1:
        several = "、".join(known[key] for key in found[:5])
        problem = f"“{text}”是哪一个？有 {several}" if found else f"名单里没有“{text}”"
        raise click.BadParameter(f"{problem}，写前面的号码，从1到{len(known)}")
    return found[0]
