"""Who may change which measure and which master table: by role as `editors.csv` says, inside their own scope.

In a scenario of their own everybody may try any number of their scope; merging it into the plan asks again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from sandop.cycle import roles as all_roles
from sandop.measures import measure, measures
from sandop.network import Network
from sandop.plan import Key
from sandop.tables import Table
from sandop.wording import Language, in_a_row
from sandop_web.access.actor import Actor
from sandop_web.access.refusals import NotUnderstood, NotYourRole, OutsideYourScope, WebRefusal
from sandop_web.access.roles import SOP_MANAGER, may_take
from sandop_web.access.scope import require_in_scope, scope_labels
from sandop_web.access.sheet_rows import known_row
from sandop_web.store.contents import TABLE_KINDS
from sandop_web.store.models import Version
from sandop_web.store.plans import read_network
from sandop_web.store.steps import require_step_open
from sandop_web.wording import say

PEOPLE = "people"  # the one table that is kept elsewhere: members have a page of their own
Kind = Literal["step", "measure", "table"]


class ResultsAreComputed(WebRefusal):
    """A result is changed by its inputs, never by hand."""

    message = "plans.results_are_computed"


class PeopleHaveTheirOwnPage(WebRefusal):
    """The people of a company are members; the plan's table only names them."""

    message = "plans.people_have_their_own_page"


@dataclass(frozen=True)
class Editors:
    """Who may change something, and the step that must still be open for it.

    step    step of the cycle it belongs to
    roles   besides the S&OP manager, who may change everything
    """

    step: str
    roles: frozenset[str]

    def include(self, role: str) -> bool:
        """True where the role may change it."""
        return role == SOP_MANAGER or role in self.roles

    def titles(self, language: Language) -> str:
        """The roles in words, for a sentence."""
        return in_a_row((all_roles()[role][language] for role in all_roles() if self.include(role)), language)


@cache
def _editors() -> Mapping[tuple[str, str], Editors]:
    """(kind, name) → editors. Raises ValueError for a role nobody knows."""
    found: dict[tuple[str, str], Editors] = {}
    with (Path(__file__).parent / "editors.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            named = frozenset(role for role in row["roles"].split("|") if role)
            if named - set(all_roles()):
                raise ValueError(f"{row['name']}: unknown roles {sorted(named - set(all_roles()))}")
            found[row["kind"], row["name"]] = Editors(row["step"], named)
    return found


def editors_of_measure(name: str) -> Editors:
    """Who may change an input measure: as it says itself, else as its step says."""
    step = measure(name).step
    return _editors().get(("measure", name)) or _editors().get(("step", step)) or Editors(step, frozenset())


def known_table(*, by: Actor, name: str) -> type[Table]:
    """The master table of this name. Raises NotUnderstood."""
    if name not in TABLE_KINDS:
        field = say("plans.head.table", by.language)
        raise NotUnderstood(field=field, value=name[:80], wanted=", ".join(TABLE_KINDS))
    return TABLE_KINDS[name]


def editors_of_table(name: str) -> Editors:
    """Who may change a master table."""
    return _editors()["table", name]


def own_scenario(*, by: Actor, version: Version) -> bool:
    """True in a scenario that this person has branched off."""
    return version.purpose == Version.Purpose.SCENARIO and version.made_by_id == by.member_id


def may_edit_measure(*, by: Actor, version: Version, name: str) -> bool:
    """True where this person may change cells of the measure in this version, scope aside."""
    if measures()[name].direction != "input" or not may_take(by=by, action="edit_cells_of_plan"):
        return False
    return own_scenario(by=by, version=version) or editors_of_measure(name).include(by.role)


def may_edit_table(*, by: Actor, version: Version, name: str) -> bool:
    """True where this person may change rows of the master table in this version, scope aside."""
    if name == PEOPLE or not may_take(by=by, action="edit_master_row"):
        return False
    return own_scenario(by=by, version=version) or editors_of_table(name).include(by.role)


def require_may_edit_measure(*, by: Actor, version: Version, name: str) -> None:
    """Raises ResultsAreComputed for a result, NotYourRole where the role may not change the measure."""
    title = measure(name).title(by.language)
    if measure(name).direction != "input":
        raise ResultsAreComputed(measure=title)
    if not may_edit_measure(by=by, version=version, name=name):
        raise _not_your_role(by, editors_of_measure(name), title)


def require_may_edit_table(*, by: Actor, version: Version, name: str) -> None:
    """Raises PeopleHaveTheirOwnPage, or NotYourRole where the role may not change the table."""
    if name == PEOPLE:
        raise PeopleHaveTheirOwnPage()
    if not may_edit_table(by=by, version=version, name=name):
        raise _not_your_role(by, editors_of_table(name), say(f"plans.table.{name}", by.language))


def require_cells_editable(*, by: Actor, version: Version, cells: Iterable[tuple[str, Key]]) -> None:
    """Everything that must hold before cells (measure, row) are changed, whatever way leads there.

    Raises NotUnderstood for a measure or a row that cannot be, ResultsAreComputed, NotYourRole, OutsideYourScope, and
    StepIsClosed where the step of a measure has been signed.
    """
    wanted: dict[str, set[Key]] = {}
    for name, row in cells:
        wanted.setdefault(name, set()).add(row)
    network = read_network(version)
    for name, rows in sorted(wanted.items()):
        for row in rows:
            known_row(by=by, name=name, row=row)
        grain = measure(name).grain
        require_may_edit_measure(by=by, version=version, name=name)
        require_in_scope(by=by, grain=grain, keys=rows, network=network)
        require_step_open(version=version, step=editors_of_measure(name).step)


def require_row_in_scope(*, by: Actor, table: str, row: Mapping[str, Any], network: Network) -> None:
    """Raises OutsideYourScope unless a master row says for itself that it stays inside the person's scope.

    Unlike a sheet's row, a master row without family or region speaks for all of them: only who answers for all of
    them may write it.
    """
    if by.everywhere:
        return
    family, region = scope_labels(row=row, network=network)
    if (by.family and family != by.family) or (by.region and region != by.region):
        raise OutsideYourScope(
            row=" · ".join(table_key(table, row)), family=by.family or "–", region=by.region or "–"
        )


def table_key(table: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    """The name of a master row: its key columns. Raises KeyError for a table that does not exist."""
    return tuple(str(row[name]) for name in TABLE_KINDS[table].key_columns())


def _not_your_role(by: Actor, editors: Editors, title: str) -> NotYourRole:
    role = all_roles().get(by.role, {}).get(by.language, by.role)
    action = say("plans.to_change", by.language, what=title)
    return NotYourRole(action=action, role=role, roles=editors.titles(by.language) or "–")
