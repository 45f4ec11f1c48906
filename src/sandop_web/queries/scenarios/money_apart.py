"""What sets versions apart in money: a waterfall or table of price, volume, mix, new, lost and cost; and a page that
takes it apart by family, region, customer, item or month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from sandop.pack.page import Cell, Column, Part, Row, Step, Table, Value, Waterfall
from sandop.pack.places import ledger_place, span
from sandop.pack.reader import Reader, scale_of, signed
from sandop_web.access import Actor, NothingThere, query
from sandop_web.access.versions import version_of
from sandop_web.queries.plans import VersionLine, reader_of_version, version_facts
from sandop_web.queries.scenarios.bridging import LEVELS, LINES, Between, Bridged, between, effect_names
from sandop_web.queries.scenarios.cells import label_name
from sandop_web.queries.scenarios.figures import key_figures, read_figures
from sandop_web.queries.scenarios.places import PlaceIn, in_version
from sandop_web.queries.scenarios.side_by_side import Side, said
from sandop_web.queries.steps.large_numbers import parts_in_wan

_NEXT = {"family": "item", "region": "customer", "customer": "item", "item": "customer", "month": "family"}
_SEEN = 50.0  # plan currency: smaller effects are shown in the table alone
_NAMED = 2  # effects that the headline names


@dataclass(frozen=True)
class Narrowed:
    """A label that the reader has chosen."""

    level: str
    label: str
    name: str


@dataclass(frozen=True)
class MoneyApart:
    """What sets `other` apart from `base`: the whole by effects, and the nodes of a level.

    line, level what is bridged, and by what it is taken apart
    levels      by what else it can be
    within      the labels chosen so far, the first chosen first
    months      first and last month; empty where the versions share none or have no money
    total, bridged  the whole and the nodes as numbers; `chart` and `nodes` draw them
    """

    base: VersionLine
    other: VersionLine
    line: str
    level: str
    levels: tuple[str, ...]
    within: tuple[Narrowed, ...]
    months: tuple[str, str]
    headline: str
    chart: tuple[Part, ...] = ()
    nodes: tuple[Part, ...] = ()
    total: Bridged | None = None
    bridged: tuple[Bridged, ...] = ()


@query
def money_apart(
    *,
    by: Actor,
    base: int,
    other: int,
    line: str = "margin",
    level: str = "",
    within: Mapping[str, str] | None = None,
) -> MoneyApart:
    """Bridges the margin or revenue of one version to another's in the year of its key figures, cell by cell of what
    is sold, in the reader's scope. `within` narrows it (level → label). Raises NothingThere."""
    within = {name: label for name, label in (within or {}).items() if name in LEVELS and label}
    line = line if line in LINES else LINES[0]
    levels = tuple(name for name in LEVELS if name not in within)
    level = level if level in levels else levels[0] if levels else "item"
    first, second = (version_facts(by=by, version=version) for version in (base, other))
    reader = reader_of_version(by=by, version=other)
    found = _between(by, base, other, within.get("month", ""))
    chosen = tuple(Narrowed(name, label, _label(reader, name, label)) for name, label in within.items())
    if found is None:
        return MoneyApart(first, second, line, level, levels, chosen, ("", ""), said(reader, "bridge.none"))
    for name, label in within.items():
        if label not in found.labels(name, {}):
            raise NothingThere()
    total = _total(found, line, within)
    told = _Told(reader, found, line, level, within, (first, second))
    return MoneyApart(
        first,
        second,
        line,
        level,
        levels,
        chosen,
        found.span,
        headline=told.headline(total),
        chart=_in_form(reader, waterfall(reader, told.titles, total, told.title)),
        nodes=_in_form(reader, told.nodes(total)),
        total=total,
        bridged=told.shown,
    )


def effects_of(by: Actor, sides: Sequence[Side]) -> Part | None:
    """The margin of the year bridged: a waterfall to one other version, a table to several; None without money."""
    reader, base = sides[0].reader, sides[0]
    found = [_between(by, base.line.version, side.line.version) for side in sides[1:]]
    totals = [None if one is None else _total(one, "margin", {}) for one in found]
    known = [(side, total) for side, total in zip(sides[1:], totals) if total is not None]
    if not known:
        return None
    title = said(reader, "bridge.effects", year=base.figures.year)
    if len(sides) == 2:
        return waterfall(reader, (base.title, sides[1].title), known[0][1], title)
    columns = (Column(said(reader, "head.effect")), *(Column(side.title, "million+", wrap=True) for side, _ in known))
    rows = [
        Row((said(reader, f"effect.{name}"), *(total.effects[place] for _, total in known)))
        for place, name in enumerate(effect_names())
        if any(abs(total.effects[place]) >= _SEEN for _, total in known)
    ]
    rows.append(Row((said(reader, "head.difference"), *(total.away for _, total in known)), "total"))
    return Table(columns, tuple(rows), said(reader, "bridge.caption", title=title, unit=reader.money_unit("million")))


def waterfall(reader: Reader, titles: tuple[str, str], total: Bridged, title: str) -> Waterfall:
    """From the first version to the second by its effects; those that nobody would see are left out."""
    named = [(name, amount) for name, amount in zip(effect_names(), total.effects) if abs(amount) >= _SEEN]
    steps = [Step(titles[0], total.start, total=True)]
    steps += [Step(said(reader, f"effect.{name}"), amount) for name, amount in named]
    steps.append(Step(titles[1], total.end, total=True))
    scale = scale_of((total.start, total.end))
    return Waterfall(title, tuple(steps), scale, reader.money_unit(scale))


@dataclass(frozen=True, eq=False)
class _Told:
    """What a page says of the bridge between two versions."""

    reader: Reader
    found: Between
    line: str
    level: str
    within: Mapping[str, str]
    lines: tuple[VersionLine, VersionLine]

    @property
    def titles(self) -> tuple[str, str]:
        first, second = (
            self.reader.month(line.title) if line.purpose == "plan" else line.title for line in self.lines
        )
        return first, second

    @property
    def span(self) -> str:
        first, last = self.found.span
        return self.reader.span(self.found.months.labels) if first != last else self.reader.month(first)

    @property
    def title(self) -> str:
        return said(self.reader, f"bridge.title_{self.line}", months=self.span)

    def headline(self, total: Bridged) -> str:
        """How much more is earned, and by what most of all."""
        reader, away = self.reader, total.away
        where = reader.joined(_label(reader, name, label) for name, label in self.within.items())
        key = "alike" if abs(away) < _SEEN else "more" if away > 0 else "less"
        told = said(
            reader,
            f"bridge.{self.line}_{key}",
            title=self.titles[1],
            base=self.titles[0],
            money=reader.money(abs(away)),
            months=self.span,
        )
        ranked = sorted(zip(effect_names(), total.effects), key=lambda one: -abs(one[1]))
        parts = [_effect(reader, name, amount) for name, amount in ranked[:_NAMED] if abs(amount) >= _SEEN]
        told += said(reader, "compare.meanwhile", parts=reader.joined(parts)) if parts else ""
        return f"{where}{said(reader, 'bridge.colon')}{told}" if where else told

    @cached_property
    def shown(self) -> tuple[Bridged, ...]:
        """The nodes, the one that is most apart first; months as they come."""
        found = self.found.at(line=self.line, level=self.level, within=self.within)
        return found if self.level == "month" else tuple(sorted(found, key=lambda one: -abs(one.away)))

    def nodes(self, total: Bridged) -> Table:
        """A row for each node; each leads further down."""
        shown = self.shown
        some = [
            place for place, _ in enumerate(effect_names()) if any(abs(one.effects[place]) >= _SEEN for one in shown)
        ]
        scale = scale_of((total.start, total.end))
        reader, change = self.reader, signed(scale)
        columns = (
            Column(said(reader, f"level.{self.level}")),
            Column(self.titles[0], scale, wrap=True),
            *(Column(said(reader, f"effect.{effect_names()[place]}"), change) for place in some),
            Column(self.titles[1], scale, wrap=True),
            Column(said(reader, "head.difference"), change),
        )
        rows = [self._row(one, some) for one in shown]
        if len(rows) > 1:
            rows.append(self._row(total, some, name=said(reader, "total")))
        return Table(
            columns, tuple(rows), said(reader, "bridge.caption", title=self.title, unit=reader.money_unit(scale))
        )

    def _row(self, one: Bridged, some: Sequence[int], name: str = "") -> Row:
        at = {**self.within, self.level: one.node} if not name else dict(self.within)
        before, after = (self._place(at, line.version) for line in self.lines)
        first = Cell(name or _label(self.reader, self.level, one.node), link="" if name else self._down(at))
        cells: list[Cell | Value] = [first, Cell(one.start, place=before)]
        cells += [Cell(one.effects[place] if abs(one.effects[place]) >= _SEEN else None) for place in some]
        tone = "quiet" if abs(one.away) < _SEEN else "good" if one.away > 0 else "bad"
        cells += [Cell(one.end, place=after), Cell(one.away, tone=tone)]  # type: ignore[arg-type]
        return Row(tuple(cells), "total" if name else "plain")

    def _place(self, at: Mapping[str, str], version: int) -> PlaceIn:
        period = at.get("month") or span(*self.found.span)
        levels = tuple((name, label) for name, label in at.items() if name != "month")
        return in_version(ledger_place(self.line, "plan", period, levels), version)

    def _down(self, at: Mapping[str, str]) -> str:
        """What the page is asked for one node further down; nothing at the end."""
        onward = next((name for name in (_NEXT[self.level], *LEVELS) if name not in at), "")
        if not onward or len(at) >= len(LEVELS) - 1:
            return ""
        asked = [("v", line.version) for line in self.lines]
        return "?" + urlencode([*asked, ("of", self.line), ("by", onward), *at.items()])


def _between(by: Actor, base: int, other: int, month: str = "") -> Between | None:
    versions = [version_of(by=by, version=version) for version in (base, other)]
    if any(version.results_of is None for version in versions):
        return None
    year = key_figures(read_figures(versions[0], by).month).year
    return between(by=by, base=versions[0], other=versions[1], year=year, month=month)


def _total(found: Between, line: str, within: Mapping[str, str]) -> Bridged:
    (total,) = found.at(line=line, level="", within=within)
    return total


def _in_form(reader: Reader, part: Part) -> tuple[Part, ...]:
    return parts_in_wan((part,)) if reader.in_wan else (part,)


def _label(reader: Reader, level: str, label: str) -> str:
    return reader.month(label) if level == "month" else label_name(reader, level, label) or said(reader, "unnamed")


def _effect(reader: Reader, name: str, amount: float) -> str:
    """ "price +1.2 M CNY"."""
    mark = "+" if amount > 0 else "−"
    return said(
        reader, "bridge.effect", effect=said(reader, f"effect_in.{name}"), money=mark + reader.money(abs(amount))
    )
