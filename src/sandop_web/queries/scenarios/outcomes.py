"""What follows from versions otherwise: limits that are short in one and not in another, decisions that differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sandop.pack.figures import flag, known, number, rows, text
from sandop.pack.page import Cell, Column, Row, Table
from sandop.pack.reader import Reader
from sandop_web.queries.scenarios.side_by_side import Side
from sandop_web.wording import say

_Limit = tuple[str, str]  # kind of the limit, its id


@dataclass(frozen=True)
class Short:
    """How short a limit is in a version: in so many months, and what one per cent more of it would save."""

    months: int
    saves: float


def shortages_apart(sides: Sequence[Side]) -> Table | None:
    """Limits that are not equally short in all versions, those that appear or disappear first; None for none."""
    reader = sides[0].reader
    found = [_short(side) for side in sides]
    limits = [limit for limit in dict.fromkeys(key for one in found for key in one) if _apart(limit, found)]
    if not limits:
        return None
    limits.sort(key=lambda limit: (all(limit in one for one in found), -max(_saves(limit, one) for one in found)))
    columns = (
        Column(_say(reader, "head.limit")),
        *(Column(side.title) for side in sides),
        Column(_say(reader, "head.what_changes"), wrap=True),
    )
    return Table(columns, tuple(_row(limit, found, sides) for limit in limits))


def decisions_apart(sides: Sequence[Side]) -> Table | None:
    """Decisions that are not on every version's list, or of which another way is recommended; None for none."""
    reader = sides[0].reader
    found = [_decisions(side) for side in sides]
    every = dict.fromkeys(key for one in found for key in one)
    keys = [key for key in every if len({one.get(key) for one in found}) > 1]
    if not keys:
        return None
    columns = (Column(_say(reader, "head.decision")), *(Column(side.title, wrap=True) for side in sides))
    return Table(columns, tuple(_decision_row(key, found, reader) for key in keys))


def _short(side: Side) -> Mapping[_Limit, Short]:
    found: dict[_Limit, Short] = {}
    for row in rows(side.month, "shortages"):
        key = text(row["kind"]), text(row["limit"])
        before = found.get(key, Short(0, 0.0))
        saved = number(row.get("saves_1"))
        found[key] = Short(before.months + 1, before.saves + (saved if known(saved) else 0.0))
    return found


def _apart(limit: _Limit, found: Sequence[Mapping[_Limit, Short]]) -> bool:
    return len({one[limit].months if limit in one else 0 for one in found}) > 1


def _saves(limit: _Limit, one: Mapping[_Limit, Short]) -> float:
    return one[limit].saves if limit in one else 0.0


def _row(limit: _Limit, found: Sequence[Mapping[_Limit, Short]], sides: Sequence[Side]) -> Row:
    reader = sides[0].reader
    counts = [one[limit].months if limit in one else 0 for one in found]
    cells = [
        Cell(_say(reader, "short.months", count=count), tone="bad")
        if count
        else Cell(_say(reader, "short.not"), tone="good")
        for count in counts
    ]
    words = []
    for side, count in zip(sides[1:], counts[1:]):
        change = _change(counts[0], count)
        if change:
            words.append(_say(reader, f"short.{change}", title=side.title))
    return Row((_limit_name(reader, limit), *cells, reader.joined(words)))


def _change(before: int, after: int) -> str:
    if before == after:
        return ""
    if not before or not after:
        return "appears" if after else "gone"
    return "more" if after > before else "less"


def _limit_name(reader: Reader, limit: _Limit) -> str:
    return " · ".join(reader.any_name(part) for part in limit[1].split(" · "))


def _decisions(side: Side) -> Mapping[tuple[str, str], str]:
    """(kind, subject) → the way that is recommended, in words."""
    language = side.reader.language
    found: dict[tuple[str, str], str] = {}
    for row in rows(side.month, "decisions"):
        key = text(row["kind"]), text(row["subject"])
        found.setdefault(key, "")
        if flag(row.get("recommended")):
            money = number(row.get("money"))
            earns = f" ({side.reader.money(money)})" if known(money) and abs(money) >= 1.0 else ""
            found[key] = text(row.get(f"text_{language}")) + earns
    return found


def _decision_row(key: tuple[str, str], found: Sequence[Mapping[tuple[str, str], str]], reader: Reader) -> Row:
    kind, subject = key
    names = reader.joined(reader.any_name(part) for part in subject.replace(" · ", ", ").split(", "))
    nothing = Cell(_say(reader, "decision.not_there"), tone="quiet")
    return Row((f"{reader.word('decision_kind', kind)}: {names}", *(one.get(key) or nothing for one in found)))


def _say(reader: Reader, message: str, **values: object) -> str:
    return say(f"scenarios.{message}", reader.language, **values)
