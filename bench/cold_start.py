"""From process start to the first answered event: intake's confirm beside a bare Chalice hello."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.confirm import bodies
from doorstep.applications.keyring import create_or_load

ROOT = Path(__file__).parents[1]

EVENT = """
def event(method, path, resource, parameters, body):
    import base64
    return {"resource": resource, "path": path, "httpMethod": method,
            "headers": {"content-type": "application/json", "content-length": str(len(body))},
            "multiValueQueryStringParameters": None, "pathParameters": parameters, "stageVariables": None,
            "requestContext": {"resourcePath": resource, "httpMethod": method, "requestId": "1",
                               "identity": {"sourceIp": "127.0.0.1"}},
            "body": base64.b64encode(body).decode() if body else None, "isBase64Encoded": bool(body)}
"""
TOLD = """
import time
print(time.process_time(), flush=True)
"""
HELLO = (
    EVENT
    + """
from chalice import Chalice
app = Chalice(app_name="hello")

@app.route("/")
def hello():
    return {"hello": "world"}

answer = app(event("GET", "/", "/", None, b""), None)
assert answer["statusCode"] == 200, answer
"""
    + TOLD
)
OURS = (
    EVENT
    + """
import os, sys
sys.path[:0] = [os.path.join(os.getcwd(), "functions", part) for part in ("intake", "common")]
from app import create_app
app = create_app(dict(os.environ))
body = sys.argv[1].encode()
form = "minimum-living-allowance"
pattern = "/api/forms/{form}/applications"
answer = app(event("POST", pattern.format(form=form), pattern, {"form": form}, body), None)
assert answer["statusCode"] == 201, answer
"""
    + TOLD
)


def run(*, rounds: int = 15) -> None:
    """Print both medians and the median of the ratios, pair by pair, by the clock and by processor time."""
    with tempfile.TemporaryDirectory() as folder:
        create_or_load(Path(folder))
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
            "DOORSTEP_VAR": folder,
            "DOORSTEP_SCHEMAS": str(ROOT / "schemas"),
            "DOORSTEP_BUILD": str(ROOT / "build"),
            "DOORSTEP_DEMO": "1",
        }
        hello, ours = [], []
        for body in bodies(rounds + 1):  # the first pair leaves compiled modules behind for both
            hello.append(once([sys.executable, "-c", HELLO], environment))
            ours.append(once([sys.executable, "-c", OURS, json.dumps(json.loads(body))], environment))
    hello, ours = hello[1:], ours[1:]
    for clock, name in enumerate(("by the clock", "processor time")):
        ratio = statistics.median(b[clock] / a[clock] for a, b in zip(hello, ours, strict=True))
        theirs, own = (statistics.median(times[clock] for times in side) * 1000 for side in (hello, ours))
        print(
            f"cold start, {name:14}: bare Chalice hello {theirs:.0f} ms, confirm {own:.0f} ms, {ratio:.2f} × "
            "(interpreter start included)",
            flush=True,
        )


def once(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds from a process's start until it had its answer, and those of them it had a processor."""
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = iter(process.stdout)
        told = next(line for line in lines if not line.startswith("{"))  # intake's own log line comes before it
        seconds = time.perf_counter() - began
        for _ in lines:
            pass
    return seconds, float(told)
