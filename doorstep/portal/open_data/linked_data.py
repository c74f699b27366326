"""What the page of a service says of it to machines, in the words of schema.org."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from doorstep.portal.facts.guides import Guide


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
