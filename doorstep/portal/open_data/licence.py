"""How others may use what is ours: one of the licences known here, as docs/_data/site.yml names it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from doorstep.portal.facts.confirmed import is_confirmed

#: By id: title, address of the text, and what it means. An editor names one and writes no address.
LICENCES = {
    "CC-BY-4.0": (
        "知识共享 署名 4.0",
        "https://creativecommons.org/licenses/by/4.0/deed.zh-hans",
        "可以转载、改编，也可以做成产品，只要写明内容来自哪里、改过没有。",
    ),
    "CC0-1.0": (
        "知识共享 公共领域贡献 1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/deed.zh-hans",
        "怎么用都行，不用写来源。",
    ),
}


class Licence(NamedTuple):
    """`decided` is false while it is proposed only, which the demonstration alone tells."""

    id: str
    title: str
    address: str
    text: str
    decided: bool

    @property
    def told(self) -> dict[str, str]:
        """What stands in the files."""
        proposed = {} if self.decided else {"说明": "这是建议，还没有单位定下来"}
        return {"名称": f"{self.title}（{self.id}）", "地址": self.address} | proposed


def licence_of(facts: Mapping[str, Any] | None, *, demo: bool) -> Licence | None:
    """`facts`: {id, confirmed_by?, confirmed_on?}. The published build tells none that no office has decided."""
    if not facts or not (demo or is_confirmed(facts)):
        return None
    return Licence(facts["id"], *LICENCES[facts["id"]], is_confirmed(facts))
