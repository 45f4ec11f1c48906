"""Sentences that several steps say, and the figures in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from sandop.pack.figures import Numbers, by_family, known, months, share, total
from sandop.pack.reader import Reader
from sandop.scenario import Month
from sandop_web.access import Actor
from sandop_web.wording import say

Quantities = Mapping[str, float]  # plan unit → quantity


class Words:
    """The sentences `steps.*` in the language of a reader."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def say(self, message: str, /, **values: object) -> str:
        """The sentence `steps.<message>`."""
        return say(f"steps.{message}", self.reader.language, **values)

    def counted(self, message: str, count: int, /, **values: object) -> str:
        """The sentence for one (`<message>.one`) or for several."""
        return self.say(f"{message}.one" if count == 1 else message, count=count, **values)

    def against(self, value: float, base: float, name: str) -> str:
        """A figure set against another: "4.1% above budget"; empty where one is blank."""
        change = share(value - base, abs(base))
        if not known(change):
            return ""
        named = self.say(f"base.{name}")
        if abs(change) < 0.0005:
            return self.say("against.equal", base=named)
        side = "above" if change > 0 else "below"
        return self.say(f"against.{side}", base=named, share=self.reader.share(abs(change)))

    def versus(self, value: float, base: float, name: str) -> str:
        """The same as a clause that goes on a sentence: ", 4.1% above budget"."""
        clause = self.against(value, base, name)
        return self.say("versus", clause=clause) if clause else ""

    def clauses(self, said: Iterable[str]) -> str:
        """Clauses as one sentence with a capital: "Nothing runs out", "5 lots start; nothing runs out"."""
        whole = ""
        for clause in said:
            whole = self.say("clauses", first=whole, second=clause) if whole else clause
        return whole[:1].upper() + whole[1:]

    def month(self, label: str) -> str:
        """A month in a sentence: "Dec 2025"."""
        return self.reader.month(label)

    def quantities(self, amounts: Quantities) -> str:
        """Quantities of several units in one phrase: "6,230 pumps, 410 sets"."""
        return self.reader.joined(
            self.say("quantity", quantity=self.reader.quantity(amount), unit=self.reader.word("unit_of", unit))
            for unit, amount in amounts.items()
        )


def in_plan_units(month: Month, name: str, labels: Iterable[str] = ()) -> dict[str, float]:
    """Plan unit → quantity of a measure over the labelled months, the whole horizon where none are named. Families
    of different units are never added."""
    return in_units(month, by_family(month, name, tuple(labels) or months(month)))


def in_units(month: Month, families: Mapping[str, Numbers]) -> dict[str, float]:
    """Plan unit → what the families that are counted in it come to, of values by family (month,)."""
    table = month.plan.network.families
    unit = dict(zip(table.keys, table.unit))
    found: dict[str, float] = {}
    for family, values in families.items():
        if np.isfinite(total(values)):
            found[unit[family]] = found.get(unit[family], 0.0) + total(values)
    return found


def scope_in_words(by: Actor, reader: Reader) -> tuple[str, ...]:
    """What the reader sees only a part of; nothing for those who see the whole company."""
    return () if by.everywhere else (say("steps.scope", reader.language, scope=scope_named(by, reader)),)


def scope_named(by: Actor, reader: Reader) -> str:
    """The family and region of the reader; empty for the whole company."""
    family, region = by.family and reader.family(by.family), by.region and reader.word("region", by.region)
    return reader.joined((family, region))
