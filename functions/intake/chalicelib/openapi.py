"""The OpenAPI 3.1 description: made from the route table and the forms' schemas, so that it can't drift from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chalice.app import Request, Response

from chalicelib.composition import House
from chalicelib.operation import Operation
from chalicelib.operations import DESCRIBED, PROBLEM
from chalicelib.problems import KINDS
from chalicelib.routes import CODE, ROUTES
from doorstep.forms.form import Form
from weblib.answers import json_answer
from weblib.routes import Route

LOCAL = "#/$defs/"


def show_openapi(house: House, _request: Request) -> Response:
    return json_answer(describe(house))


def describe(house: House) -> dict[str, Any]:
    """The description of every /api route, for these forms."""
    forms = house.offered()
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        if route.path.startswith("/api/"):
            paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, forms)
    schemas: dict[str, Any] = {"problem": PROBLEM}
    for form in forms:
        schemas |= _components(form)
    for form in house.library.asked_after_approval():
        schemas |= {f"after.{name}": part for name, part in _components(form, "after.").items()}
    any_of = [{"$ref": f"#/components/schemas/{form.id}"} for form in forms]
    schemas["answers"] = {"anyOf": any_of} if any_of else {"not": {}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Doorstep intake",
            "version": "1",
            "description": "Check and submit applications, follow and withdraw them. Errors are RFC 9457 problems.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"access-code": {"type": "http", "scheme": "bearer", "bearerFormat": "access code"}},
        },
    }


def _operation(route: Route, forms: Sequence[Form]) -> dict[str, Any]:
    about: Operation = DESCRIBED[route.method, route.path]
    responses: dict[str, Any] = {
        str(status): {"description": words}
        | ({"content": {about.media_type: {"schema": about.gives}}} if about.gives else {})
        for status, words in about.succeeds.items()
    }
    for status in _failures(route, about):
        titles = sorted({kind.title for kind in KINDS.values() if kind.status == status})
        responses[str(status)] = {
            "description": "；".join(titles),
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}},
        }
        if status in (429, 503):
            responses[str(status)]["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    described: dict[str, Any] = {"operationId": about.name, "summary": about.summary, "responses": responses}
    parameters = [_parameter(name, forms) for name in ("form", "reference") if "{" + name + "}" in route.path]
    parameters += [
        {"name": name, "in": "query", "required": "default" not in schema, "schema": schema}
        for name, schema in about.asks.items()
    ]
    if parameters:
        described["parameters"] = parameters
    if about.takes:
        media: dict[str, Any] = {"schema": about.takes}
        examples = {form.id: {"value": about.example(form)} for form in forms if about.example and form.example}
        if examples:
            media["examples"] = examples
        described["requestBody"] = {"required": True, "content": {about.takes_type: media}}
    if route.needs == CODE:
        described["security"] = [{"access-code": []}]
    return described


def _failures(route: Route, about: Operation) -> list[int]:
    failures = {500, *about.fails}
    if about.takes:
        failures |= {400, 413, 415}
    if route.needs == CODE:
        failures |= {401, 404, 429, 503}
    if route.storing:
        failures |= {409, 503}
    if "{form}" in route.path:
        failures.add(404)
    return sorted(failures)


def _parameter(name: str, forms: Sequence[Form]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if name == "form" and forms:
        schema["enum"] = [form.id for form in forms]
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _components(form: Form, prefix: str = "") -> dict[str, Any]:
    """The form's schema and its definitions, as components that refer to each other there under this prefix."""
    shared = {f"{form.id}.{name}": part for name, part in form.schema.get("$defs", {}).items()}
    whole = {name: part for name, part in form.schema.items() if name not in ("$schema", "$id", "$defs", "examples")}
    return {name: _moved(part, prefix + form.id) for name, part in {form.id: whole, **shared}.items()}


def _moved(value: Any, form_id: str) -> Any:
    if isinstance(value, list):
        return [_moved(part, form_id) for part in value]
    if not isinstance(value, dict):
        return value
    moved = {name: _moved(part, form_id) for name, part in value.items()}
    target = value.get("$ref")
    if isinstance(target, str) and target.startswith(LOCAL):
        moved["$ref"] = f"#/components/schemas/{form_id}.{target.removeprefix(LOCAL)}"
    return moved
