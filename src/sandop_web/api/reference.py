"""The reference page of the API, written from its own description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sandop_web.api.listing import Listed, by_subject, operations_of

_SHAPES = "#/components/schemas/"


def reference_of(schema: Mapping[str, Any]) -> str:
    """Markdown: every operation by subject, then every shape that goes in or out."""
    lines = [
        "# The API",
        "",
        "Written by `make reference` from the API's own description; see [The API](../api.md).",
        "",
    ]
    for subject, operations in by_subject(operations_of(schema)).items():
        lines += [f"## {subject}", ""]
        for operation in operations:
            lines += _operation(operation)
    lines += ["## Shapes", ""]
    for name, shape in sorted(schema["components"]["schemas"].items()):
        lines += _shape(name, shape)
    return "\n".join(lines).rstrip() + "\n"


def _operation(operation: Listed) -> Iterator[str]:
    yield from (f"### {operation.name}", "", f"`{operation.verb} {operation.path}`", "", operation.description, "")
    parameters = operation.details.get("parameters", [])
    if parameters:
        yield from ("| parameter | in | type | meaning |", "|---|---|---|---|")
        for one in parameters:
            name = f"`{one['name']}`" + (" (required)" if one["required"] else "")
            yield f"| {name} | {one['in']} | {_type(one['schema'])} | {_cell(one.get('description', ''))} |"
        yield ""
    for media, content in operation.details.get("requestBody", {}).get("content", {}).items():
        yield from (f"Takes {_type(content['schema'])} ({media}).", "")
    for status, response in operation.details["responses"].items():
        if int(status) < 300:
            given = " or ".join(_type(content["schema"]) for content in response.get("content", {}).values())
            yield from (f"Answers {status}: {given or 'nothing'}.", "")


def _shape(name: str, shape: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"### {name}", "", shape.get("description", ""), "")
    if shape.get("properties"):
        yield from ("| field | type | meaning |", "|---|---|---|")
        for field, details in shape["properties"].items():
            required = " (required)" if field in shape.get("required", ()) else ""
            yield f"| `{field}`{required} | {_type(details)} | {_cell(details.get('description', ''))} |"
        yield ""


def _type(schema: Mapping[str, Any]) -> str:
    """A type in words: `text`, `number or null`, `list of [Fault](#fault)`."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_SHAPES)
        return f"[{name}](#{name.lower()})"
    for together in ("anyOf", "oneOf", "allOf"):
        if together in schema:
            return " or ".join(dict.fromkeys(_type(part) for part in schema[together]))
    if "enum" in schema:
        return "a measure" if len(schema["enum"]) > 20 else ", ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if "prefixItems" in schema:
        return f"({', '.join(map(_type, schema['prefixItems']))})"
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        return f"text → {_type(schema['additionalProperties'])}"
    kind = str(schema.get("type", "anything"))
    return _WORDS.get(str(schema.get("format", kind)), kind)


_WORDS = {
    "string": "text",
    "integer": "whole number",
    "boolean": "true or false",
    "date": "day",
    "date-time": "moment",
    "uuid": "batch id",
    "binary": "file",
}


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
