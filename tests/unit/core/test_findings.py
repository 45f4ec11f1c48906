"""Words: every sentence exists in both languages; findings decide the exit code; many tasks keep their order."""

import csv
import re
from pathlib import Path

import pytest

import sandop
import sandop_cli
from sandop.findings import Finding, Severity, Where, exit_code, has_errors
from sandop.parallel import map_tasks
from sandop.units import days_to_buckets
from sandop.wording import Message, messages, read_messages, say


def _agree(one: str, other: str) -> bool:
    """Each sentence names what the other says. A choice between one and several need not be named: Chinese makes
    none."""
    return not (_said(one) - _named(other)) and not (_said(other) - _named(one))


def _named(sentence: str) -> set[str]:
    return set(re.findall(r"{(\w+)", sentence))


def _said(sentence: str) -> set[str]:
    return set(re.findall(r"{(\w+)(?!\w|:\|)", sentence))


COMMAND_LINE = read_messages(Path(sandop_cli.__file__).parent)


@pytest.mark.parametrize("message", sorted({*messages(), *COMMAND_LINE}))
def test_both_languages_name_the_same_places(message: str) -> None:
    sentence = messages().get(message) or COMMAND_LINE[message]
    assert sentence.en and sentence.zh
    assert _agree(sentence.en, sentence.zh)
    assert _agree(sentence.remedy_en, sentence.remedy_zh)
    assert bool(sentence.remedy_en) == bool(sentence.remedy_zh)


def test_a_message_given_twice_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "messages.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["id", "en", "zh"], ["a", "x", "y"], ["a", "x", "y"]])
    with pytest.raises(ValueError, match="given twice"):
        read_messages(tmp_path)


def test_a_message_speaks_the_readers_language() -> None:
    message = Message("one", "一", "do", "做")
    assert (message.text("zh"), message.remedy("zh"), message.text("en"), message.remedy("en")) == (
        "一",
        "做",
        "one",
        "do",
    )
    with pytest.raises(KeyError):
        say("there is no such message")


def test_the_exit_code_tells_the_worst_finding() -> None:
    warning, error = Finding(Severity.WARNING, "x"), Finding(Severity.ERROR, "x")
    assert (exit_code([]), exit_code([warning]), exit_code([warning, error])) == (0, 1, 2)
    assert has_errors([error]) and not has_errors([warning])


def test_a_place_reads_as_a_planner_would_say_it() -> None:
    assert str(Where("items.csv", 7, "value")) == "items.csv, row 7, value"
    assert str(Where()) == ""


def test_results_come_in_the_order_of_the_tasks() -> None:
    assert map_tasks(abs, [-3, 2, -1], workers=2) == [3, 2, 1]
    assert map_tasks(abs, [-3], workers=4) == [3]
    with pytest.raises(ValueError, match="1 or more"):
        map_tasks(abs, [], workers=0)


def test_a_lead_time_in_days_is_a_part_of_a_month() -> None:
    assert days_to_buckets(30.4375, bucket="month") == 1.0
    assert days_to_buckets(3.5, bucket="week") == 0.5
    with pytest.raises(ValueError, match="day"):
        days_to_buckets(1.0, bucket="day")


def test_the_product_states_its_version() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", sandop.__version__)
