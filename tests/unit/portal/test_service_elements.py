"""What machines are told of a service is what its guide says: nothing more, and nothing that is unknown."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from doorstep.portal.facts.guides import Guide
from doorstep.portal.open_data.linked_data import linked_data
from doorstep.portal.open_data.service_elements import COLUMNS, elements
from doorstep.portal.site import Portal
from tests.this_city import this_portal

ROOT = Path(__file__).parents[3]
ORIGIN = "https://www.example.org"
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


@pytest.fixture(scope="module")
def portal() -> Portal:
    return this_portal()


@pytest.fixture
def guide(portal: Portal) -> Guide:
    return next(guide for guide in portal.guides if guide.id == "minimum-living-allowance")


def changed(guide: Guide, **facts: Any) -> Guide:
    return replace(guide, form=facts.get("form"), facts={**guide.facts, **facts})


def test_every_guide_is_told_with_its_facts_and_without_a_gap(portal: Portal) -> None:
    for guide in portal.guides:
        told = elements(guide, portal.laws, ORIGIN)
        assert (told["事项名称"], told["实施主体"]) == (guide.title, guide.facts["offices"]["decide"])
        assert [paper["名称"] for paper in told["申请材料"]] == [one["title"] for one in guide.facts["materials"]]
        assert ("法定办结时限" in told) == any("basis" in limit for limit in guide.facts["limits"])
        assert ("网上办理地址" in told) == (guide.form is not None)
        assert not re.search(r'null|None|""|\[\]', json.dumps(told, ensure_ascii=False))
        assert [name for name in COLUMNS if name in told] == list(told)


def test_a_legal_limit_and_a_committed_one_are_two_things(portal: Portal, guide: Guide) -> None:
    told = elements(guide, portal.laws)
    (limit,) = told["法定办结时限"]
    assert (limit["天数"], limit["特殊情况最多"], limit["单位"], limit["起算"]) == (30, 45, "工作日", "受理")
    assert "承诺办结时限" not in told
    committed = {"id": "decision", "from": "accepted", "days": 20, "unit": "working_day"}
    committed |= {"confirmed_by": "区民政局", "confirmed_on": "2026-11-01"}
    told = elements(changed(guide, limits=[committed]), portal.laws)
    assert [limit["确认单位"] for limit in told["承诺办结时限"]] == ["区民政局"]
    assert "法定办结时限" not in told


@pytest.mark.parametrize(
    ("fee", "told"),
    [
        ({"yuan": 0}, {"是否收费": "否"}),
        ({"note": "按医院的标准收"}, {"收费说明": "按医院的标准收"}),
        (
            {"yuan": 20, "basis": "civil-code 第一条"},
            {"是否收费": "是", "收费标准": "20元", "收费依据": "《中华人民共和国民法典》（2020年公布）第一条"},
        ),
    ],
)
def test_a_fee_is_told_as_far_as_it_is_known(
    portal: Portal, guide: Guide, fee: dict[str, Any], told: dict[str, str]
) -> None:
    found = elements(changed(guide, fee=fee), portal.laws)
    assert {name: value for name, value in found.items() if "收费" in name} == told


def test_a_service_done_elsewhere_says_where_and_claims_no_form_of_ours(portal: Portal, guide: Guide) -> None:
    told = elements(changed(guide, elsewhere="国家医保服务平台（手机应用）"), portal.laws)
    assert told["办理渠道"] == "国家医保服务平台（手机应用）"
    assert not {"办理形式", "网上办理地址"} & set(told)


def test_a_law_that_nobody_read_says_so(portal: Portal, guide: Guide) -> None:
    told = elements(changed(guide, laws=["relief-2014", "civil-code 第一条"]), portal.laws)
    assert [law.endswith("（原文还没有核对）") for law in told["设定依据"]] == [True, False]


def test_a_page_says_the_same_to_machines(demo: Path, portal: Portal) -> None:
    for guide in portal.guides:
        html = (demo / "site" / "services" / guide.id / "index.html").read_text(encoding="utf-8")
        (text,) = DATA.findall(html)
        told = json.loads(text)
        assert (told["@type"], told["name"]) == ("GovernmentService", guide.title)
        assert "url" not in told, "nobody has told this build where it will stand"
        assert ("offers" in told) == ("yuan" in guide.facts["fee"])


def test_no_word_of_a_guide_ends_the_script_it_stands_in(guide: Guide) -> None:
    text = str(linked_data(replace(guide, summary="</script><b>&"), ORIGIN))
    assert not set("<>&") & set(text)
    told = json.loads(text)
    assert told["description"] == "</script><b>&"
    assert told["url"] == f"{ORIGIN}{guide.url}"
