"""The results of a run belong to the changes they were computed from."""

import pytest
from cast import company_month
from planning import EAST, forecast, say_forecast
from stage import Act

from sandop_web.access import NothingThere, NotYourRole
from sandop_web.actions.results import store_results
from sandop_web.queries.plans import report_of, version_facts
from sandop_web.store.models import Deed, Version
from sandop_web.store.plans import change_count, read_month
from sandop_web.store.publishing import publish_version
from sandop_web.store.refusals import VersionIsPublished


def test_results_kept_with_the_count_they_were_computed_from_are_fresh(act: Act, version: Version) -> None:
    say_forecast(act("sally"), version, forecast(EAST, 300.0))
    assert version_facts(by=act("max"), version=version.pk).behind == 1
    store_results(by=act("max"), version=version.pk, month=company_month(), changes=change_count(version))
    assert version_facts(by=act("max"), version=version.pk).behind == 0
    assert read_month(version).result_hash == company_month().result_hash


def test_an_edit_made_meanwhile_leaves_them_stale(act: Act, version: Version) -> None:
    before = change_count(version)
    say_forecast(act("sally"), version, forecast(EAST, 300.0))
    store_results(by=act("max"), version=version.pk, month=company_month(), changes=before, verified="a" * 64)
    facts = version_facts(by=act("max"), version=version.pk)
    assert facts.behind == 1
    assert not facts.verified  # the certificate speaks of other inputs


def test_the_record_of_the_deed_stays_short(act: Act, version: Version) -> None:
    store_results(by=act("max"), version=version.pk, month=company_month(), changes=0)
    assert len(str(Deed.objects.get(action="store_results").arguments)) < 300


def test_what_stands_in_for_missing_inputs_is_kept_among_the_reports(
    act: Act, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = {"step": "demand_review", "input": "sales_forecast", "customer": "W"}
    monkeypatch.setattr("sandop_web.actions.results.substitutes_report", lambda _: [mark])
    store_results(by=act("max"), version=version.pk, month=company_month(), changes=0)
    assert list(report_of(by=act("max"), version=version.pk, name="substitutes")) == [mark]
    assert list(report_of(by=act("sally"), version=version.pk, name="substitutes")) == []


def test_a_published_version_keeps_its_results(act: Act, version: Version) -> None:
    publish_version(version=version, at=act("eve").at)
    with pytest.raises(VersionIsPublished):
        store_results(by=act("max"), version=version.pk, month=company_month(), changes=0)


def test_a_viewer_and_another_company_keep_nothing(act: Act, version: Version) -> None:
    with pytest.raises(NotYourRole):
        store_results(by=act("vic"), version=version.pk, month=company_month(), changes=0)
    with pytest.raises(NothingThere):
        store_results(by=act("max"), version=version.pk + 7, month=company_month(), changes=0)
