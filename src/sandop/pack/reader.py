"""The reader: which language, which names, how a month and an amount of money are said."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sandop.calendar import month_number
from sandop.findings import Finding
from sandop.pack.page import Column, Form
from sandop.plan import Plan
from sandop.tables import Table
from sandop.wording import Language, LargeNumbers, currency_name, in_a_row, messages, say, when

_BETWEEN_IDS = re.compile(r"(, | · | \| )")
_NAMED = ("items", "families", "sites", "customers", "resources", "suppliers", "people", "activities")


@dataclass(frozen=True, eq=False)
class Reader:
    """Says ids, months and money in one language."""

    plan: Plan
    language: Language
    large_numbers: LargeNumbers = "million"

    @property
    def in_wan(self) -> bool:
        """True where large amounts are said in 万 and 亿, which is a way of Chinese alone."""
        return self.language == "zh" and self.large_numbers == "wan"

    def say(self, message: str, /, **values: object) -> str:
        """The sentence `pack.<message>`."""
        return say(f"pack.{message}", self.language, **values)

    def word(self, group: str, code: str) -> str:
        """The word for a code of the plan (`pack.<group>.<code>`); an unknown code stays as it is."""
        known = f"pack.{group}.{code}" in messages()
        return self.say(f"{group}.{code}") if known else code

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        tables = self.plan.network.tables()
        return {table: self._names_of(tables[table]) for table in _NAMED}

    def _names_of(self, table: Table) -> dict[str, str]:
        rows = table.rows()
        first, second = ("name_zh", "name") if self.language == "zh" else ("name", "name_zh")
        return {str(key): str(row[first] or row[second] or key) for key, row in zip(table.keys, rows)}

    def name(self, table: str, key: str) -> str:
        """Name of an id of a master table; the id itself where it has none."""
        return self._names[table].get(key, key)

    def any_name(self, key: str) -> str:
        """Name of an id whose table is not known (limits): resources, suppliers, sites, items and so on, else of
        a region."""
        for table in ("resources", "suppliers", "sites", "items", "families", "customers", "activities", "people"):
            if key in self._names[table]:
                return self._names[table][key]
        return self.word("region", key)

    def naming(self, finding: Finding) -> Finding:
        """The finding with names in place of the ids it speaks of."""
        return replace(finding, values={place: self._named(value) for place, value in finding.values.items()})

    def _named(self, value: object) -> object:
        """An id, or several in a row ("A, B", "A · B", "A@P1"), by their names; any other value as it is."""
        if not isinstance(value, str):
            return value
        between = " · ".join(value.split("@")) if value in self.plan.network.processes.position else value
        parts = _BETWEEN_IDS.split(between)
        said = [self.any_name(part) for part in parts]
        return "".join(said).replace(", ", "、" if self.language == "zh" else ", ")

    @property
    def company(self) -> str:
        company = self.plan.settings.company
        return (company.name_zh if self.language == "zh" else "") or company.name

    def month(self, label: str) -> str:
        """A month in a sentence: "2026-01" → "Jan 2026" or "2026年1月"; a week in a table stays as it is."""
        return label if "W" in label else when(label, self.language)

    def short_month(self, label: str) -> str:
        """A month over a column: "2026-01" → "Jan 26" or "26年1月"; a week stays as it is."""
        said = self.month(label)
        return said if said == label else said.replace(label[:4], label[2:4])

    def year(self, label: str | int) -> str:
        """A fiscal year as the company says it."""
        return self.say("year", year=label) if self.calendar_year else self.say("fiscal_year", year=label)

    @property
    def calendar_year(self) -> bool:
        return self.plan.settings.company.fiscal_year_start == 1

    @property
    def currency(self) -> str:
        """The plan's currency as it follows a number."""
        return _after_a_number(self.plan.settings.company.currency, self.language)

    def money(self, amount: float) -> str:
        """An amount in a sentence: "512 M CNY", "38.4 k CNY", "310 CNY"; 512百万元, or 5.12亿元."""
        code = self.plan.settings.company.currency
        return money_in_words(amount, currency=code, language=self.language, large_numbers=self.large_numbers)

    def money_unit(self, scale: Form) -> str:
        """The unit line of a table of money: "CNY million", 百万元, 万元."""
        scale = in_large_numbers(scale) if self.in_wan else scale
        return self.say(f"unit.{scale.partition('_')[0]}", currency=self.currency)

    def quantity(self, amount: float) -> str:
        return f"{amount:,.0f}" if abs(amount) >= 10 or amount == round(amount) else f"{amount:,.1f}"

    def share(self, share: float) -> str:
        return f"{share:.1%}"

    def family(self, key: str) -> str:
        return self.name("families", key)

    def plan_unit(self, family: str) -> str:
        families = self.plan.network.families
        return str(families.unit[families.position[family]]) if family in families.position else ""

    def joined(self, parts: Iterable[str]) -> str:
        return in_a_row(parts, self.language)

    def span(self, labels: Sequence[str], most: int = 3) -> str:
        """Months in a sentence: "Mar–May 2026, Aug 2026", 2026年3–5月; more than `most` runs are "others"."""
        found = runs(labels)
        said = [self._run(first, last) for first, last in found[:most]]
        return self.joined(said) + (self.say("and_more_months") if len(found) > most else "")

    def _run(self, first: str, last: str) -> str:
        """A run of months, the year said once where it is the same."""
        if first == last:
            return self.month(first)
        begin, end = self.month(first), self.month(last)
        if first[:4] == last[:4] and "W" not in first:
            begin, end = (begin[:-1], end[5:]) if self.language == "zh" else (begin[:3], end)
        return f"{begin}–{end}"

    def months(self, labels: Sequence[str], form: Form = "whole") -> tuple[Column, ...]:
        """One column a month."""
        return tuple(Column(self.short_month(label), form) for label in labels)


def money_in_words(
    amount: float, *, currency: str, language: Language, large_numbers: LargeNumbers = "million"
) -> str:
    """An amount of a currency ("CNY") in a sentence: "512 M CNY", 512百万元, or 5.12亿元 for who wants large numbers
    so."""
    scale, unit, digits = (_in_wan if language == "zh" and large_numbers == "wan" else _in_millions)(amount)
    said = f"{amount / scale:,.{digits}f}"
    if unit in ("wan", "yi") and digits:
        said = said.rstrip("0").rstrip(".")
    return say(f"pack.money.{unit}", language, amount=said, currency=_after_a_number(currency, language))


def _in_millions(amount: float) -> tuple[float, str, int]:
    """By what to divide, what it is called, how many decimals show."""
    size = abs(amount)
    scale, unit = (1e6, "million") if size >= 999_500 else (1e3, "thousand") if size >= 9_995 else (1.0, "whole")
    return scale, unit, 0 if size / scale >= 99.95 or size == round(size) < 1000 else 1 if scale > 1.0 else 2


def _in_wan(amount: float) -> tuple[float, str, int]:
    """3.84万, 3,840万, 5.12亿: as many digits as an amount in millions would show, or more."""
    size = abs(amount)
    if size < 9_995:
        return 1.0, "whole", 0 if size == round(size) else 2
    scale, unit = (1e8, "yi") if size >= 99_995_000 else (1e4, "wan")
    return scale, unit, 0 if size / scale >= 999.5 else 1 if size / scale >= 99.95 else 2


def _after_a_number(code: str, language: Language) -> str:
    """Chinese puts 元 right behind a number, and a code that has no name there behind a space."""
    name = currency_name(code, language)
    return f" {code}" if language == "zh" and name == code else name


def scale_of(amounts: Iterable[float | None]) -> Form:
    """How amounts are written: millions where the largest reaches five, thousands from a hundred thousand."""
    sizes = [abs(amount) for amount in amounts if amount is not None and math.isfinite(amount)]
    largest = max(sizes, default=0.0)
    return "million" if largest >= 5e6 else "thousand" if largest >= 1e5 else "whole"


def in_large_numbers(form: Form) -> Form:
    """The same amounts in 万 instead of millions or thousands."""
    forms: dict[Form, Form] = {
        "million": "wan",
        "million+": "wan+",
        "thousand": "wan_tenth",
        "thousand+": "wan_tenth+",
    }
    return forms.get(form, form)


def signed(form: Form) -> Form:
    """The same form with the sign of a difference."""
    forms: dict[Form, Form] = {
        "wan": "wan+",
        "wan_tenth": "wan_tenth+",
        "whole": "whole+",
        "thousand": "thousand+",
        "million": "million+",
        "tenth": "tenth+",
        "decimal": "decimal+",
        "share": "share+",
    }
    return forms.get(form, form)


def runs(labels: Sequence[str]) -> list[tuple[str, str]]:
    """First and last month of each run without a gap: Mar, Apr, May, Aug → (Mar, May), (Aug, Aug)."""
    found: list[tuple[str, str]] = []
    for label in sorted(set(labels)):
        if found and _follows(found[-1][1], label):
            found[-1] = (found[-1][0], label)
        else:
            found.append((label, label))
    return found


def _follows(first: str, second: str) -> bool:
    try:
        return month_number(second) == month_number(first) + 1
    except ValueError:
        return False
