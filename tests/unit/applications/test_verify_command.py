"""`doorstep verify`: a receipt is genuine or refused, and its holder can prove what they sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from doorstep.applications import encoding
from doorstep.applications.follow import follow, read_answers
from doorstep.applications.receipt import proves, verify_receipt
from doorstep.cli import main
from tests.unit.applications.conftest import ANSWERS, Counter


class Holder:
    """A resident with a receipt in a file, and the key that was sealed with the answers."""

    def __init__(self, counter: Counter, folder: Path) -> None:
        done = counter.submit(counter.key())
        sealed = read_answers(counter.desk, follow(counter.desk, done.reference, done.access_code or ""))
        self.answers, self.key = sealed["answers"], sealed["commitment_key"]
        self.receipt = folder / "receipt"
        self.receipt.write_text(done.receipt + "\n")
        self.keys = folder / "keys.json"
        self.keys.write_text(json.dumps(counter.desk.keys.public_keys.jwk_set()))

    def verify(self, *more: str, content: Any = None) -> Result:
        file = self.receipt.with_name("answers.json")
        file.write_text(content if isinstance(content, str) else json.dumps(content))
        given = ["--answers", str(file)] if content is not None else []
        return CliRunner().invoke(main, ["verify", str(self.receipt), "--keys", str(self.keys), *given, *more])


@pytest.fixture
def holder(counter: Counter, tmp_path: Path) -> Holder:
    return Holder(counter, tmp_path)


def test_a_receipt_proves_the_answers_it_was_given_for(holder: Holder) -> None:
    assert holder.verify().output.startswith("genuine: ")
    done = holder.verify("--commitment-key", holder.key, content=holder.answers)
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "given for exactly these answers")
    again = dict(reversed(holder.answers.items()))  # another spelling of the same answers
    assert holder.verify("--commitment-key", holder.key, content=again).exit_code == 0


def test_other_answers_or_another_key_are_refused_and_not_repeated(holder: Holder) -> None:
    others: list[Any] = [ANSWERS | {"rooms": 3}, {}, [], "{", ANSWERS | {"rooms": 2.5}, "[" * 100_000]
    for content in others:
        done = holder.verify("--commitment-key", holder.key, content=content)
        assert done.exit_code == 1
        assert "not given for these answers" in done.output or "not JSON" in done.output
        assert ANSWERS["applicant_name"] not in done.output
    for key in ("", "A", "é", encoding.encode(bytes(32))):
        assert holder.verify("--commitment-key", key, content=ANSWERS).exit_code == 1


def test_answers_and_key_belong_together(holder: Holder) -> None:
    assert holder.verify(content=ANSWERS).exit_code == 2
    assert holder.verify("--commitment-key", holder.key).exit_code == 2


def test_proving_never_raises(counter: Counter) -> None:
    facts = verify_receipt(counter.submit(counter.key()).receipt, counter.desk.keys.public_keys)
    for instance in (None, 1.5, {1: 1, "a": 2}, "\ud800", object()):
        assert not proves(facts, instance, encoding.encode(bytes(32)))
