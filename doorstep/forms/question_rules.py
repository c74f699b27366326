"""The profile's rules of single questions: choices, gates, conditions and files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from doorstep.attachments.files import MOST_FILES
from doorstep.forms.bundle import TYPES_PREFIX, resolved
from doorstep.forms.findings import Finding
from doorstep.forms.kinds import RADIOS_AT_MOST, recognise
from doorstep.forms.shared import widened

SEEN_AT_PLACES = "community"
"""The kind that decides who is in charge, and that a condition may ask whether it is known."""


def bounds(part: dict[str, Any], bundled: dict[str, Any], file: str, pointer: str) -> Iterator[Finding]:
    """The least below the most, and neither wider than the shared type's."""
    full = resolved(part, bundled)
    for low, high in (("minLength", "maxLength"), ("minimum", "maximum"), ("minItems", "maxItems")):
        if low in full and high in full and full[low] > full[high]:
            yield Finding(file, 0, f"{low} 比 {high} 还大", "换过来，或者改对", "bounds-crossed", f"{pointer}/{low}")
    for keyword in widened(part, resolved({"$ref": part["$ref"]}, bundled) if "$ref" in part else {}):
        at = f"{pointer}/{keyword}"
        yield Finding(file, 0, f"{keyword} 比共用的类型放得还宽", "表里只能收紧，不能放宽", "wider-than-shared", at)


def stops(field: dict[str, Any], file: str, pointer: str) -> Iterator[Finding]:
    """A gate stops some who choose, never all; and they read why beside what they chose."""
    if "not" not in field:
        return
    stopping = field["not"].get("enum") or [field["not"]["const"]]
    offered = [choice["const"] for choice in field["oneOf"]]
    if not set(stopping) < set(offered):
        remedy = f"写 {'、'.join(offered)} 里的几个，至少留一个能往下填的"
        yield Finding(file, 0, "not 拦住了没有的选项，或者全拦住了", remedy, "stop-choices", f"{pointer}/not")
    if len(offered) > RADIOS_AT_MOST:
        problem = "选项太多，会变成下拉的名单，没人看得到为什么不用申请"
        yield Finding(file, 0, problem, f"最多给 {RADIOS_AT_MOST} 个选项", "stop-many", f"{pointer}/not")


def attachments(bundled: dict[str, Any], file: str) -> Iterator[Finding]:
    """Files are asked for by the form itself, as the shared type, and no more of them than one application may have."""
    total = 0
    objects = [
        ("", bundled),
        *((f"/allOf/{index}/then", rule["then"]) for index, rule in enumerate(bundled.get("allOf", ()))),
    ]
    for pointer, part in objects:
        for name, schema in part["properties"].items():
            full = resolved(schema, bundled)
            where = f"{pointer}/properties/{name}"
            if recognise(full) == "attachment":
                total += full.get("maxItems", 0)
                if "$ref" not in schema:
                    remedy = f'写成 "$ref": "{TYPES_PREFIX}attachment"'
                    yield Finding(file, 0, "交照片的题要用共用的类型", remedy, "files-own", where)
            if recognise(full) == "group":
                inner = [full["items"], *(rule["then"] for rule in full["items"].get("allOf", ()))]
                kinds = [recognise(resolved(field, bundled)) for one in inner for field in one["properties"].values()]
                if "attachment" in kinds:
                    remedy = "把交照片的题写在这一组外面"
                    yield Finding(file, 0, "一组题里面不能交照片", remedy, "files-in-group", where)
    if total > MOST_FILES:
        problem = f"照片一共能交 {total} 份，一份申请最多 {MOST_FILES} 份"
        yield Finding(file, 0, problem, "把交照片的题的 maxItems 改小", "files-many")


def choices(offered: Any, file: str, pointer: str) -> Iterator[Finding]:
    for key in ("const", "title"):
        values = [choice[key] for choice in offered]
        for index, value in enumerate(values):
            if value in values[:index]:
                at = f"{pointer}/oneOf/{index}/{key}"
                problem = f"有两个选项的 {key} 都是 {value}"
                yield Finding(file, 0, problem, "去掉一个，或者改成不一样", "choice-twice", at)


def condition_findings(condition: dict[str, Any], field: dict[str, Any], file: str, pointer: str) -> Iterator[Finding]:
    """A condition must speak of an answer that can be given, or its question is never asked."""
    kind = recognise(field)
    if (kind == "choices") != ("contains" in condition):
        remedy = '多选题写 {"contains": {"const": …}}，别的题写 const 或者 enum'
        yield Finding(file, 0, "条件的写法和那道题对不上", remedy, "condition-shape", pointer)
        return
    part = condition.get("contains", condition)
    values = part["enum"] if "enum" in part else [part["const"]]
    stopping = field.get("not", {}).get("enum") or [field.get("not", {}).get("const")]
    options = field.get("oneOf") or field.get("items", {}).get("oneOf")
    possible: dict[str | None, list[Any]] = {
        "yes-no": [True, False],
        "consent": [True],
        "choice": [option["const"] for option in options or () if option["const"] not in stopping],
        "choices": [option["const"] for option in options or ()],
        SEEN_AT_PLACES: ["unknown"],
    }
    for value in values:
        if not any(type(value) is type(option) and value == option for option in possible.get(kind, [])):
            given = possible.get(kind, [])
            remedy = f"能答的有 {'、'.join(map(str, given))}" if given else "条件只能依据选择题、是否题"
            yield Finding(file, 0, f"那道题答不出 {value}", remedy, "condition-answer", pointer)
