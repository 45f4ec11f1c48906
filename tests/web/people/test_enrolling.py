"""The members of a new company come from its plan's people table."""

import pytest
from stage import NOW

from sandop.network import People
from sandop_web.actions.delegating import RoleUnknown
from sandop_web.actions.enrolling import enroll
from sandop_web.store.models import Company, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def fresh() -> Company:
    """A company of which nobody is a member yet."""
    return Company.objects.create(slug="fresh", name="Fresh", currency="CNY", made_at=NOW)


def people(*rows: dict[str, object]) -> People:
    """A people table."""
    return People.of(rows)


CHEN = {"person": "chen", "name": "Chen Guodong", "name_zh": "陈国栋", "role": "gm", "authority": 2e7}
ZHAO = {"person": "zhao", "name": "Zhao Lei", "role": "sales", "region": "East", "authority_units": 1000.0}


def test_everybody_gets_a_place_and_an_account_that_nobody_can_enter_yet(fresh: Company) -> None:
    chen, zhao = enroll(company=fresh, people=people(CHEN, ZHAO), at=NOW)
    assert (chen.person, chen.name_zh, chen.role, chen.authority, chen.authority_units) == (
        "chen", "陈国栋", "gm", 2e7, None,
    )  # fmt: skip
    assert (zhao.region, zhao.authority, zhao.authority_units) == ("East", 0.0, 1000.0)
    assert zhao.user.username == "zhao" and zhao.user.email == "" and not zhao.user.has_usable_password()
    assert zhao.user.date_joined == NOW


def test_a_second_company_has_its_own_chen(fresh: Company) -> None:
    User.objects.create_user("chen")
    (chen,) = enroll(company=fresh, people=people(CHEN), at=NOW)
    assert chen.user.username == "chen-2" and chen.person == "chen"


def test_a_name_with_spaces_and_chinese_becomes_a_user_name(fresh: Company) -> None:
    (li,) = enroll(company=fresh, people=people({**CHEN, "person": "李 雷/华东"}), at=NOW)
    assert li.user.username == "李-雷-华东"


def test_the_founder_stands_beside_them_as_sop_manager(fresh: Company) -> None:
    founder = User.objects.create_user("boss", first_name="Anna", last_name="Bo", is_staff=True)
    *_, beside = enroll(company=fresh, people=people(CHEN), at=NOW, founder=founder)
    assert (beside.user, beside.person, beside.name, beside.role) == (founder, "boss", "Anna Bo", "sop_manager")


def test_a_founder_who_is_among_them_takes_their_own_place(fresh: Company) -> None:
    founder = User.objects.create_user("chen", is_staff=True)
    (chen,) = enroll(company=fresh, people=people(CHEN), at=NOW, founder=founder)
    assert (chen.user, chen.role) == (founder, "gm")


def test_a_role_that_the_cycle_does_not_know_is_named(fresh: Company) -> None:
    with pytest.raises(RoleUnknown, match="emperor"):
        enroll(company=fresh, people=people({**CHEN, "role": "emperor"}), at=NOW)
