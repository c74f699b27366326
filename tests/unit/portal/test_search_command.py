"""`doorstep search`: editors see at once what residents would find in the content as it is now."""

from __future__ import annotations

import json

from click.testing import CliRunner, Result

from doorstep.cli import main


def search(*words: str) -> Result:
    return CliRunner().invoke(main, ["search", *words])


def test_a_result_says_kind_title_address_and_next_step() -> None:
    told = search("低保")
    assert told.exit_code == 0
    assert told.output.splitlines()[:2] == [
        "1. 办事指南：申请低保  /services/minimum-living-allowance/",
        "   下一步：在网上申请  /apply/minimum-living-allowance/",
    ]


def test_programs_read_the_same_as_from_the_api() -> None:
    told = search("低", "保", "--json", "--limit", "1")
    (one,) = json.loads(told.output)["results"]
    assert one.keys() == {"kind", "title", "url", "summary", "next", "question"}
    assert (one["kind"], one["next"]["url"]) == ("guide", "/apply/minimum-living-allowance/")


def test_nothing_found_is_said_and_is_exit_1() -> None:
    told = search("ئۇيغۇرچە")
    assert (told.exit_code, told.output) == (1, "没有找到。\n")
    assert json.loads(search("ئۇيغۇرچە", "--json").output) == {"results": []}


def test_what_nobody_can_look_for_is_refused() -> None:
    for words in ("？", "低" * 61):
        told = search(words)
        assert (told.exit_code, told.output) == (1, "写1到60个字，标点和空格不算。\n")


def test_the_published_build_finds_only_what_it_shows() -> None:
    told = search("低保", "--published")
    assert "/services/minimum-living-allowance/" not in told.output
