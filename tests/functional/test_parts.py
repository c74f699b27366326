"""multipart/form-data is read strictly, in bounds, and what a device calls a file is thrown away."""

from __future__ import annotations

import time
from urllib.parse import parse_qsl

import pytest
from chalice.app import Request

from weblib.parts import Posted, body_limit, posted_form
from weblib.problems import ProblemError
from weblib.requests import BODY_LIMIT

FILES = 100_000
TYPE = "multipart/form-data; boundary=B"


def post(content: bytes, kind: str = TYPE, **headers: str) -> Request:
    return Request(
        {
            "headers": {"content-type": kind} | {name.replace("_", "-"): value for name, value in headers.items()},
            "multiValueQueryStringParameters": None, "pathParameters": None, "stageVariables": None,
            "body": content, "requestContext": {"httpMethod": "POST", "resourcePath": "/", "identity": {}},
        }
    )  # fmt: skip


def part(disposition: str, content: bytes = b"x", *headers: str) -> bytes:
    lines = [f"Content-Disposition: form-data; {disposition}", *headers]
    return b"--B\r\n" + "\r\n".join(lines).encode() + b"\r\n\r\n" + content + b"\r\n"


def read(*parts: bytes, kind: str = TYPE, end: bytes = b"--B--\r\n") -> Posted:
    return posted_form(post(b"".join(parts) + end, kind), FILES)


def refused(*parts: bytes, kind: str = TYPE, end: bytes = b"--B--\r\n") -> str:
    with pytest.raises(ProblemError) as found:
        read(*parts, kind=kind, end=end)
    told: BaseException | None = found.value
    while told:
        assert "canary" not in str(told), "an error quotes what was sent"
        told = told.__cause__ or (None if told.__suppress_context__ else told.__context__)
    return found.value.kind


def test_fields_and_files_come_apart_and_no_name_of_a_file_comes_at_all() -> None:
    photo = bytes(range(256)) * 20
    found = read(
        part('name="filing_for"', b"self"),
        part('name="applicant_name"', "阿·不·都".encode()),
        part('name="assets"', b"car"),
        part('name="assets"', b"land"),
        part('name="_file-bills"; filename="../../canary/\\x.jpg"', photo, "Content-Type: image/jpeg"),
        part('name="_file-bills"; filename="canary%22.pdf"', b"%PDF-", "Content-Type: application/pdf"),
        part('name="_file-other"; filename=""', b"", "Content-Type: application/octet-stream"),
    )
    assert parse_qsl(found.text) == [
        ("filing_for", "self"), ("applicant_name", "阿·不·都"), ("assets", "car"), ("assets", "land"),
    ]  # fmt: skip
    assert found.files == (("_file-bills", photo), ("_file-bills", b"%PDF-"))
    assert "canary" not in repr(found)


def test_a_form_without_files_is_read_as_ever() -> None:
    kind = "application/x-www-form-urlencoded"
    assert posted_form(post(b"a=1&_file-bills=canary.jpg", kind), FILES) == Posted("a=1&_file-bills=canary.jpg")
    with pytest.raises(ProblemError, match="wrong-type"):
        posted_form(post(b"{}", "application/json"), FILES)


def test_boundaries_as_browsers_write_them() -> None:
    for boundary, written in (("----WebKitFormBoundaryAbC123", "----WebKitFormBoundaryAbC123"), ("a b", '"a b"')):
        content = part('name="a"', b"1").replace(b"--B", f"--{boundary}".encode()) + f"--{boundary}--\r\n".encode()
        assert posted_form(post(content, f"multipart/form-data; boundary={written}"), FILES).text == "a=1"


@pytest.mark.parametrize(
    "parts",
    [
        [b"canary before the first boundary\r\n", part('name="a"')],
        [part('filename="canary.jpg"')],
        [part('name=""')],
        [b"--B\r\n\r\ncanary\r\n"],
        [b"--B\r\nContent-Disposition: attachment; name=a\r\n\r\ncanary\r\n"],
        [part('name="a"', b"1", 'Content-Disposition: form-data; name="canary"')],
        [part('name="a"; filename="x"', b"1", "Content-Type: image/jpeg", "Content-Type: text/html")],
        [part('name="a"', b"MQ==", "Content-Transfer-Encoding: base64")],
        [part('name="a"', b"\xff\xfecanary")],
        [part('name="a"', b"1", *[f"X-Canary-{number}: canary" for number in range(9)])],
        [part('name="a"', b"1", "Content-Length: 5")],
        [part('name="a"; x="' + "canary" * 1000 + '"')],
        [b"--B\nContent-Disposition: form-data; name=a\n\ncanary\n"],
    ],
)
def test_what_no_browser_sends_is_refused(parts: list[bytes]) -> None:
    assert refused(*parts) == "unreadable"


@pytest.mark.parametrize("end", [b"", b"--B", b"--B--canary after the end"])
def test_what_does_not_end_as_it_should_is_refused(end: bytes) -> None:
    assert refused(part('name="a"'), end=end) == "unreadable"


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; x=B"])
def test_without_a_boundary_nothing_can_be_read(kind: str) -> None:
    assert refused(part('name="a"'), kind=kind) == "unreadable"


@pytest.mark.parametrize("kind", ["text/plain; charset=gbk", "text/html", "application/json"])
def test_a_field_is_plain_text_in_utf_8(kind: str) -> None:
    assert refused(part('name="a"', b"1", f"Content-Type: {kind}")) == "wrong-type"


def test_a_body_that_is_packed_is_refused() -> None:
    with pytest.raises(ProblemError, match="wrong-type"):
        posted_form(post(part('name="a"') + b"--B--\r\n", content_encoding="gzip"), FILES)


def test_huge_numbers_of_parts_are_refused_before_they_cost_anything() -> None:
    began = time.process_time()
    assert len(parse_qsl(read(part('name="a"') * 2000).text)) == 2000
    assert refused(part('name="a"') * 2500) == "unreadable"
    assert refused(b"--B\r\n" * 30_000) == "unreadable"
    assert time.process_time() - began < 2


def test_bytes_are_bounded_fields_and_files_apart() -> None:
    whole = read(part('name="a"; filename="x"', b"y" * (FILES // 2)), part('name="b"; filename="x"', b"y" * 50_000))
    assert [len(content) for _, content in whole.files] == [50_000, 50_000]
    more = read(part('name="a"; filename="x"', b"y" * 50_001), part('name="b"; filename="x"', b"y" * 50_000),
                part('name="c"', b"1"))  # fmt: skip
    assert more == Posted("c=1", (("a", b""), ("b", b"")), "files-too-large")
    assert refused(part('name="a"', b"y" * BODY_LIMIT)) == "too-large"
    assert refused(part('name="a"', "阿".encode() * (BODY_LIMIT // 3 + 1))) == "too-large"
    assert refused(part('name="a"; filename="x"', b"y" * body_limit(FILES))) == "files-too-large"
