"""Types of what the stage gives to a test: see conftest.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeAlias

from django.test import Client

from sandop_web.access import Actor

Act: TypeAlias = Callable[..., Actor]
Browser: TypeAlias = Callable[[str], Client]
NOW = dt.datetime(2026, 1, 5, 1, 0, tzinfo=dt.UTC)  # as in conftest.py
