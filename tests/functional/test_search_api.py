"""GET /api/search: what the site's search finds, for programs; strict about what is asked, silent about it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from urllib.parse import quote

import pytest

from chalicelib.composition import compose
from chalicelib.settings import read_settings
from doorstep.applications.keys import mint_submission_key
from doorstep.search.index import ENCODING
from doorstep.serving.application import ServeSettings
from doorstep.startup import ServeError
from tests.functional.house import FORM, ROOT, Answer, Intake, example

COLD = """
import json, sys
from app import create_app
from bench.cold_start import EVENT

environment, answers, key = map(json.loads, sys.argv[1:])
exec(EVENT)  # what API Gateway hands over
app = create_app(environment)
form = "minimum-living-allowance"
path = "/api/forms/{form}/applications"
body = json.dumps({"answers": answers, "submission_key": key}).encode()
stored = app(event("POST", path.format(form=form), path, {"form": form}, body), None)
before = [name for name in sys.modules if name.startswith("doorstep.search")]
asked = event("GET", "/api/search", "/api/search", None, b"") | {"multiValueQueryStringParameters": {"q": ["低保"]}}
found = app(asked, None)
print(json.dumps([stored["statusCode"], before, found["statusCode"], "doorstep.search.ranking" in sys.modules]))
"""


def ask(intake: Intake, words: str, more: str = "") -> Answer:
    return intake.client.get(f"/api/search?q={quote(words)}{more}")


def test_a_result_says_what_it_is_and_leads_to_the_next_step(intake: Intake) -> None:
    answer = ask(intake, "有房子能不能申请低保")
    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.json["results"][0] == {
        "kind": "guide",
        "title": "申请低保",
        "url": f"/services/{FORM}/",
        "summary": "家里钱不够过日子，每月领钱",
        "next": {"title": "在网上申请", "url": f"/apply/{FORM}/"},
        "question": {"title": "有房子能不能申请低保？", "url": f"/services/{FORM}/#question-1"},
    }
    (hotline, *_) = ask(intake, "12345").json["results"]
    assert (hotline["kind"], hotline["url"], hotline["next"]) == ("hotline", "tel:12345", None)
    assert ask(intake, "khtnrz").json == {"results": []}


def test_as_many_as_were_asked_for(intake: Intake) -> None:
    assert len(ask(intake, "看病低保办事窗口").json["results"]) > 1
    assert len(ask(intake, "看病低保办事窗口", "&limit=1").json["results"]) == 1


@pytest.mark.parametrize(
    "query",
    [
        "", "?q=", "?q=%20", "?q=%EF%BC%9F%E2%80%A6%00", "?q=a&q=b", "?q=" + "a" * 61, "?q=%EF%B7%BA" * 4,
        "?words=a", "?q=a&limit=0", "?q=a&limit=51", "?q=a&limit=-1", "?q=a&limit=", "?q=a&limit=1&limit=2",
        "?q=a&limit=%D9%A3", "?q=a&limit=1e1", "?q=a&limit=" + "1" * 5000,
    ],
)  # fmt: skip
def test_422_what_nobody_can_look_for(intake: Intake, query: str) -> None:
    answer = intake.client.get("/api/search" + query)
    assert (answer.status, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json["type"] == "urn:doorstep:problem:search-words"


def test_sixty_characters_are_counted_without_spaces_and_punctuation(intake: Intake) -> None:
    assert ask(intake, "低 保，" * 30).status == 200
    assert ask(intake, "低 保，" * 30 + "？").status == 200
    assert ask(intake, "低 保，" * 30 + "吗").status == 422


def test_what_was_asked_comes_back_in_no_answer_and_no_log(intake: Intake) -> None:
    canary = "金丝雀canary"
    answers = [ask(intake, canary), ask(intake, canary * 9), ask(intake, "低保", f"&limit={quote(canary)}")]
    assert [answer.status for answer in answers] == [200, 422, 422]
    for text in [intake.log.getvalue(), *(answer.text for answer in answers)]:
        for spelled in (canary, quote(canary), "canary", json.dumps(canary).strip('"')):
            assert spelled not in text


def test_nothing_of_the_search_is_loaded_before_somebody_searches(settings: ServeSettings) -> None:
    path = os.pathsep.join(str(ROOT / part) for part in ("functions/intake", "functions/common", "."))
    given = map(json.dumps, (settings.environment(), example(), mint_submission_key(os.urandom)))
    done = subprocess.run(
        [sys.executable, "-c", COLD, *given],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout.splitlines()[-1]) == [201, [], 200, True]


@pytest.mark.parametrize("content", [None, "{", "[]", "{}"])
def test_an_index_that_cannot_be_read_is_told_and_keeps_nobody_from_applying(
    settings: ServeSettings, content: str | None
) -> None:
    index = settings.build / "intake" / "search.txt"
    index.unlink() if content is None else index.write_text(content, encoding=ENCODING)
    house = compose(read_settings(settings.environment()))
    with pytest.raises(ServeError, match=r"search\.txt cannot be read .* build the site again"):
        house.seeking.ranker()
    house.close()
