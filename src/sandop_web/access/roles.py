"""Which role may take which action, read from `permissions/*.csv`: `action, roles, must_say_why, en, zh`.

`roles` are apart by "|"; "*" is everybody but the viewer, "any" everybody in the company, "founder" somebody outside
every company who may open one, "signed_in" everybody with an account, in a company or in none. `en` and `zh` name the
action as a person would ("sign a step").
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sandop.cycle import roles as all_roles
from sandop.wording import Language, in_a_row
from sandop_web.access.actor import FOUNDER, GUEST, Actor

VIEWER = "viewer"
SOP_MANAGER = "sop_manager"  # runs the cycle


@dataclass(frozen=True)
class Permission:
    """Who may take an action, whether it needs a reason, and what it is called."""

    action: str
    roles: frozenset[str]
    must_say_why: bool
    titles: Mapping[Language, str]


@cache
def permissions() -> Mapping[str, Permission]:
    """Action → its permission. Raises ValueError for an unknown role or an action listed twice."""
    found: dict[str, Permission] = {}
    for file in sorted((Path(__file__).parent / "permissions").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["action"] in found:
                    raise ValueError(f"{file.name}: {row['action']} is listed twice")
                found[row["action"]] = Permission(
                    row["action"],
                    _roles(row["roles"]),
                    row["must_say_why"] == "yes",
                    {"en": row["en"], "zh": row["zh"]},
                )
    return found


def _roles(cell: str) -> frozenset[str]:
    if cell == "any":
        return frozenset(all_roles())
    if cell == "*":
        return frozenset(all_roles()) - {VIEWER}
    if cell == "signed_in":
        return frozenset(all_roles()) | {FOUNDER, GUEST}
    named = frozenset(cell.split("|"))
    unknown = named - set(all_roles()) - {FOUNDER}
    if unknown:
        raise ValueError(f"unknown roles {sorted(unknown)}")
    return named


def may(role: str, action: str) -> bool:
    """True where the role may take the action. Raises KeyError for an action without a permission."""
    return role in permissions()[action].roles


def may_take(*, by: Actor, action: str) -> bool:
    """True where the person's role and their token allow the action at all. Raises KeyError as `may`."""
    return not by.read_only and may(by.role, action)


def roles_for(action: str, language: Language = "en") -> str:
    """Titles of the roles that may take the action, for a sentence."""
    return in_a_row((all_roles()[role][language] for role in all_roles() if may(role, action)), language)
