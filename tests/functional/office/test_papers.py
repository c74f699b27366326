"""Papers in the office: listed at their question, looked at page by page, each look recorded by an opaque name."""

from __future__ import annotations

import re
from base64 import b64encode

import pytest

from tests.functional.office.hall import Hall, Tab, accepted, opened
from tests.functional.office.papers import Papers, photographed
from tests.functional.office.people import house_of, kind


@pytest.fixture
def papers(hall: Hall) -> Papers:
    return Papers(hall)


def looks(tab: Tab) -> list[tuple[str, str]]:
    """The page's buttons that look at something: what they say, and their value."""
    return [
        (re.sub("<[^>]+>.*", "", words), value)
        for value, words in re.findall(r'name="look" value="([^"]+)"[^>]*>(.*?)</button>', tab.html)
    ]


def look(tab: Tab, value: str) -> Tab:
    return tab.press("/papers", look=value)


def readings(hall: Hall) -> list[str]:
    return [entry.what for entry in house_of(hall.office).records.readings.page().entries]


def test_papers_stand_at_their_question_and_say_how_each_stands(papers: Papers) -> None:
    bills = [papers.kept(b"one", 2), papers.sent(b"two"), papers.sent(b"three")]
    reference = papers.submit(*bills)
    papers.refuse(bills[1], "locked")
    tab = opened(papers.hall.person(), reference)
    assert looks(tab) == [("看第1份，共2页", f"{bills[0].name}:1:0:fit")]
    words = " ".join(tab.text.split())
    assert "第2份：没有收下（PDF有密码，打不开）" in words
    assert "第3份：正在检查" in words
    assert "诊断证明或出院小结 没有交" in words
    assert all(file.digest not in tab.html for file in bills)
    assert readings(papers.hall) == ["answers"]


def test_pages_are_leafed_through_across_papers_and_each_is_recorded(papers: Papers) -> None:
    first, second, third = papers.kept(b"one", 2), papers.kept(b"two"), papers.kept(b"three")
    reference = papers.submit(first, second, diagnosis=(third,))
    tab = opened(papers.hall.person(), reference)
    page = look(tab, f"{first.name}:1:0:fit")
    assert page.status == 200
    assert page.answer is not None
    assert page.answer.headers["cache-control"] == "no-store"
    assert page.answer.headers["x-content-type-options"] == "nosniff"
    assert "第1份，第1页，共2页" in page.text
    assert f"data:image/jpeg;base64,{b64encode(photographed(1, b'one').jpeg).decode()}" in page.html
    assert page.html.count("data:image") == 1
    way = []
    while following := [value for words, value in looks(page) if words.startswith("下")]:
        way.append(next(words for words, _ in looks(page) if words.startswith("下")))
        page = look(page, following[0])
    assert way == ["下一页", "下一份", "下一样：诊断证明或出院小结"]
    assert "诊断证明或出院小结" in page.page.title
    seen = [(first.name, 1), (first.name, 2), (second.name, 1), (third.name, 1)]
    assert readings(papers.hall) == [f"file:{name}:{number}" for name, number in reversed(seen)] + ["answers"]
    back = next(value for words, value in looks(page) if words.startswith("上"))
    assert back == f"{second.name}:1:0:fit"


def test_a_page_is_turned_and_shown_in_its_own_size(papers: Papers) -> None:
    file = papers.kept(b"one", 2)
    tab = opened(papers.hall.person(), papers.submit(file))
    page = look(tab, f"{file.name}:1:90:fit")
    assert 'viewBox="0 0 800 601"' in page.html
    assert 'transform="translate(800 0) rotate(90)"' in page.html
    buttons = dict(looks(page))
    assert buttons["下一页"] == f"{file.name}:2:90:fit"
    assert buttons["向右转"] == f"{file.name}:1:180:fit:right"
    assert buttons["向左转"] == f"{file.name}:1:0:fit:left"
    assert "autofocus>下一页" in page.html
    page = look(page, buttons["看原来大小"])
    assert "of-sheet-view--actual" in page.page.classes
    assert dict(looks(page))["适合页面宽度"] == f"{file.name}:1:90:fit:other"
    turned = look(page, buttons["向右转"])
    assert [re.sub(" *$", "", words) for words in re.findall("autofocus>([^<]*)<", turned.html)] == ["向右转"]


@pytest.mark.parametrize("value", ["", "x", "{name}:0:0:fit", "{name}:1:45:fit", "{name}:1:0:huge", "{name}:1:0:fit "])
def test_what_no_button_says_opens_nothing(papers: Papers, value: str) -> None:
    file = papers.kept(b"one")
    reference = papers.submit(file)
    said = ("look", value.format(name=file.name)), ("why", "check")
    answer = papers.hall.person().submit(f"/applications/{reference}/papers", *said)
    assert (answer.status, kind(answer), readings(papers.hall)) == (404, "unknown-page", [])


def test_a_paper_that_is_not_ready_says_why_and_is_not_recorded(papers: Papers) -> None:
    waits, bad = papers.sent(b"one"), papers.sent(b"two")
    reference = papers.submit(waits, bad)
    papers.refuse(bad, "unsafe")
    clerk = papers.hall.person()
    for file, words in ((waits, "正在检查"), (bad, "可能有病毒")):
        said = ("look", f"{file.name}:1:0:fit"), ("why", "check")
        answer = clerk.submit(f"/applications/{reference}/papers", *said)
        assert answer.status == 409
        assert words in answer.text
    assert readings(papers.hall) == []


def test_what_was_altered_is_not_shown_and_the_operator_is_told(papers: Papers) -> None:
    file = papers.kept(b"one")
    reference = papers.submit(file)
    (path,) = (papers.hall.office.settings.var / "files" / "ready" / reference).glob(f"{file.name}.*")
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    said = ("look", f"{file.name}:1:0:fit"), ("why", "check")
    answer = papers.hall.person().submit(f"/applications/{reference}/papers", *said)
    assert (answer.status, kind(answer)) == (500, "tampered")
    assert "data:image" not in answer.text
    assert f"file {file.name}: the examiner did not make this" in papers.hall.log
    assert file.digest not in papers.hall.log


def test_an_auditor_sees_who_looked_at_which_paper_and_no_paper(papers: Papers) -> None:
    file = papers.kept(b"one", 3)
    reference, clerk = papers.submit(file), papers.hall.person()
    page = look(opened(clerk, reference), f"{file.name}:1:0:fit")
    look(look(page, f"{file.name}:3:0:fit"), f"{file.name}:3:90:fit")
    auditor = papers.hall.person("auditor")
    for path in ("/audit", f"/applications/{reference}"):
        tab = Tab(auditor).open(path)
        assert f"一份材料（{file.name[:6]}）的第1、3页" in tab.text
        assert "结算单和发票" not in tab.text
    assert f"代号{file.name[:6]}" in page.text
    singly = Tab(auditor).open("/audit").html.split("一条一条看")[1].split("</ul>")[0]
    assert singly.count("<li>") == 3
    assert f"一份材料（{file.name[:6]}）的第1页" in singly
    assert f"代号{file.name[:6]}" in opened(clerk, reference).text
    answer = auditor.submit(f"/applications/{reference}/papers", ("look", f"{file.name}:1:0:fit"), ("why", "check"))
    assert answer.status == 403


def test_a_notice_about_photos_needs_no_typing_and_keeps_its_ticks(papers: Papers) -> None:
    reference = papers.submit(papers.kept(b"one"))
    tab = opened(papers.hall.person(), reference)
    assert "paper-why:bills" not in tab.html  # it is asked for where it was photographed
    tab.press("/return", "take", field="/diagnosis_papers", **{"field-quick__/bill_papers": ["unclear", "pages"]})
    assert tab.status == 422
    kept = tab.form("/return").fields
    assert [value for name, value in kept if name == "field-quick:/bill_papers"] == ["unclear", "pages"]
    tab.press(
        "/return",
        "take",
        field=["/bill_papers", "/diagnosis_papers"],
        **{"field-why__/bill_papers": "第二张", "field-why__/diagnosis_papers": "要盖章的"},
    )
    assert "已经请居民补正" in tab.done
    text = opened(papers.hall.person(name="乙"), reference).text
    assert "看不清，请重新拍清楚；缺页，请把每一页都交上；第二张" in text
    assert "要盖章的" in text


def test_papers_to_be_brought_are_asked_for_as_papers_or_at_the_question_how(papers: Papers) -> None:
    reference = papers.submit()
    tab = opened(papers.hall.person(), reference)
    assert "想请他改成拍照交，就勾上面的“结算单和发票怎么交？”" in tab.text
    tab.press("/return", "take", field="/papers_how", paper="bills",
              **{"field-why__/papers_how": "拍照交就行", "paper-why__bills": "带原件"})  # fmt: skip
    assert "已经请居民补正" in tab.done


def test_brought_papers_are_ticked_and_photographed_ones_are_not(hall: Hall, papers: Papers) -> None:
    brings, clerk = papers.submit(), hall.person()
    tab = accepted(clerk, brings, seen="identity")
    assert tab.errors == ["医疗费用结算单和发票：看过了就勾上；没有看的，选一个不用看的原因"]
    tab.press("/accept", "take", seen=["identity", "bills"])
    assert tab.done == "已经正式受理。"
    other = Papers(hall)
    other.submit(other.kept(b"one"))
    assert accepted(clerk, other.reference, seen="identity").done == "已经正式受理。"


def test_a_paper_that_a_correction_took_away_is_seen_under_it(papers: Papers) -> None:
    first = papers.kept(b"one", 2)
    reference, clerk = papers.submit(first), papers.hall.person()
    typed = {"field-quick__/bill_papers": "wrong"}
    opened(clerk, reference).press("/return", "take", field="/bill_papers", **typed)
    second = papers.kept(b"two")
    papers.correct({"bill_papers": [second.digest]})
    tab = opened(clerk, reference, "correction")
    new = ("看第1份（新加的），共1页", f"{second.name}:1:0:fit")
    gone = ("看第1份（居民已去掉），共2页", f"{first.name}:1:0:fit")
    assert looks(tab) == [new, gone, new]  # with what the resident changed, the newer one first, and at its question
    page = look(tab, gone[1])
    assert "（居民已去掉），第1页" in page.page.title
    assert [words for words, _ in looks(page) if words[0] in "上下"] == ["下一页", "下一页"]  # above and below it
    assert "居民已去掉" not in look(opened(clerk, reference, "correction"), new[1]).text


def test_answers_are_read_while_the_files_do_not_answer(papers: Papers) -> None:
    reference = papers.submit(papers.kept(b"one"))
    folder = papers.hall.office.settings.var / "files" / "ready" / reference
    folder.rename(folder.with_name("elsewhere"))
    folder.write_bytes(b"no folder")  # listing it fails as a disk's trouble does
    tab = opened(papers.hall.person(), reference)
    assert tab.status == 200
    assert "第1份：现在查不了，过几分钟再打开这份申请" in " ".join(tab.text.split())
    accepting = Tab(papers.hall.person(name="乙")).open(f"/applications/{reference}/steps/accept")
    assert accepting.press("/accept", "form").status == 503  # which papers are to be seen, nobody knows


def test_one_photo_that_cannot_be_looked_at_is_named_when_it_is_accepted(papers: Papers) -> None:
    bills = [papers.kept(b"one"), papers.sent(b"two"), papers.sent(b"three")]
    reference = papers.submit(*bills)
    papers.refuse(bills[1], "locked")
    tab = accepted(papers.hall.person(), reference, seen="identity")
    assert tab.errors == ["医疗费用结算单和发票：看过了就勾上；没有看的，选一个不用看的原因"]
    assert "第2份现在看不了：看原件，或者先请居民补" in tab.text
    assert "第3份正在检查，过几分钟再受理" in tab.text


def test_photos_examined_while_a_clerk_accepts_cost_them_nothing(papers: Papers) -> None:
    file = papers.sent(b"one")
    reference, clerk = papers.submit(file), papers.hall.person()
    tab = Tab(clerk).open(f"/applications/{reference}/steps/accept").press("/accept", "form")
    assert "第1份正在检查" in tab.text
    papers.kept(b"one")
    said = {"seen": "identity", "seen-why__bills": "other", "seen-other__bills": "原件在窗口看了"}
    tab.press("/accept", "take", **said)
    assert len(tab.errors) == 1  # the identity, and nothing about photos
    assert "照片刚检查完，现在能看了" in tab.text
    assert "原件在窗口看了" in tab.html
    tab.press("/accept", "take", identity_checked="yes", **{"seen-other__bills": " "})
    assert tab.errors == ["医疗费用结算单和发票：看过了就勾上；没有看的，选一个不用看的原因"]
    tab.press("/accept", "take", **{"seen-other__bills": "原件在窗口看了"})
    assert tab.done == "已经正式受理。"
    assert "医疗费用结算单和发票：没有看，因为：原件在窗口看了" in opened(clerk, reference).text


def test_what_leads_on_from_a_page_with_ticks_opens_beside_it(hall: Hall) -> None:
    clerk, reference = hall.person(), hall.reference()
    opened(clerk, reference).press("/return", "take", field="/phone", **{"field-why__/phone": "打不通"})
    html = opened(clerk, reference).html
    for action in ("steps/accept", "steps/transfer", "notice"):
        assert re.search(f'(action|href)="/applications/{reference}/{action}" target="_blank"', html), action
    assert "没有点“发给居民补正”，就没有发" in html


def test_a_notice_names_the_photos_it_means_and_says_they_can_be_sent_online(papers: Papers) -> None:
    reference = papers.submit(papers.kept(b"one"), papers.kept(b"two"), papers.kept(b"three"))
    clerk = papers.hall.person()
    typed = {"field-quick__/bill_papers": "unclear", "field-file__/bill_papers": ["3", "2", "x"]}
    tab = opened(clerk, reference).press("/return", "take", field="/diagnosis_papers", **typed)
    kept = [value for name, value in tab.form("/return").fields if name == "field-file:/bill_papers"]
    assert (tab.status, kept) == (422, ["2", "3"])
    tab.press("/return", "take", field=["/bill_papers", "/phone"], **{"field-why__/phone": "打不通"})
    sheet = Tab(clerk).open(f"/applications/{reference}").press("/notice").text
    asked, photos = sheet.split("要补拍的")[:2]
    assert "打不通" in asked
    assert "第2份、第3份：看不清，请重新拍清楚" in photos
    assert "能在网上补" in sheet


def test_only_papers_that_can_be_missing_are_offered_to_ask_for(papers: Papers) -> None:
    tab = opened(papers.hall.person(), papers.submit())  # nobody applies for them, and they are no poor household
    listed = tab.html.split("还缺哪些材料</h3>")[1]
    for paper, offered in (("application", False), ("mandate", False), ("income-check", False),
                           ("identity", True), ("bills", True), ("insurance", True)):  # fmt: skip
        assert (f'id="p-{paper}"' in listed) is offered, paper
    assert listed.count("数据共享能查到") == 1
    assert "（数据共享能查到，一般不用居民交）" in listed.split('id="p-insurance"')[1].split("</label>")[0]
