"""`doorstep reconcile` as an operator runs it, over papers that a resident sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from doorstep.serving.application import ServeSettings
from tests.functional.house import Intake
from tests.functional.office_house import run_office
from tests.functional.papers import answers, examine_all, fresh_key, named, photo, run_with_papers
from tests.functional.test_files_api import sent
from tests.functional.test_reconcile_commands import doorstep


@pytest.fixture
def intake(settings: ServeSettings) -> Iterator[Intake]:
    running = run_with_papers(settings)
    yield running
    running.function.stop()


def test_an_operator_sees_which_papers_are_gone_or_altered(intake: Intake, settings: ServeSettings) -> None:
    key = fresh_key()
    digests = [sent(intake, photo(number), key) for number in (1, 2)]
    assert examine_all(settings) == 2
    done = intake.submit(answers(bills=digests), key)
    assert done.status == 201, done.text
    reference = done.json["reference"]
    run_office(settings).function.stop()
    assert doorstep(settings, "checkpoint").returncode == 0
    sound = doorstep(settings, "reconcile")
    assert (sound.returncode, sound.stderr) == (0, "")
    assert sound.stdout.startswith(
        "looked at 1 application, 1 sealed item, 2 papers, 0 readings and 1 checkpoint: all is as it was\n"
    )
    gone, altered = (named(key, digest).name for digest in digests)
    ready = settings.var / "files" / "ready" / reference
    (ready / f"{gone}.1").unlink()
    (ready / f"{altered}.1").write_bytes(b"another picture")
    found = doorstep(settings, "reconcile")
    assert found.returncode == 1
    assert f"file {gone} of {reference}: missing: its head names it, and it is not where files rest" in found.stdout
    assert (
        f"file {altered} of {reference}: altered: what was kept of it is not what the examiner made of it"
        in found.stdout
    )
    assert found.stdout.count("\nfile ") + found.stdout.startswith("file ") == 2
    for private in ("private.pem", "notifier.pem"):
        (settings.var / "office" / private).rename(settings.var / private)
    without = doorstep(settings, "reconcile")
    assert f"file {gone} of {reference}: missing" in without.stdout
    assert f"file {altered} of {reference}: altered" in without.stdout  # the examiner's public key tells
    assert "and papers: content was not checked, as the office's private keys are not here" in without.stdout
