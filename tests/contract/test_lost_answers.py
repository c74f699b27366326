"""The network loses the answer after the server has written: what the store says, and what is true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest

from doorstep.applications.store import OutcomeUnknown, RevisionConflict, StoreUnavailable
from doorstep.stores.dynamodb import DynamoStore
from tests.contract.samples import sample_head, sample_item
from tests.servers import LossyNetwork, dynamodb_client

SERVERS = ["dynalite", "moto"]


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest, endpoints: Callable[[str], tuple[str, str]]) -> tuple[str, str]:
    return endpoints(request.param)


@pytest.fixture
def lossy(server: tuple[str, str]) -> Iterator[LossyNetwork]:
    address = urlsplit(server[0])
    assert address.hostname is not None
    assert address.port is not None
    network = LossyNetwork((address.hostname, address.port))
    yield network
    network.close()


@pytest.fixture
def store(server: tuple[str, str], lossy: LossyNetwork) -> DynamoStore:
    client = dynamodb_client(lossy.address, read_timeout=0.3)
    return DynamoStore(client, server[1], sleep=lambda _seconds: None)


@pytest.mark.parametrize("closing", [False, True], ids=["silence", "closed"])
def test_a_head_whose_answer_is_lost_is_stored_and_said_to_be_unknown(
    store: DynamoStore, lossy: LossyNetwork, closing: bool
) -> None:
    head = sample_head()
    store.ping()
    lossy.lose(closing=closing)
    with pytest.raises(OutcomeUnknown, match="read before sending again"):
        store.commit(head, [], expected_revision=0)
    assert lossy.lost == 1  # nobody tried again behind our back
    lossy.heal()
    assert store.head(head.reference) == head
    with pytest.raises(RevisionConflict):  # a retry meets its own success
        store.commit(head, [], expected_revision=0)


def test_a_step_whose_answer_is_lost_is_stored_and_said_to_be_unknown(store: DynamoStore, lossy: LossyNetwork) -> None:
    head = sample_head()
    store.commit(head, [], expected_revision=0)
    lossy.lose(closing=True)
    with pytest.raises(OutcomeUnknown):
        store.commit(head.next(status="second"), [], expected_revision=1)
    lossy.heal()
    assert store.head(head.reference) == head.next(status="second")


def test_an_item_whose_answer_is_lost_fails_the_commit_before_the_head(store: DynamoStore, lossy: LossyNetwork) -> None:
    head, item = sample_head(), sample_item()
    store.ping()
    lossy.lose(closing=True)
    with pytest.raises(StoreUnavailable):
        store.commit(head, [item], expected_revision=0)
    assert lossy.lost == 3  # an item may be written again and again
    with pytest.raises(StoreUnavailable):
        store.head(head.reference)
    lossy.heal()
    assert store.head(head.reference) is None
    store.commit(head, [item], expected_revision=0)
    assert store.item(head.reference, item.digest) == item.content


def test_one_lost_answer_to_an_item_is_made_good(store: DynamoStore, lossy: LossyNetwork) -> None:
    head, item = sample_head(), sample_item()
    store.ping()
    lossy.lose(closing=True, answers=1)
    store.commit(head, [item], expected_revision=0)
    assert store.head(head.reference) == head
    lossy.lose(closing=True, answers=2)
    assert store.item(head.reference, item.digest) == item.content


def test_where_nobody_listens_nothing_was_written() -> None:
    network = LossyNetwork(("127.0.0.1", 9))
    network.close()
    store = DynamoStore(dynamodb_client(network.address), "table", sleep=lambda _seconds: None)
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        store.commit(sample_head(), [], expected_revision=0)
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        store.ping()
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        store.head("x")


class Refusing(BaseHTTPRequestHandler):
    """Answers as DynamoDB does when it is overloaded or ill: the server's next (status, code)."""

    def do_POST(self) -> None:
        assert isinstance(self.server, RefusingServer)
        self.rfile.read(int(self.headers["Content-Length"]))
        status, code = self.server.answers.pop(0)
        body = b"{}" if status == 200 else b'{"__type": "com.amazonaws.dynamodb.v20120810#%s"}' % code.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_parts: object) -> None:
        """Say nothing."""


class RefusingServer(ThreadingHTTPServer):
    answers: list[tuple[int, str]]


@pytest.fixture
def refusing() -> Iterator[RefusingServer]:
    with RefusingServer(("127.0.0.1", 0), Refusing) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


THROTTLED = (400, "ProvisionedThroughputExceededException")
BROKEN = (500, "InternalServerError")
DENIED = (400, "AccessDeniedException")
WRITTEN = (200, "")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([THROTTLED, THROTTLED, WRITTEN], None),
        ([THROTTLED, THROTTLED, THROTTLED], StoreUnavailable),
        ([BROKEN], OutcomeUnknown),
        ([THROTTLED, BROKEN], OutcomeUnknown),
        ([DENIED], StoreUnavailable),
    ],
)
def test_what_a_refused_head_means(
    refusing: RefusingServer, answers: list[tuple[int, str]], said: type[Exception] | None
) -> None:
    pauses: list[float] = []
    client = dynamodb_client(f"http://127.0.0.1:{refusing.server_port}")
    store = DynamoStore(client, "table", sleep=pauses.append)
    refusing.answers = list(answers)
    if said is None:
        store.commit(sample_head(), [], expected_revision=0)
    else:
        with pytest.raises(said):
            store.commit(sample_head(), [], expected_revision=0)
    assert refusing.answers == []
    assert pauses == [0.05, 0.25][: len(answers) - 1]


def test_an_item_is_written_again_when_the_server_stumbles(refusing: RefusingServer) -> None:
    client = dynamodb_client(f"http://127.0.0.1:{refusing.server_port}")
    store = DynamoStore(client, "table", sleep=lambda _seconds: None)
    refusing.answers = [BROKEN, THROTTLED, WRITTEN, WRITTEN]
    store.commit(sample_head(), [sample_item()], expected_revision=0)
    refusing.answers = [BROKEN, BROKEN, BROKEN]
    with pytest.raises(StoreUnavailable):  # no head was sent, so nothing counts
        store.commit(sample_head(), [sample_item()], expected_revision=0)


def test_a_client_that_repeats_by_itself_is_refused() -> None:
    import boto3

    client = boto3.client("dynamodb", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    with pytest.raises(ValueError, match="client_config"):
        DynamoStore(client, "table")


def test_a_missing_table_is_named_as_the_trouble(endpoints: Callable[[str], tuple[str, str]]) -> None:
    store = DynamoStore(dynamodb_client(endpoints("dynalite")[0]), "no-such-table")
    with pytest.raises(StoreUnavailable, match="the table does not exist: deploy the stack"):
        store.commit(sample_head(), [], expected_revision=0)
    with pytest.raises(StoreUnavailable, match="the table does not exist: deploy the stack"):
        store.ping()
