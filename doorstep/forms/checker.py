"""Is this instance what the form asks for? jsonschema-rs says yes quickly; jsonschema says what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from doorstep.forms.conditions import asked_fields
from doorstep.forms.errors import FieldError
from doorstep.forms.fields import Field, Form
from doorstep.forms.formats import formats, today_in_china
from doorstep.forms.messages import UNKNOWN_PROPERTIES, message
from doorstep.places import Places

if TYPE_CHECKING:
    import jsonschema_rs
    from jsonschema import Draft202012Validator

# The most helpful first: of several failures of one field a resident reads one.
_PRIORITY = (
    "required", "type", "const", "oneOf", "not", "maxLength", "minLength", "format", "minimum", "maximum",
    "minItems", "maxItems",
)  # fmt: skip


class Checker:
    """Checks instances of one form. Safe to share between threads; make one a form and keep it."""

    def __init__(self, form: Form, places: Places, *, today: Callable[[], date] = today_in_china) -> None:
        self._form = form
        self._formats = formats(places, today)

    def accepts(self, instance: Mapping[str, Any]) -> bool:
        """The quick validator's word alone."""
        return self.quick.is_valid(instance)

    def check(self, instance: Mapping[str, Any]) -> list[FieldError]:
        """All errors at once, one a field, in the form's order; empty when the instance is accepted.

        `instance` must come from `filler.fill`.
        """
        return [] if self.quick.is_valid(instance) else self.errors(instance)

    def errors(self, instance: Mapping[str, Any]) -> list[FieldError]:
        """What jsonschema, the authority, finds, without asking the quick validator first."""
        found: dict[tuple[int | str, ...], tuple[int, str, Any]] = {}
        for path, keyword, limit in self._failures(instance):
            rank = _PRIORITY.index(keyword) if keyword in _PRIORITY else len(_PRIORITY)
            if path not in found or rank < found[path][0]:
                found[path] = (rank, keyword, limit)
        errors = []
        for path, (_, keyword, limit) in found.items():
            field = self._field(path)
            text = message(keyword, field, limit) if field else UNKNOWN_PROPERTIES
            errors.append((self._order(path), FieldError(pointer(path), keyword, text)))
        return [error for _, error in sorted(errors, key=lambda pair: pair[0])]

    @cached_property
    def quick(self) -> jsonschema_rs.Draft202012Validator:
        """The quick validator, imported with the first answers, so that a page that is only read starts quickly."""
        import jsonschema_rs  # noqa: PLC0415

        return jsonschema_rs.Draft202012Validator(
            self._form.schema,
            formats=dict(self._formats),
            validate_formats=True,
            ignore_unknown_formats=False,
            retriever=_refuse_to_fetch,
        )

    @cached_property
    def authority(self) -> Draft202012Validator:
        """The validator that makes the errors, imported only when one has to be made, for the cold start's sake."""
        from jsonschema import Draft202012Validator, FormatChecker  # noqa: PLC0415
        from referencing import Registry  # noqa: PLC0415

        checker = FormatChecker(formats=())
        for name, check in self._formats.items():
            checker.checks(name)(_only_text(check))
        # An empty registry without a retriever: a reference out of the bundle fails instead of being fetched.
        registry: Registry[Any] = Registry()
        return Draft202012Validator(self._form.schema, registry=registry, format_checker=checker)

    def _failures(self, instance: Mapping[str, Any]) -> Iterator[tuple[tuple[int | str, ...], str, Any]]:
        """(path of a field or of an object that holds strangers, keyword, the keyword's value)."""
        for error in self.authority.iter_errors(instance):
            path = tuple(error.absolute_path)
            keyword = str(error.validator)
            if keyword == "required":
                required: list[str] = error.validator_value
                yield from (((*path, name), keyword, None) for name in required if name not in error.instance)
            elif keyword == "unevaluatedProperties":
                # A failed `then` leaves its properties unevaluated: that is an echo of another error, not one.
                if self._has_strangers(path, dict(error.instance)):
                    yield path, keyword, None
            else:
                yield self._field_path(path), keyword, error.validator_value

    def _has_strangers(self, path: tuple[int | str, ...], answers: dict[str, Any]) -> bool:
        return not answers.keys() <= {field.name for field in asked_fields(self._fields_at(path), answers)}

    def _fields_at(self, path: tuple[int | str, ...]) -> tuple[Field, ...]:
        fields = self._form.fields
        for part in path:
            if isinstance(part, str):
                fields = next((field.fields for field in fields if field.name == part), ())
        return fields

    def _field_path(self, path: tuple[int | str, ...]) -> tuple[int | str, ...]:
        """A list of choices, or of files, is one field: its items' failures are its own."""
        field = self._field(path[:-1]) if path and isinstance(path[-1], int) else None
        return path[:-1] if field and field.kind in {"choices", "attachment"} else path

    def _field(self, path: tuple[int | str, ...]) -> Field | None:
        """The field at a path; None for an object (the form itself or a group's item)."""
        if not path or not isinstance(path[-1], str):
            return None
        return next((field for field in self._fields_at(path[:-1]) if field.name == path[-1]), None)

    def _order(self, path: tuple[int | str, ...]) -> tuple[int, ...]:
        order = []
        fields = self._form.fields
        for part in path:
            if isinstance(part, int):
                order.append(part)
                continue
            names = [field.name for field in fields]
            order.append(names.index(part) if part in names else len(names))
            fields = next((field.fields for field in fields if field.name == part), ())
        return tuple(order)


def pointer(path: tuple[int | str, ...]) -> str:
    """RFC 6901; field names are snake_case, so nothing needs escaping."""
    return "".join(f"/{part}" for part in path)


def _only_text(check: Callable[[str], bool]) -> Callable[[object], bool]:
    return lambda value: not isinstance(value, str) or check(value)


def _refuse_to_fetch(address: str) -> Any:
    raise LookupError(f"no reference out of a form is followed: {address}")
