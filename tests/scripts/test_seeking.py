"""Browser and server find the same, to the last number, whatever is asked."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

from doorstep.search.index import KINDS, Index, Link, index_of
from doorstep.search.ranking import Ranker
from tests.this_city import this_portal

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ODD = [
    "", "？", "İstanbul", "ｄｉｂａｏ", "lü", "nv", "xian", "sfz", "asdfgh", "ylbx", "𠮷𠮷家", "低保A4", "12345", "1",
    "é", "e\u0301", "ﾊﾟ", "½", "①②", "٣", "қазақ", "ئۇيغۇر", "低\u200b保", "a" * 60, "保" * 60, "怎么办", "的的的",
    "=0", "~di bao", "^sf",
]  # fmt: skip


def asked(index: Index, dice: random.Random) -> list[str]:
    """Pieces of what the index says, put together anyhow, with characters lost and doubled."""
    phrases = [phrase.text for phrase in index.phrases]
    queries = list(ODD)
    for _ in range(400):
        pieces = [dice.choice(phrases) for _ in range(dice.randint(1, 3))]
        text = "".join(piece[dice.randint(0, 3) :][: dice.randint(1, 9)] for piece in pieces)
        at = dice.randint(0, len(text))
        queries.append(dice.choice([text, text[:at] + text[at + 1 :], text[:at] * 2, " ".join(text)]))
    return queries


def test_browser_and_server_find_the_same(tmp_path: Path) -> None:
    content = this_portal().search_index.content
    (tmp_path / "index").write_bytes(content)
    index = index_of(content)
    queries = asked(index, random.Random(6))
    done = subprocess.run(
        ["node", "--no-warnings", str(HERE / "seek_cli.mjs"), str(tmp_path / "index")],
        input="\n".join(map(json.dumps, queries)), capture_output=True, text=True, check=True,
    )  # fmt: skip
    ranker = Ranker(index)
    found = 0
    for query, line in zip(queries, done.stdout.splitlines(), strict=True):
        here = ranker.search(query)
        assert json.loads(line) == [
            [page._asdict() | {"next": _link(page.next)}, score, _link(question)] for page, score, question in here
        ], query
        found += bool(here)
    assert found > 350


def test_browser_and_editors_call_each_kind_the_same() -> None:
    words = (ROOT / "theme/scripts/seeking/words.js").as_uri()
    said = f"import {{ words }} from '{words}'; console.log(JSON.stringify(words.kinds));"
    done = subprocess.run(
        ["node", "--no-warnings", "--input-type=module"], input=said, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == KINDS
    assert {page.kind for page in index_of(this_portal().search_index.content).pages} == KINDS.keys()


def _link(link: Link | None) -> dict[str, str] | None:
    return link._asdict() if link else None
