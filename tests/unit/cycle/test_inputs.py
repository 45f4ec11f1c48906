"""What each step needs: whom it comes from and how a program sees that it is there."""

from sandop.cycle import Input, input_of, inputs, inputs_of, roles, steps
from sandop.measures import measures
from sandop.network import TABLES
from sandop.scenario import STEPS

_NAMES = {
    "measure": set(measures()),
    "table": {table.file for table in TABLES},
    "made": set(STEPS),
    "fresh": set(STEPS),
    "step": {found.step for found in steps()},
    "signed": {""},
}


def test_every_input_has_an_owner_and_its_evidence_names_what_there_is() -> None:
    for found in inputs():
        assert found.owner in roles() and found.substitutes, found.input
        for evidence in found.evidence:
            assert evidence.name in _NAMES[evidence.kind], (found.input, evidence)


def test_an_input_that_is_there_by_itself_has_evidence() -> None:
    assert [found.input for found in inputs() if found.itself and not found.evidence] == []


def test_only_numbers_of_the_salespeople_can_be_stood_in_for_by_other_numbers() -> None:
    stood_in = [found.input for found in inputs() if found.substitutes != ("none",)]
    assert stood_in == ["sales_forecast"] and input_of("sales_forecast").each == "salesperson"


def test_a_step_shows_its_inputs_in_both_languages() -> None:
    for found in steps():
        assert found.inputs("zh") == tuple(one.title("zh") for one in inputs_of(found.step))
        assert not any(one.title("zh").isascii() for one in inputs_of(found.step))


def test_evidence_of_a_step_lies_before_the_step_that_needs_it() -> None:
    places = {found.step: place for place, found in enumerate(steps())}

    def before(wanted: Input) -> list[int]:
        return [places[evidence.name] for evidence in wanted.evidence if evidence.kind == "step"]

    assert all(place < places[wanted.step] for wanted in inputs() for place in before(wanted))


def test_what_must_be_fresh_when_a_step_is_signed_is_a_step_of_the_chain() -> None:
    assert {found.results for found in steps()} - {""} <= set(STEPS)
