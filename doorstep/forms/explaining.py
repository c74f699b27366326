"""What the form's meta-schema refuses, in words an editor can act on: one table by keyword."""

from __future__ import annotations

import re
from typing import Any

from jsonschema.exceptions import ValidationError

from doorstep.forms.findings import Finding

#: What to write where something required is missing.
_MISSING = {
    "$schema": "urn:doorstep:vocabulary:form",
    "$id": "urn:doorstep:form: 加上文件名",
    "title": "居民看到的话，最多60个字",
    "type": "是哪一种（整张表是 object）",
    "x-service": "这张表属于哪份指南，写它的 id；批准以后才问的写 x-asked",
    "x-readers": "谁会看到填的内容，比如“户口所在街道和区民政局办这件事的工作人员”",
    "x-retention": "内容留多久、到时候怎么处理，照管这件事的法规写",
    "x-sections": "表分成哪几部分，依次写 {id, title, x-why}",
    "x-section": "它在哪一部分，写 x-sections 里的 id",
    "x-why": "为什么要问：一道题写 {text, basis}，一部分写一句话",
    "text": "为什么要问这道题",
    "basis": "哪部法、第几条要求问，比如“社会救助暂行办法第十一条”",
    "required": "一定要答的题的名字，没有就写 []",
    "unevaluatedProperties": "false：表里没有问的不收",
    "uniqueItems": "true：一个选项只能选一次",
    "examples": "一份填好的例子，照存下来的样子写；演示站会替人填上",
    "minLength": "最少几个字",
    "maxLength": "最多几个字",
    "maxItems": "最多几个",
    "not": "为什么选了它就不用申请，不用申请能得到什么",
    "x-messages": '{"not": "为什么选了它就不用申请"}',
    "x-max-pages": "这道题交的照片一共最多几页",
    "x-material": "交的是指南里的哪份材料，写它的 id（how: photo）",
}

_TYPES = {"object": "{…}", "array": "[…]", "string": "文字", "integer": "整数", "boolean": "true 或者 false"}
_NAME = re.compile("^'(.+)' is a required property$")


def finding(error: ValidationError, file: str, prefix: str) -> Finding:
    """The finding of one refusal; `prefix` is the pointer of the part that was checked."""
    pointer = prefix + "".join(f"/{escaped(part)}" for part in error.absolute_path)
    problem, remedy, rule = _explained(error, pointer)
    return Finding(file, 0, problem, remedy, rule, pointer)


def _explained(error: ValidationError, pointer: str) -> tuple[str, str, str]:
    """(problem, remedy, rule)."""
    keyword, value, given = str(error.validator), error.validator_value, error.instance
    part = pointer.rpartition("/")[2] or "这张表"
    if pointer.endswith("/x-messages/not"):
        remedy = '在 x-messages 旁边写 "not": {"enum": ["不用申请的选项的 const"]}，或者去掉它'
        return "写了为什么不用申请，却没有写选什么不用申请", remedy, "stop-without-choice"
    # {"not": {}} and not false: only then does the error's path name the keyword that must go.
    if keyword == "not" and value == {}:
        return f"这里不能写 {part}", "去掉它；这一种题不能这样写", "keyword-unknown"
    if keyword == "not":
        return "“其他”不能作选项和标题", "写清楚有哪几种；说不清的不要", "catch-all"
    if keyword == "required":
        name = _NAME.findall(error.message)[0]
        remedy = f"加上 {name}：{_MISSING.get(name, '能写什么，见 schemas/vocabulary/form.json')}"
        return f"{part} 缺少 {name}", remedy, "keyword-missing"
    if keyword == "additionalProperties" and isinstance(given, dict) and isinstance(error.schema, dict):
        extra = [name for name in given if name not in error.schema.get("properties", {})]
        remedy = "去掉，或者检查有没有写错；能写什么，见 schemas/vocabulary/form.json"
        return f"{part} 里不能写 {'、'.join(extra)}", remedy, "keyword-unknown"
    return f"{part} 的写法不对", _remedy(keyword, value), "keyword-value"


def _remedy(keyword: str, value: Any) -> str:
    remedies = {
        "const": f"只能是 {value}",
        "pattern": f"照着别的表的写法改；要合 {value}",
        "type": f"要写成 {_TYPES.get(str(value), str(value))}",
        "minItems": f"至少写 {value} 个",
        "maxItems": f"最多写 {value} 个",
        "minLength": "写上内容",
        "maxLength": f"最多 {value} 个字",
        "minimum": f"最小是 {value}",
        "maximum": f"最大是 {value}",
        "uniqueItems": "一样的只写一个",
    }
    if keyword == "enum":
        return f"只能是 {'、'.join(map(str, value))}"
    return remedies.get(keyword, "能写什么，见 schemas/vocabulary/form.json 的这个地方")


def escaped(part: str | int) -> str:
    """A name as it stands in a JSON Pointer."""
    return str(part).replace("~", "~0").replace("/", "~1")
