"""Programs of the cast: each calls the API with a token of its own."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from programs import Act, Program, ProgramOf

from sandop_web.actions.tokens import make_token


@pytest.fixture
def program_of(act: Act) -> ProgramOf:
    """`program_of("dana")`: a program of Dana's that may write; `program_of("dana", scope="read")` may read only."""

    def program(person: str, *, scope: str = "write") -> Program:
        now = timezone.now()
        name = f"{scope} {dt.datetime.timestamp(now)}"
        return Program(make_token(by=act(person, at=now), name=name, scope=scope, days=30))

    return program
