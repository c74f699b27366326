"""What the site says of its services, for machines: JSON and CSV of all, and each page's own (schema.org)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from doorstep.portal.facts.data import Law
from doorstep.portal.facts.guides import Guide
from doorstep.portal.open_data.service_elements import elements, row

FOLDER = "open-data"
#: So that table programs read Chinese as it is.
MARK = "\ufeff"


def service_files(guides: Iterable[Guide], laws: Mapping[str, Law], origin: str) -> dict[str, bytes]:
    """Contents by path in the site; nothing where no guide is shown."""
    told = [elements(guide, laws, origin) for guide in guides]
    if not told:
        return {}
    newest = max(each["条文核对日期"] for each in told)
    everything = {"名称": "家门口办事指南", "更新日期": newest, "事项": told}
    return {
        f"{FOLDER}/services.json": (json.dumps(everything, ensure_ascii=False, indent=1) + "\n").encode(),
        f"{FOLDER}/services.csv": _table([row(each) for each in told]).encode(),
    }


def linked_data(guide: Guide, origin: str) -> Markup:
    """A GovernmentService of schema.org as JSON that may stand in a page's script element."""
    offices, fee = guide.facts["offices"], guide.facts["fee"]
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": guide.title,
        "description": guide.summary,
        "serviceType": guide.theme,
        "provider": {"@type": "GovernmentOrganization", "name": offices["decide"]},
        "availableLanguage": "zh-CN",
        "availableChannel": [_channel(guide, origin)],
    }
    if "yuan" in fee:
        told["offers"] = {"@type": "Offer", "price": fee["yuan"], "priceCurrency": "CNY"}
    if origin:
        told["url"] = f"{origin}{guide.url}"
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 — no tag left


def _channel(guide: Guide, origin: str) -> dict[str, Any]:
    elsewhere = guide.facts.get("elsewhere")
    channel: dict[str, Any] = {"@type": "ServiceChannel", "name": elsewhere or guide.facts["offices"]["accept"]}
    if not elsewhere:  # the city's own number
        channel["servicePhone"] = {"@type": "ContactPoint", "telephone": "12345"}
    if guide.form and origin:
        channel["serviceUrl"] = f"{origin}/apply/{guide.form}/"
    return channel


def _table(rows: list[dict[str, str]]) -> str:
    """A column for whatever any row has, each before those that follow it in the rows."""
    names: list[str] = []
    for each in rows:
        at = 0
        for name in each:
            if name not in names:
                names.insert(at, name)
            at = names.index(name) + 1
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return MARK + out.getvalue()
