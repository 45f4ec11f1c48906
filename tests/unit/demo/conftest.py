"""The companies, built once."""

import pytest

from sandop_demo import medicines, pumps
from sandop_demo.companies import companies
from sandop_demo.demo import Demo


@pytest.fixture(scope="session")
def pump_maker() -> Demo:
    return pumps.build()


@pytest.fixture(scope="session")
def medicine_company() -> Demo:
    return medicines.build()


@pytest.fixture(scope="session", params=sorted(companies()))
def either(request: pytest.FixtureRequest, pump_maker: Demo, medicine_company: Demo) -> Demo:
    return {"pumps": pump_maker, "medicines": medicine_company}[request.param]
