"""The demo companies by name, with their titles in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sandop.wording import Language
from sandop_demo import medicines, pumps
from sandop_demo.demo import Demo


@dataclass(frozen=True)
class DemoCompany:
    """A company that can be built: `build()` gives it as its month begins."""

    company: str
    titles: tuple[str, str]
    about: tuple[str, str]
    build: Callable[[], Demo]

    def title(self, language: Language = "en") -> str:
        return self.titles[language == "zh"]

    def description(self, language: Language = "en") -> str:
        """One sentence on what is real and what is invented."""
        return self.about[language == "zh"]


def companies() -> Mapping[str, DemoCompany]:
    """Name → company, the first being the one shown unless another is asked for."""
    return {company.company: company for company in (_PUMPS, _MEDICINES)}


_PUMPS = DemoCompany(
    "pumps",
    ("Qiantang Pumps", "钱塘泵业"),
    (
        "An invented Chinese pump maker: 63 items in 8 families, two plants, winding too small in the busy months.",
        "虚构的中国水泵企业：8个产品族、63个产品、两座工厂，旺季电机绕线产能不足。",
    ),
    pumps.build,
)
_MEDICINES = DemoCompany(
    "medicines",
    ("Commonwealth Medicines", "联邦药品"),
    (
        "Real Australian prescriptions of 2000-2008 with their real cost; plants, bills and suppliers are invented.",
        "2000至2008年澳大利亚真实处方量与真实金额；工厂、物料清单和供应商为虚构。",
    ),
    medicines.build,
)
