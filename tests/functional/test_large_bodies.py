"""Bodies with files in them: bounded memory, fairly shared, and nobody held up by who sends slowly or nothing."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from doorstep.serving.application import ServeSettings
from doorstep.serving.bodies import Body
from doorstep.serving.large_bodies import LargeBodies, Place
from tests.functional.house import FORM, example
from tests.functional.running import Server, running
from tests.functional.test_bodies import begin, head, heard
from tests.functional.test_server import fresh_key

LIMIT = 1000
WITH_FILES = "multipart/form-data; boundary=BOUNDARY"
PAGE = f"/apply/{FORM}/"


class Sender:
    """Sends piece after piece, when the test says so."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[Mapping[str, Any]] = asyncio.Queue()

    def send(self, size: int, *, last: bool = False) -> None:
        self.queue.put_nowait({"type": "http.request", "body": b"x" * size, "more_body": not last})

    def leave(self) -> None:
        self.queue.put_nowait({"type": "http.disconnect"})

    async def receive(self) -> Mapping[str, Any]:
        return await self.queue.get()


def bodies(**parts: Any) -> LargeBodies:
    return LargeBodies(**({"memory": 3000, "share": 1500, "patience": 0.3, "slowest": 5000, "longest": 2.0} | parts))


def told(scene: Callable[[], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        return await scene()

    # In a thread of its own: a browser of another test may have a loop running in this one.
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, run()).result()


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def start(place: Place, sender: Sender, length: str = "") -> asyncio.Task[Body]:
    return asyncio.ensure_future(place.read(length, WITH_FILES, sender.receive, LIMIT))


def test_a_body_in_pieces_comes_whole() -> None:
    async def scene() -> Body:
        sender = Sender()
        for size in (400, 400, 0):
            sender.send(size, last=size == 0)
        with bodies().place("a") as place:
            return await start(place, sender, "800")

    assert told(scene) == Body(b"x" * 800)


def test_too_much_is_read_to_its_end_and_not_kept() -> None:
    async def scene() -> tuple[Body, list[int]]:
        sender, kept, all_bodies = Sender(), [], bodies()
        with all_bodies.place("a") as place:
            reading = start(place, sender)
            for number in range(20):
                sender.send(200, last=number == 19)
                await settle()
                kept.append(place.held)
            return await reading, kept

    body, kept = told(scene)
    assert body.problem == "files-too-large"
    assert len(body.content) < 100
    assert max(kept) < LIMIT
    assert not sum(kept[5:])


def test_what_is_far_too_much_by_its_own_word_is_not_waited_for() -> None:
    async def scene() -> Body:
        with bodies().place("a") as place:
            return await start(place, Sender(), "9" * 30)

    assert told(scene) == Body(problem="files-too-large")


@pytest.mark.parametrize("trickle", [0, 10])
def test_who_sends_nothing_or_a_trickle_has_a_moment_only(trickle: int) -> None:
    async def scene() -> tuple[Body, float]:
        sender = Sender()
        with bodies().place("a") as place:
            began = time.monotonic()
            reading = start(place, sender, "900")
            while not reading.done():
                if trickle:
                    sender.send(trickle)
                await asyncio.sleep(0.02)
            return await reading, time.monotonic() - began

    body, seconds = told(scene)
    assert body == Body(problem="too-slow")
    assert seconds < 1.5


def test_who_keeps_the_pace_has_longer_than_a_moment() -> None:
    async def scene() -> Body:
        sender = Sender()
        with bodies(slowest=500).place("a") as place:
            reading = start(place, sender)
            for number in range(9):
                await asyncio.sleep(0.1)
                sender.send(100, last=number == 8)
            return await reading

    assert told(scene) == Body(b"x" * 900)


def test_one_that_breaks_off_is_not_taken_for_whole() -> None:
    async def scene() -> Body:
        sender = Sender()
        with bodies().place("a") as place:
            sender.send(100)
            sender.leave()
            return await start(place, sender)

    assert told(scene) == Body(problem="cut-off")


def test_a_flood_is_its_own_networks_loss() -> None:
    """Whoever fills what one network may hold loses the slowest; a neighbour with little goes on."""

    async def scene() -> tuple[list[Body], Body]:
        with ExitStack() as stack:
            everything = bodies()
            flood = [(stack.enter_context(everything.place("flood")), Sender()) for _ in range(8)]
            phone, mine = stack.enter_context(everything.place("phone")), Sender()
            reading = start(phone, mine)
            readings = [start(place, sender) for place, sender in flood]
            mine.send(500)
            for _ in range(9):
                for _, sender in flood:
                    sender.send(100)
                await settle()
                assert sum(place.held for place, _ in flood) <= 1500
            mine.send(400, last=True)
            for _, sender in flood:
                sender.send(0, last=True)
            return await asyncio.gather(*readings), await reading

    floods, phone = told(scene)
    assert phone == Body(b"x" * 900)
    assert [body.problem for body in floods].count("busy") >= 6


def test_many_networks_that_hold_much_give_way_to_one_that_holds_little() -> None:
    async def scene() -> tuple[list[Body], Body, int]:
        with ExitStack() as stack:
            everything = bodies()
            flood = [(stack.enter_context(everything.place(str(number))), Sender()) for number in range(10)]
            readings = [start(place, sender) for place, sender in flood]
            for _, sender in flood:
                sender.send(800)
            await settle()
            most = sum(place.held for place, _ in flood)
            phone, mine = stack.enter_context(everything.place("phone")), Sender()
            reading = start(phone, mine)
            mine.send(700, last=True)
            body = await reading
            for _, sender in flood:
                sender.send(0, last=True)
            return await asyncio.gather(*readings), body, most

    floods, phone, most = told(scene)
    assert most <= 3000
    assert phone == Body(b"x" * 700)
    assert {body.problem for body in floods} == {"", "busy"}


def test_memory_is_free_again_when_it_was_answered() -> None:
    async def scene() -> list[str]:
        everything, found = bodies(memory=1000, share=1000), []
        for _ in range(5):
            sender = Sender()
            sender.send(900, last=True)
            with everything.place("a") as place:
                found.append((await start(place, sender)).problem)
        return found

    assert told(scene) == [""] * 5


@pytest.fixture
def server(settings: ServeSettings) -> Iterator[Server]:
    with running(settings, DOORSTEP_WORKERS="1") as found:
        yield found


@pytest.mark.parametrize("many", [60, 600])
def test_senders_of_files_who_stop_hold_nobody_up(server: Server, many: int) -> None:
    kinds = [head(PAGE, "Content-Length: 4000000", kind=WITH_FILES), head("/track/", "Content-Length: 4000000",
             kind=WITH_FILES)]  # fmt: skip
    with ExitStack() as held:
        for number in range(many):
            wire = held.enter_context(begin(server, kinds[number % 2]))
            wire.sendall(b"x" * 20_000)
        assert server.request("GET", "/")[0] == 200
        assert server.request("GET", "/api/health")[0] == 200
        assert server.submit(example(), fresh_key())[0] == 201
        assert server.request("POST", PAGE, page_with(b"x" * 2_000_000), **{"Content-Type": WITH_FILES})[0] == 422


def test_a_flood_of_files_takes_bounded_memory_and_is_told_to_come_again(server: Server) -> None:
    """All from one address: it may hold 32 MB. Its slowest are refused, in words, once they are through."""
    before = memory_of(server)
    wires: list[socket.socket] = []
    whole = page_with(b"x" * 3_900_000, home_address="留在这里")
    for _ in range(16):
        wire = begin(server, head(PAGE, f"Content-Length: {len(whole)}", kind=WITH_FILES))
        with contextlib.suppress(OSError):
            wire.sendall(whole[:3_500_000])
        wires.append(wire)
    time.sleep(1)
    assert memory_of(server) - before < 160_000
    assert server.request("GET", "/")[0] == 200
    answers = []
    for wire in wires:
        wire.sendall(whole[3_500_000:])
        wire.settimeout(20)
        answers.append(wire.recv(65536))
        wire.close()
    busy = [answer for answer in answers if b" 503 " in answer.splitlines()[0]]
    assert len(busy) >= 7
    assert all("过一分钟再选一次" in answer.decode(errors="replace") for answer in busy)


@pytest.mark.parametrize("sized", [True, False])
def test_photos_that_are_too_large_lose_nothing_that_was_filled_in(server: Server, sized: bool) -> None:
    """A browser without scripts gets its page back: the answers before the photo on it, and those behind."""
    photo = page_with(b"x" * 12_000_000, applicant_name="留着的名字").removesuffix(b"--BOUNDARY--\r\n")
    after = b'--BOUNDARY\r\nContent-Disposition: form-data; name="home_address"\r\n\r\n'
    body = photo + after + "留着的地址\r\n--BOUNDARY--\r\n".encode()
    kind = {"Content-Type": WITH_FILES}
    sent = body if sized else (body[at : at + 65_536] for at in range(0, len(body), 65_536))
    status, _, content = server.request("POST", PAGE, sent, **kind)
    text = content.decode()
    assert status == 422
    assert "您选的加起来超过4MB" in text
    assert "留着的名字" in text
    assert "留着的地址" in text
    assert "canary" not in text


def test_a_program_is_told_that_its_file_is_too_large(server: Server) -> None:
    body = page_with(b"x" * 12_000_000)
    status, _, content = server.request("POST", "/api/files", body, **{"Content-Type": WITH_FILES})
    assert (status, "一次最多能传4MB" in content.decode()) == (413, True)


def test_only_where_files_are_taken_may_a_body_be_large(server: Server) -> None:
    for path in ("/verify/", f"/api/forms/{FORM}/check", "/api/keys"):
        answer = heard(begin(server, head(path, "Content-Length: 4000000", kind=WITH_FILES)))
        assert answer.splitlines()[0].split()[1] in (b"413", b"405")


def page_with(content: bytes, **fields: str) -> bytes:
    """A page's post with one file under _file-papers."""
    parts = [
        f'--BOUNDARY\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    photo = b'--BOUNDARY\r\nContent-Disposition: form-data; name="_file-papers"; filename="canary.jpg"\r\n'
    return b"".join([*parts, photo, b"Content-Type: image/jpeg\r\n\r\n", content, b"\r\n--BOUNDARY--\r\n"])


def memory_of(server: Server) -> int:
    """KB that the worker has in memory."""
    lines = Path(f"/proc/{server.workers()[0]}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
