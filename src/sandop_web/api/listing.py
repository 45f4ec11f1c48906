"""The operations of the API as a list, read from its own description: for the page and for the reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

READING = ("get", "head")


@dataclass(frozen=True)
class Listed:
    """One operation.

    name        its stable id
    changes     it may change something
    """

    name: str
    verb: str
    path: str
    subject: str
    summary: str
    description: str
    changes: bool
    details: Mapping[str, Any]


def operations_of(schema: Mapping[str, Any]) -> list[Listed]:
    """Every operation of an OpenAPI description, in its order."""
    return [
        Listed(
            name=details["operationId"],
            verb=verb.upper(),
            path=path,
            subject=details["tags"][0],
            summary=details["summary"],
            description=details.get("description", ""),
            changes=verb not in READING,
            details=details,
        )
        for path, operations in schema["paths"].items()
        for verb, details in operations.items()
        if verb != "parameters"
    ]


def by_subject(operations: list[Listed]) -> dict[str, list[Listed]]:
    """Subject → its operations, in the order of the description."""
    found: dict[str, list[Listed]] = {}
    for operation in operations:
        found.setdefault(operation.subject, []).append(operation)
    return found
