"""What follows from versions otherwise: limits that are short in one and not in another, decisions that differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sandop.pack.figures import flag, known, number, rows, text
from sandop.pack.page import Cell, Column, Row, Table
from sandop.pack.pages.shortages import limit_name
from sandop.pack.reader import Reader
from sandop_web.queries.scenarios.side_by_side import Side, said

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
        Column(said(reader, "head.limit"), wrap=True),
        *(Column(side.title, wrap=True) for side in sides),
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
    columns = (Column(said(reader, "head.decision"), wrap=True), *(Column(side.title, wrap=True) for side in sides))
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
    cells = (_short_cell(reader, count, counts[0]) for count in counts)
    return Row((limit_name(reader, limit[1]), *cells))


def _short_cell(reader: Reader, count: int, before: int) -> Cell:
    """In how many periods it is short, and what that is beside the first version."""
    told = said(reader, "short.months", count=count) if count else said(reader, "short.not")
    if count == before:
        return Cell(told)
    word = ("appears" if not before else "more") if count > before else ("less" if count else "gone")
    return Cell(f"{told} · {said(reader, f'short.{word}')}", tone="bad" if count > before else "good")


@dataclass(frozen=True)
class Recommended:
    """The way that a version recommends. Two are alike where they are the same alternative, whatever it comes to."""

    alternative: str
    text: str = field(compare=False)


def _decisions(side: Side) -> Mapping[tuple[str, str], Recommended]:
    """(kind, subject) → the way that is recommended."""
    found: dict[tuple[str, str], Recommended] = {}
    for row in rows(side.month, "decisions"):
        if flag(row.get("recommended")):
            money = number(row.get("money"))
            earns = f" ({side.reader.money(money)})" if known(money) and abs(money) >= 1.0 else ""
            told = text(row.get(f"text_{side.reader.language}")) + earns
            found[text(row["kind"]), text(row["subject"])] = Recommended(text(row["alternative"]), told)
    return found


def _decision_row(
    key: tuple[str, str], found: Sequence[Mapping[tuple[str, str], Recommended]], reader: Reader
) -> Row:
    kind, subject = key
    names = reader.joined(reader.any_name(part) for part in subject.replace(" · ", ", ").split(", "))
    nothing = Cell(said(reader, "decision.not_there"), tone="quiet")
    return Row(
        (
            f"{reader.word('decision_kind', kind)}: {names}",
            *(one[key].text if key in one else nothing for one in found),
        )
    )
