"""What the store refuses, in planners' words: both values of a cell that has moved, rows and periods nobody knows."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sandop.findings import Finding
from sandop.measures import measure
from sandop.plan import Key
from sandop.wording import LANGUAGES, say
from sandop_web.store.models import Version
from sandop_web.store.spoken import Spoken, SpokenRefusal


@dataclass(frozen=True)
class MovedCell:
    """A cell that does not hold what its editor had before their eyes; values in the measure's unit, None is a blank.

    expected    what the editor saw
    found       what it holds now
    wanted      what the editor wants it to hold
    person, at  who changed it last, and when; nobody and never where no change is on record
    """

    measure: str
    row: Key
    period: str
    expected: float | None
    found: float | None
    wanted: float | None
    person: str = ""
    at: dt.datetime | None = None


class VersionIsPublished(SpokenRefusal):
    """Somebody wants to change a version that was published."""

    message = "store.version_is_published"

    @classmethod
    def of(cls, version: Version) -> VersionIsPublished:
        """The refusal for this version."""
        return cls(title=version.title, number=version.number)


class CellHasMoved(SpokenRefusal):
    """Cells hold something else than their editor expected: nothing was written.

    cells   every such cell, in the order of the edits
    """

    message = "store.cell_has_moved"

    def __init__(self, *, cells: Sequence[MovedCell]) -> None:
        self.cells = tuple(cells)
        first = self.cells[0]
        super().__init__(
            count=len(self.cells),
            measure=titled(first.measure),
            row=" · ".join(first.row),
            period=first.period,
            expected=figure(first.expected),
            found=figure(first.found),
            wanted=figure(first.wanted),
            person=first.person or "–",
            at="–" if first.at is None else f"{first.at:%Y-%m-%d %H:%M} UTC",
        )


class RowIsUnknown(SpokenRefusal):
    """A row whose ids the master tables do not know."""

    message = "store.row_is_unknown"
    status = 400


class PeriodIsUnknown(SpokenRefusal):
    """A period of which the sheet does not speak."""

    message = "store.period_is_unknown"
    status = 400


class NotAnInput(SpokenRefusal):
    """Only what the company brings is edited; results are computed."""

    message = "store.not_an_input"
    status = 400


class CellGivenTwice(SpokenRefusal):
    """One call changes a cell twice, and nobody can say which of the two counts."""

    message = "store.cell_given_twice"
    status = 400


class ValueNotAllowed(SpokenRefusal):
    """A value the checks of the plan would not let in."""

    message = "store.value_not_allowed"
    status = 400

    @classmethod
    def found(cls, finding: Finding, *, measure: Spoken | None = None) -> ValueNotAllowed:
        """The refusal that says what the check found; a check of files knows a measure by its id, people by its
        title."""
        titles = {language: {"measure": measure[language]} if measure else {} for language in LANGUAGES}
        spoken = {each: replace(finding, values={**finding.values, **titles[each]}) for each in LANGUAGES}
        return cls(said={language: spoken[language].text(language) for language in LANGUAGES})


class NumberNotFinite(SpokenRefusal):
    """A number without end."""

    message = "store.number_not_finite"
    status = 400


class NothingToUndo(SpokenRefusal):
    """No change of this version was made in that batch."""

    message = "store.nothing_to_undo"
    status = 404


class ResultsAreStale(SpokenRefusal):
    """The results were computed from other inputs than the version holds."""

    message = "store.results_are_stale"


class VersionKeepsMoving(SpokenRefusal):
    """The version was edited every time its hashes were taken."""

    message = "store.version_keeps_moving"


class MasterHasMoved(SpokenRefusal):
    """A cell of a master table or a setting is not what its editor saw."""

    message = "store.master_has_moved"


class MasterIsUnknown(SpokenRefusal):
    """A table, row or column nobody knows, or a key: a row keeps its name."""

    message = "store.master_is_unknown"
    status = 404


class MasterIsThere(SpokenRefusal):
    """A row of this key exists already."""

    message = "store.master_is_there"


class MasterIsUsed(SpokenRefusal):
    """A row cannot end while numbers are planned for it."""

    message = "store.master_is_used"


class SettingIsFixed(SpokenRefusal):
    """The months a plan begins with are what makes it this plan."""

    message = "store.setting_is_fixed"


def titled(name: str) -> Spoken:
    """Title of a measure."""
    return {language: measure(name).title(language) for language in LANGUAGES}


def figure(value: float | None) -> Spoken:
    """A number for a sentence, as it is stored; a blank by its name."""
    if value is None or math.isnan(value):
        return {language: say("store.blank", language) for language in LANGUAGES}
    return dict.fromkeys(LANGUAGES, f"{value:,.12g}")
