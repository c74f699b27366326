"""The forms people apply with: which version of each is asked now, and its schema, whole, at an address of its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from doorstep.forms.bundle import version_of
from doorstep.forms.library import read_bundle, read_index
from doorstep.portal.facts.guides import Guide
from doorstep.portal.open_data.datasets import FOLDER, as_json, known

COLUMNS = {
    "名称": "表的名字",
    "本站编号": "网址里用的英文名，定了就不改",
    "办什么事": "办事指南的编号，和“办事指南”那张表对得上",
    "版本": "表的内容算出来的校验码（SHA-256），内容一变它就变",
    "公布日期": "这一版哪一天公布的",
    "谁会看到": "填的内容谁会看到",
    "保存多久": "填的内容保存多久",
    "表的结构": "问哪些题、怎么算填对，写成JSON Schema（2020-12）的文件",
    "填表网页": "在网上填的网页",
}


def form_rows(guides: Mapping[str, Guide], schemas: Path, origin: str) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    """The rows, and by path in the site each form's schema. `guides` are those of this build by their form's id."""
    published = {(one.form, one.version): one.published_on for one in read_index(schemas)}  # the last day of each
    rows, files = [], {}
    for form, guide in guides.items():
        bundled = read_bundle(schemas, form)
        version, path = version_of(bundled), f"{FOLDER}/forms/{form}.json"
        since = published.get((form, version))
        files[path] = as_json(bundled)
        rows.append(known({
            "名称": bundled["title"],
            "本站编号": form,
            "办什么事": guide.id,
            "版本": version,
            "公布日期": since and since.isoformat(),
            "谁会看到": bundled["x-readers"],
            "保存多久": bundled["x-retention"],
            "表的结构": f"{origin}/{path}",
            "填表网页": f"{origin}/apply/{form}/",
        }))  # fmt: skip
    return rows, files
