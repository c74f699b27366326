"""What a page shows of one question: names, values as typed, what is wrong with it, and how it hangs together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from doorstep.forms.attached import FileRow
from doorstep.forms.fields import Choice, Field, Section

YES_NO = (Choice("true", "是"), Choice("false", "否"))
# Room for the spaces, hyphens and commas people type into numbers; the filler drops them.
_SLACK = 12
_EXACT_LENGTH = {"text", "long-text", "person-name"}


@dataclass(frozen=True, slots=True)
class Item:
    """One filled group of "add another"."""

    index: int
    title: str
    controls: tuple[Control, ...]


@dataclass(frozen=True, slots=True)
class Control:
    """One question on the page. `values` are the texts typed or chosen; `parts` those of a date.

    `asked` is the office's reason why it is to be corrected. A `fixed` group takes no more items and gives none away.
    `files` are those of an attachment.
    """

    field: Field
    name: str
    pointer: str
    template: str
    values: tuple[str, ...]
    parts: Mapping[str, str]
    items: tuple[Item, ...]
    error: str | None
    why: str | None
    condition: str | None
    asked_if: str | None
    focus: bool = False
    asked: str | None = None
    fixed: bool = False
    files: tuple[FileRow, ...] = ()

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def choices(self) -> tuple[Choice, ...]:
        return YES_NO if self.field.kind == "yes-no" else self.field.choices

    @property
    def stop(self) -> str | None:
        """Why whoever chooses one of `field.stops` need not apply."""
        return dict(self.field.messages).get("not") if self.field.stops else None

    @property
    def stopped(self) -> bool:
        """Whether that is what is said of the choice made: nothing is wrong with it."""
        return self.error is not None and self.error == self.stop

    @property
    def focus_id(self) -> str:
        """The id an error's link leads to: the first thing of this question that takes focus."""
        if self.template in {"radios", "choices"}:
            return f"{self.name}--{self.choices[0].value}"
        if self.full:
            return f"{self.name}--0"
        return f"{self.name}-year" if self.template == "date" else self.name

    @property
    def full(self) -> bool:
        """Whether it has as many files as it takes: only taking one away makes room."""
        return self.field.max_items is not None and len(self.files) >= self.field.max_items

    @property
    def described_by(self) -> str:
        # What is wrong is heard first: who listens may go on as soon as it is said.
        limits = self.template == "attachment"
        error = None if self.stopped else self.error
        parts = (("error", error), ("asked", self.asked), ("hint", self.field.description), ("why", self.why))
        return " ".join(f"{self.name}-{suffix}" for suffix, said in (*parts, ("limits", limits)) if said)

    @property
    def max_length(self) -> int | None:
        if self.field.max_length is None:
            return None
        return self.field.max_length + (0 if self.field.kind in _EXACT_LENGTH else _SLACK)

    @property
    def autocomplete(self) -> str | None:
        return self.field.autocomplete or ("off" if self.field.sensitive else None)


@dataclass(frozen=True, slots=True)
class SectionView:
    section: Section
    controls: tuple[Control, ...]
