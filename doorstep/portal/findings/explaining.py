"""What a content schema refuses, in words an editor can act on."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

_TYPES = {
    "string": "文字；只有数字的，两边加英文引号",
    "integer": "整数，不加引号、不带单位",
    "boolean": "true 或者 false",
    "array": "几项内容，写成 [甲, 乙]",
    "object": "几个“名字: 内容”",
}
#: What is more than a wrong value.
_RULES = {"anyOf": "limit-basis", "dependentRequired": "confirmed-half"}
_DAY = re.compile(r"([0-9]{4})[^0-9]+([0-9]{1,2})[^0-9]+([0-9]{1,2})[^0-9]*")


#: What several names for one thing look like where the marks between them are those of a Chinese keyboard.
_ONE_NAME = "^[^，；]*$"
PUNCTUATION = "yaml-punctuation"

GUIDE = "schemas/content/guide.json"


def refused(
    validator: Draft202012Validator, value: Any, *, schema: str = GUIDE
) -> Iterator[tuple[tuple[str | int, ...], str, str, str]]:
    """(path, problem, remedy, rule) of all that `schema` refuses in `value`. Where a Chinese colon or comma stands in a
    name, that alone: whatever else is wrong there comes of it.
    """
    marked = dict(_marked(value, ()))
    for at, name in marked.items():
        problem = f"“{name}”里的冒号或者逗号是中文的"
        yield at, problem, "冒号、逗号用英文的，后面空一格：“名字: 内容, 名字: 内容”", PUNCTUATION
    if not marked and _passes(validator.schema, value):
        return
    for error in validator.iter_errors(value):
        at = tuple(error.absolute_path)
        if not any(at[: len(mark)] == mark for mark in marked):
            yield at, *explain(error, schema=schema)


def _passes(schema: Any, value: Any) -> bool:
    """What the fast validator passes is right; the authority finds words for the rest."""
    try:
        return _fast(json.dumps(schema)).is_valid(value)
    except ValueError:
        return False  # it holds what JSON does not


@functools.lru_cache(maxsize=32)
def _fast(schema: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(json.loads(schema))


def _marked(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Where names stand that nobody gave: path of what holds them, and one of them."""
    if isinstance(value, dict):
        yield from ((path, name) for name in value if "：" in str(name) or "，" in str(name))
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ()):
        yield from _marked(inner, (*path, key))


def explain(error: ValidationError, *, schema: str = GUIDE) -> tuple[str, str, str]:
    """(problem, remedy, rule); one table by keyword. `schema` is the file that refuses."""
    name = ".".join(str(part) for part in error.absolute_path) or ("页面开头" if schema == GUIDE else "这个文件")
    value: Any = error.validator_value
    part: Any = error.schema
    instance: Any = error.instance
    if error.validator == "required":
        missing = [key for key in value if key not in instance]
        return f"{name}：缺少 {'、'.join(missing)}", "补上这一项；不知道就先问清楚，不要写“待填”", "name-missing"
    if error.validator == "additionalProperties":
        extra = sorted(set(instance) - set(part.get("properties", {})))
        remedy = "检查有没有写错；" + ("这里只放要计算的内容，别的写进正文" if schema == GUIDE else "照着别的几条写")
        return f"{name}：不认识 {'、'.join(extra)}", remedy, "name-unknown"
    if error.validator == "pattern" and value == _ONE_NAME:
        return f"{name}：“{instance}”里有中文的逗号或者分号", "几样分开写：用英文逗号隔开，再空一格", PUNCTUATION
    remedies = {
        "enum": f"只能是 {'、'.join(map(str, value))}" if error.validator == "enum" else "",
        "const": f"只能是 {value}",
        "pattern": _pattern(str(value), str(instance), "指南" if schema == GUIDE else "几条"),
        "type": f"这里要写{_TYPES.get(str(value), str(value))}",
        "minItems": f"至少要有 {value} 条",
        "maxItems": f"最多 {value} 条",
        "minimum": f"最小是 {value}",
        "maximum": f"最大是 {value}",
        "minLength": "写上内容",
        "maxLength": f"最多 {value} 个字",
        "dependentRequired": "confirmed_by 和 confirmed_on 要一起写",
        "uniqueItems": "有两项一样，去掉一项",
        "anyOf": "要么写依据 basis，要么写谁在哪天确认的 confirmed_by、confirmed_on",
    }
    return (
        f"{name}：写法不对",
        remedies.get(str(error.validator), f"照着 {schema} 改"),
        _RULES.get(str(error.validator), "value-wrong"),
    )


def _pattern(pattern: str, given: str, others: str) -> str:
    if pattern.startswith("^20"):
        found = _DAY.fullmatch(given)
        return f"写成 {found[1]}-{found[2]:0>2}-{found[3]:0>2}" if found else "日子写成 2026-11-22 这样"
    if pattern == r"\S":
        return "写上内容"
    if "第" in pattern:
        return "依据写成“法规代号 第…条”，代号在 docs/_data/laws.yml"
    return f"只用小写英文字母、数字和连接号，照着别的{others}的写法改"
