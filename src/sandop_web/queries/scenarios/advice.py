"""Which of several versions to choose: by money, what it costs elsewhere, what it risks, and whether it is better in
everything."""

from __future__ import annotations

from collections.abc import Sequence

from sandop.pack.figures import known
from sandop_web.queries.scenarios.figures import FIGURES, seen_from
from sandop_web.queries.scenarios.side_by_side import Side, best_of, said
from sandop_web.wording import say

_JUDGED = tuple(figure for figure, (sign, _) in FIGURES.items() if sign)
_FULL = 1.0  # load from which a resource is over its hours
_SERVICE = 0.0005
_STOCK = 1_000.0
_COSTS = ("penalties", "extra_hours")


def best_side(sides: Sequence[Side]) -> Side | None:
    """The version that earns most, the first one where none earns visibly more; None where fewer than two say what
    they earn."""
    earning = [side for side in sides if known(side.figures["margin"])]
    if len(earning) < 2:
        return None
    best = max(earning, key=lambda side: side.figures["margin"])
    base = sides[0]
    return base if base in earning and best.figures["margin"] - base.figures["margin"] < 500 else best


def headline(sides: Sequence[Side]) -> str:
    """The version that earns most, how much more than the first, and what that does to service and stock."""
    reader, base, year = sides[0].reader, sides[0], sides[0].figures.year
    best = best_side(sides)
    if best is None:
        return said(reader, "compare.no_money")
    if best is base:
        others = [side for side in sides[1:] if known(side.figures["margin"])]
        least = min(others, key=lambda side: side.figures["margin"])
        away = base.figures["margin"] - least.figures["margin"]
        key = "compare.alike" if abs(away) < 500 else "compare.base_best"
        return said(reader, key, base=_called(base), money=reader.money(abs(away)), year=year)
    money = reader.money(best.figures["margin"] - base.figures["margin"])
    told = said(reader, "compare.best", title=best.title, base=_called(base), money=money, year=year)
    return told + _price(base, best)


def advice(sides: Sequence[Side]) -> tuple[str, ...]:
    """What to choose and what it risks, a sentence each: dominance where it holds, else what speaks for another one;
    what the best one spends elsewhere; how full it runs."""
    best = best_side(sides)
    if best is None:
        return ()
    told = [_standing(sides, best), _spending(sides[0], best), _running_full(sides[0], best)]
    return tuple(one for one in told if one)


def dominates(one: Side, other: Side) -> bool:
    """True where `one` is nowhere visibly worse than `other`, and somewhere visibly better."""
    aways = [
        FIGURES[figure][0] * (one.figures[figure] - other.figures[figure]) / seen_from(figure)
        for figure in _JUDGED
        if known(one.figures[figure]) and known(other.figures[figure])
    ]
    return bool(aways) and min(aways) > -1.0 and max(aways) >= 1.0


def _standing(sides: Sequence[Side], best: Side) -> str:
    """Whether it beats the others in everything; else in what which of the others is better."""
    reader, others = best.reader, [side for side in sides if side is not best]
    if all(dominates(best, other) for other in others):
        return said(reader, "advice.dominates", title=_called(best))
    ahead: dict[str, list[str]] = {}
    for figure in _JUDGED:
        place = best_of(figure, [side.figures[figure] for side in sides])
        if place is not None and sides[place] is not best:
            title = say(f"scenarios.advice_figure.{figure}", reader.language)
            ahead.setdefault(_called(sides[place]), []).append(title)
    told = [
        said(reader, "advice.ahead_in", figures=reader.joined(found), title=title) for title, found in ahead.items()
    ]
    return said(reader, "advice.against", parts=said(reader, "advice.and").join(told)) if told else ""


def _spending(base: Side, best: Side) -> str:
    """What it spends more on late and lost demand and bought hours, and whether its margin outweighs that."""
    reader = best.reader
    more = sum(_away(base, best, figure) for figure in _COSTS)
    gain = _away(base, best, "margin")
    if best is base or more < seen_from("penalties"):
        return ""
    key = "advice.outweighed" if more >= gain else "advice.spends"
    return said(reader, key, money=reader.money(more), title=_called(best))


def _running_full(base: Side, best: Side) -> str:
    """The resource that is over its hours in the best version, and how it is in the first."""
    reader, peak = best.reader, best.figures["peak"]
    if not known(peak) or peak <= _FULL or not best.figures.bottleneck:
        return ""
    resource, before = reader.name("resources", best.figures.bottleneck), base.figures["peak"]
    alike = best is base or not abs(peak - before) >= seen_from("peak")
    values = {"resource": resource, "peak": f"{peak:.0%}", "before": f"{before:.0%}" if known(before) else ""}
    return said(reader, "advice.full" if alike else "advice.full_beside", base=_called(base), **values)


def _away(base: Side, other: Side, figure: str) -> float:
    away = other.figures[figure] - base.figures[figure]
    return away if known(away) else 0.0


def _called(side: Side) -> str:
    """The plan is the plan; a scenario goes by its title."""
    return said(side.reader, "the_plan") if side.line.purpose == "plan" else f"“{side.title}”"


def _price(base: Side, best: Side) -> str:
    """What service and stock do meanwhile."""
    reader, service, stock = base.reader, _away(base, best, "service"), _away(base, best, "stock")
    parts = []
    if abs(service) >= _SERVICE:
        points = f"{'+' if service > 0 else '−'}{abs(service) * 100:.1f}"
        parts.append(said(reader, "compare.service", points=points))
    if abs(stock) >= _STOCK:
        sign = "more_stock" if stock > 0 else "less_stock"
        parts.append(said(reader, f"compare.{sign}", money=reader.money(abs(stock))))
    if not parts:
        return said(reader, "compare.nothing_else")
    return said(reader, "compare.meanwhile", parts=reader.joined(parts))
