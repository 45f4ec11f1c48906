"""Every action and every query, once all modules that hold some have been read."""

from __future__ import annotations

import importlib
import pkgutil

import sandop_web.actions
import sandop_web.queries
from sandop_web.access import ACTIONS, QUERIES

for package in (sandop_web.actions, sandop_web.queries):
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(found.name)

__all__ = ["ACTIONS", "QUERIES"]
