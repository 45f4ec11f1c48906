"""A company comes to the workbench."""

from dataclasses import replace

import cast
import pytest
from jobs_stage import anna
from stage import Act

from sandop.plan import Plan, input_hash
from sandop_web.access import NotYourRole
from sandop_web.actions.founding import open_company
from sandop_web.store.models import Company, MasterRow, Member, Version
from sandop_web.store.plans import read_month


def _named(name: str) -> Plan:
    plan = cast.company_plan()
    company = plan.settings.company.model_copy(update={"name": name})
    return replace(plan, settings=plan.settings.model_copy(update={"company": company}))


@pytest.mark.django_db
def test_it_has_its_people_its_masters_and_its_plan_with_results() -> None:
    month = cast.company_month()
    slug = open_company(by=anna(), plan=cast.company_plan(), month=month, verified=month.result_hash)
    company = Company.objects.get(slug=slug)
    assert (slug, company.currency, company.invented) == ("small-pumps", "CNY", True)
    assert set(cast.ROLES) < set(company.members.values_list("person", flat=True))
    version = Version.objects.get(company=company)
    read = read_month(version)
    assert input_hash(read.plan) == input_hash(cast.company_plan())
    assert read.result_hash == version.verified == month.result_hash
    assert MasterRow.objects.filter(company=company, table="items").count() == len(cast.company_plan().network.items)


@pytest.mark.django_db
def test_whoever_opens_it_runs_its_cycle() -> None:
    slug = open_company(by=anna(), plan=cast.company_plan())
    assert Member.objects.get(company__slug=slug, user__username="anna").role == "sop_manager"


@pytest.mark.django_db
def test_every_company_has_an_address_of_its_own() -> None:
    names = ["Small Pumps", "Small Pumps", "钱塘泵业", "钱塘泵业"]
    slugs = [open_company(by=anna(), plan=_named(name)) for name in names]
    assert slugs == ["small-pumps", "small-pumps-2", "company", "company-2"]


def test_members_of_a_company_open_none(act: Act) -> None:
    for person in ("eve", "max", "vic"):
        with pytest.raises(NotYourRole):
            open_company(by=act(person), plan=cast.company_plan())
