"""Every rule of the supply plan, as a planner reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from supply_rules import RULES, text_of

from sandop.supply import constraints

FOLDER = Path(__file__).parent


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_reads_as_agreed(rule: str) -> None:
    assert text_of(rule) == (FOLDER / f"{rule}.lp").read_text(encoding="utf-8")


def test_every_rule_of_the_model_has_its_text() -> None:
    assert {rule.__name__ for rule in constraints.RULES} == set(RULES)
