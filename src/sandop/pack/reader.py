"""The reader: which language, which names, how a month and an amount of money are said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sandop.calendar import month_number
from sandop.pack.page import Column, Form
from sandop.plan import Plan
from sandop.tables import Table
from sandop.wording import Language, LargeNumbers, in_a_row, messages, say

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CURRENCIES_ZH = {
    "CNY": "元",
    "USD": "美元",
    "EUR": "欧元",
    "AUD": "澳元",
    "GBP": "英镑",
    "HKD": "港元",
    "JPY": "日元",
}
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
        """Name of an id whose table is not known (limits): resources, suppliers, sites, items and so on."""
        for table in ("resources", "suppliers", "sites", "items", "families", "customers", "activities"):
            if key in self._names[table]:
                return self._names[table][key]
        return key

    @property
    def company(self) -> str:
        company = self.plan.settings.company
        return (company.name_zh if self.language == "zh" else "") or company.name

    def month(self, label: str) -> str:
        """ "2026-01" → "Jan 26" or "26年1月"; a week stays as it is."""
        try:
            number = month_number(label)
        except ValueError:
            return label
        year, month = number // 12 % 100, number % 12 + 1
        return f"{year:02d}年{month}月" if self.language == "zh" else f"{_MONTHS[month - 1]} {year:02d}"

    def year(self, label: str | int) -> str:
        """A fiscal year as the company says it."""
        return self.say("year", year=label) if self.calendar_year else self.say("fiscal_year", year=label)

    @property
    def calendar_year(self) -> bool:
        return self.plan.settings.company.fiscal_year_start == 1

    @property
    def currency(self) -> str:
        code = self.plan.settings.company.currency
        return _CURRENCIES_ZH.get(code, f" {code}") if self.language == "zh" else code

    def money(self, amount: float) -> str:
        """An amount in a sentence: "512 M CNY", "38.4 k CNY", "310 CNY"; 512百万元, or 5.12亿元."""
        size = abs(amount)
        if self.in_wan:
            return self._money_in_wan(amount)
        scale, unit = (1e6, "million") if size >= 999_500 else (1e3, "thousand") if size >= 9_995 else (1.0, "whole")
        digits = 0 if size / scale >= 99.95 or size == round(size) < 1000 else 1 if scale > 1.0 else 2
        return self.say(f"money.{unit}", amount=f"{amount / scale:,.{digits}f}", currency=self.currency)

    def _money_in_wan(self, amount: float) -> str:
        """3.84万元, 3,840万元, 5.12亿元: as many digits as an amount in millions would show, or more."""
        size = abs(amount)
        if size < 9_995:
            return self.say(
                "money.whole", amount=f"{amount:,.{0 if amount == round(amount) else 2}f}", currency=self.currency
            )
        scale, unit = (1e8, "yi") if size >= 99_995_000 else (1e4, "wan")
        digits = 0 if size / scale >= 999.5 else 1 if size / scale >= 99.95 else 2
        said = f"{amount / scale:,.{digits}f}"
        return self.say(
            f"money.{unit}", amount=said.rstrip("0").rstrip(".") if digits else said, currency=self.currency
        )

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
        """Months in a sentence: "Mar 26–May 26, Aug 26"; more than `most` runs are "others"."""
        found = runs(labels)
        said = [self.month(a) if a == b else f"{self.month(a)}–{self.month(b)}" for a, b in found[:most]]
        return self.joined(said) + (self.say("and_more_months") if len(found) > most else "")

    def months(self, labels: Sequence[str], form: Form = "whole") -> tuple[Column, ...]:
        """One column a month."""
        return tuple(Column(self.month(label), form) for label in labels)


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
