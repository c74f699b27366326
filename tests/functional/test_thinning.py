"""A post whose files stay behind keeps its fields, wherever its pieces end."""

from __future__ import annotations

import secrets

import pytest

from doorstep.serving.thinning import MOST_KEPT, Thinner
from tests.functional.house import part
from tests.functional.test_parts import post
from weblib.parts import Posted, posted_form

KIND = "multipart/form-data; boundary=BOUNDARY"
END = b"--BOUNDARY--\r\n"


def thinned(body: bytes, size: int, kind: str = KIND) -> bytes:
    thinner = Thinner(kind)
    for at in range(0, len(body), size):
        thinner.feed(body[at : at + size])
    return thinner.content()


@pytest.mark.parametrize("size", [1, 2, 7, 64, 4096, 10**7])
def test_fields_stay_and_files_go(size: int) -> None:
    photo = secrets.token_bytes(3000) + b"\r\n--BOUNDAR\r\n\r\n--BOUNDARx" + secrets.token_bytes(3000)
    body = b"".join(
        [
            part('name="first"', "第一".encode()),
            part('name="_file-a"; filename="x.jpg"', photo, "Content-Type: image/jpeg"),
            part('name="empty"', b""),
            part('name="_file-b"; filename=""', b"", "Content-Type: application/octet-stream"),
            part('name="last"', b"--BOUNDARY is said in it"),
            END,
        ]
    )
    kept = thinned(body, size)
    assert len(kept) < 700
    posted = posted_form(post(kept, KIND), 100)
    assert posted == Posted("first=%E7%AC%AC%E4%B8%80&empty=&last=--BOUNDARY+is+said+in+it", (("_file-a", b""),))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (part('name="a"'.ljust(10), b"x" * (MOST_KEPT + 1)) + END, KIND),
        (b"--BOUNDARY\r\n" + b"X" * (MOST_KEPT * 2), KIND),
        (part('name="a"', b"1") * 6000 + END, KIND),
        (part('name="a"', b"1") + END, "multipart/form-data"),
    ],
)
def test_what_is_no_form_of_ours_is_kept_by_nobody(body: bytes, kind: str) -> None:
    assert thinned(body, 1000, kind) == b""


def test_what_is_nothing_at_all_is_read_and_dropped() -> None:
    assert len(thinned(b"x" * 1_000_000, 65_536)) < 100
