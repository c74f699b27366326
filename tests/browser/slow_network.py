"""The network of an old phone between browser and site: so many bytes a second upwards, and it can be cut."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

PIECE = 4096


class Network:
    """Forwards connections to a site. `url` is where the browser goes; `rate` bytes a second upwards, None for all
    there is; `cut` breaks every connection and takes no new one until `mend`.
    """

    def __init__(self, site: str) -> None:
        parts = urlsplit(site)
        self._target = (str(parts.hostname), int(parts.port or 80))
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.rate: int | None = None
        self.up = 0
        self._down = threading.Event()
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._take, daemon=True).start()

    def cut(self) -> None:
        self._down.set()
        for one in list(self._open):
            _end(one)

    def mend(self) -> None:
        self._down.clear()

    def close(self) -> None:
        self.cut()
        self._listening.close()

    def _take(self) -> None:
        with suppress(OSError):  # closed: the test is over
            while True:
                phone, _ = self._listening.accept()
                if self._down.is_set():
                    phone.close()
                    continue
                site = socket.create_connection(self._target)
                self._open |= {phone, site}
                for source, target, upwards in ((phone, site, True), (site, phone, False)):
                    threading.Thread(target=self._carry, args=(source, target, upwards), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, upwards: bool) -> None:
        with suppress(OSError):
            while content := source.recv(PIECE):
                target.sendall(content)
                if upwards:
                    self.up += len(content)
                    if self.rate:
                        time.sleep(len(content) / self.rate)
        for one in (source, target):
            _end(one)
            self._open.discard(one)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextmanager
def network(site: str) -> Iterator[Network]:
    between = Network(site)
    yield between
    between.close()
