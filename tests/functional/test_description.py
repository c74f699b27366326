"""The OpenAPI description is true: requests made from it get the answers it promises, wrong ones get problems."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable as NoWrongRequest
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from chalicelib.operations import DESCRIBED
from tests.functional.house import FORM, Answer, Intake, build_small_site, example, run_intake

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    response_headers_conformance, negative_data_rejection, unsupported_method,
]  # fmt: skip


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory, keys: Path) -> Iterator[Any]:
    """One intake for all generated requests; SQLite does not mind."""
    folder = tmp_path_factory.mktemp("described")
    running = run_intake(build_small_site(folder, keys))
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", running.client.application)
    running.function.stop()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize(("method", "path"), sorted(DESCRIBED))
def test_answers_are_as_described(described: Any, method: str, path: str, mode: GenerationMode) -> None:
    operation = described[path][method]
    try:
        cases = operation.as_strategy(generation_mode=mode)
        asked = 0

        @given(case=cases)
        @settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=[*HealthCheck])
        def ask(case: schemathesis.Case[Any]) -> None:
            nonlocal asked
            asked += 1
            if path.startswith("/api/applications"):
                case.headers["Authorization"] = "Bearer 0000-0000-0000-0000"
            case.call_and_validate(checks=CHECKS)

        ask()
    except NoWrongRequest:
        assert not operation.body, "a body can always be wrong"
    else:
        assert asked


def test_the_description_says_what_the_forms_say(intake: Intake) -> None:
    described = intake.client.get("/api/openapi.json").json
    assert described["openapi"] == "3.1.0"
    assert set(described["paths"]) == {
        "/api/health",
        "/api/forms",
        "/api/forms/{form}",
        "/api/forms/{form}/check",
        "/api/forms/{form}/applications",
        "/api/applications/{reference}",
        "/api/applications/{reference}/correction",
        "/api/applications/{reference}/supplied",
        "/api/applications/{reference}/files",
        "/api/files",
        "/api/forms/{form}/files",
        "/api/applications/{reference}/withdrawal",
        "/api/keys",
        "/api/search",
        "/api/search/unfound",
        "/api/openapi.json",
    }
    text = json.dumps(described)
    schemas = described["components"]["schemas"]
    for target in [part.split('"')[0] for part in text.split('"$ref": "#/components/schemas/')[1:]]:
        assert target in schemas, target
    whole = {"$ref": f"#/components/schemas/{FORM}", "components": described["components"]}
    Draft202012Validator(whole).validate(example())
    assert not Draft202012Validator(whole).is_valid({"filing_for": "nobody"})


def test_a_whole_life_is_as_described(intake: Intake) -> None:
    """What generated requests never reach: an application that exists."""
    described = intake.client.get("/api/openapi.json").json

    def fits(answer: Answer, path: str, method: str) -> bool:
        promised = described["paths"][path][method]["responses"][str(answer.status)]["content"]
        found: dict[str, Any] = promised[answer.headers["content-type"]]["schema"]
        whole = found | {"components": described["components"]}
        return Draft202012Validator(whole).is_valid(answer.json)

    checked = intake.check(example())
    assert fits(checked, "/api/forms/{form}/check", "post")
    for _ in range(2):
        stored = intake.submit(checked.json["answers"], checked.json["submission_key"])
        assert fits(stored, "/api/forms/{form}/applications", "post")
    bearer = {"Authorization": f"Bearer {stored.json['access_code']}"}
    address = f"/api/applications/{stored.json['reference']}"
    assert fits(intake.client.get(address, **bearer), "/api/applications/{reference}", "get")
    for _ in range(2):
        withdrawn = intake.client.post_json(f"{address}/withdrawal", {"reason": ""}, **bearer)
        assert fits(withdrawn, "/api/applications/{reference}/withdrawal", "post")


def test_no_machine_path_or_server_stands_in_the_description(intake: Intake, tmp_path: Path) -> None:
    text = intake.client.get("/api/openapi.json").text
    assert str(tmp_path) not in text
    assert "servers" not in json.loads(text)
