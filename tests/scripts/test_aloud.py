"""What a page says aloud is what it says to everyone: no answer, reference or code, which people around would hear."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Page

from doorstep.forms.library import load_library
from doorstep.forms.rendering import render_answers
from doorstep.places import load_places
from tests.scripts.walking import CANARIES, to_answers

ROOT = Path(__file__).parents[2]
READ = """async () => {
  const { passagesOf } = await import('/scripts/sight/passages.js');
  const { reader } = await import('/scripts/sight/reader.js');
  const said = [];
  const speech = { speak(one) { said.push(one.text); one.onend(); }, cancel() {} };
  document.querySelectorAll('.ds-section, .ds-field').forEach((one) => { one.hidden = false; });
  reader(speech, (text) => ({ text }), passagesOf(document.getElementById('main')), () => {}).begin();
  return said.join('').replace(/\\s/g, '');
}"""


def test_what_is_typed_is_not_read(form: Page) -> None:
    for name, typed in zip(("applicant_name", "applicant_id", "income_work"), ("测试人员", *CANARIES), strict=False):
        form.evaluate("([id, text]) => { document.getElementById(id).value = text; }", [name, typed])
    said = form.evaluate(READ)
    assert "申请人姓名" in said
    assert not [typed for typed in ("测试人员", *CANARIES) if typed in said]


def test_neither_answers_nor_what_opens_them_are_read(form: Page) -> None:
    sample = load_library(ROOT / "schemas").current("minimum-living-allowance")
    places = load_places(ROOT / "docs" / "places" / "divisions.json")
    assert sample is not None
    assert sample.example is not None
    shown = str(render_answers(sample, places, instance=sample.example, action="/", key="k"))
    own = json.dumps(sample.example, ensure_ascii=False)
    typed = [line for line in re.findall("<bdi>(.{4,})</bdi>", shown) if f'"{line}"' in own]
    assert len(typed) > 2
    form.evaluate("(html) => { document.getElementById('main').innerHTML = html; }", shown)
    said = form.evaluate(READ)
    assert "核对无误" in said
    assert not [line for line in typed if re.sub(r"\\s", "", line) in said]


def test_what_opens_an_application_is_not_read(form: Page) -> None:
    to_answers(form)
    form.get_by_role("button", name="确认提交").click()
    form.locator("#access-code").wait_for()
    said = form.evaluate(READ)
    assert "收件回执" in said
    assert "AAAA" not in said
