"""The health check says whether the workbench can work."""

import pytest
from django.db import OperationalError, connection
from django.test import Client


@pytest.mark.django_db
def test_all_is_well_where_the_database_answers() -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")
    assert "no-store" in answer["Cache-Control"] and not answer.cookies


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_told_without_details() -> None:
    def unreachable(*_: object) -> None:
        raise OperationalError("connection to 10.0.0.7 refused")

    with connection.execute_wrapper(unreachable):
        answer = Client().get("/healthz")
    assert (answer.status_code, answer.text) == (503, "database")
