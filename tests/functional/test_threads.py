"""Requests that run at once never see each other's data."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from tests.functional.house import FORM, Client, Intake, example

THREADS, ROUNDS = 12, 12


def test_twelve_threads_with_payloads_of_their_own(intake: Intake) -> None:
    together = threading.Barrier(THREADS)

    def walk(number: int) -> list[str]:
        client = Client(intake.client.application, address=f"203.0.{number}.7")
        wrong = []
        together.wait()
        for turn in range(ROUNDS):
            address = f"第{number}条路{turn}号"
            answers = example() | {"home_address": address}
            checked = client.post_json(f"/api/forms/{FORM}/check", {"answers": answers}).json
            stored = client.post_json(f"/api/forms/{FORM}/applications", checked).json
            page = client.post_form("/track/", [
                ("reference", stored["reference"]), ("code", stored["access_code"]), ("_do", "answers"),
            ])  # fmt: skip
            if checked["answers"]["home_address"] != address or f">{address}<" not in page.text:
                wrong.append(address)
        return wrong

    with ThreadPoolExecutor(THREADS) as pool:
        assert [found for wrong in pool.map(walk, range(THREADS)) for found in wrong] == []
    assert intake.function.current_request is None
