"""How people write numbers, and what of it can be understood."""

import numpy as np
import pytest

from sandop.io.numbers import read_numbers


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1234.5", 1234.5),
        ("-3", -3.0),
        ("1e3", 1000.0),
        (" 7 ", 7.0),
        ("(100)", -100.0),
        ("（100）", -100.0),
        ("100-", -100.0),
        ("\u2212100", -100.0),
        ("+5", 5.0),
        ("1,234.5", 1234.5),
        ("(1,234.50)", -1234.5),
        ("1,234,567", 1234567.0),
        ("1 234,5", 1234.5),
        ("1 234 567", 1234567.0),
        ("1\u00a0234,5", 1234.5),
        ("1'234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1.234.567", 1234567.0),
        ("12,5", 12.5),
        ("0,125", 0.125),
        ("1234,567", 1234.567),
        ("１２３", 123.0),
        ("１，２３４．５", 1234.5),
    ],
)
def test_a_number_is_read_as_its_writer_meant_it(cell: str, value: float) -> None:
    read = read_numbers([cell])
    assert not read.faults
    assert read.values[0] == value


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("1,234", "ambiguous_number"),
        ("-1,234", "ambiguous_number"),
        ("12 pcs", "number_with_unit"),
        ("¥12.50", "number_with_unit"),
        ("3.5万", "number_with_unit"),
        ("25%", "percent"),
        ("n/a", "word_for_blank"),
        ("-", "word_for_blank"),
        ("NaN", "word_for_blank"),
        ("inf", "word_for_blank"),
        ("#REF!", "error_value"),
        ("1e999", "not_a_number"),
        ("1_000", "not_a_number"),
        ("1,23,456", "not_a_number"),
        ("many", "not_a_number"),
    ],
)
def test_what_cannot_be_understood_is_never_guessed(cell: str, fault: str) -> None:
    read = read_numbers(["1", cell])
    assert read.faults == {f"io.{fault}": [1]}
    assert np.isnan(read.values[1])
    assert read.values[0] == 1.0


def test_a_blank_is_nobody_has_said_and_not_zero() -> None:
    read = read_numbers(["", "　", "0"])
    assert np.isnan(read.values[:2]).all()
    assert read.values[2] == 0.0
    assert not read.faults


def test_percent_is_understood_where_a_share_is_meant() -> None:
    assert read_numbers(["7%", "(50 %)", "25％"], share=True).values.tolist() == [0.07, -0.5, 0.25]


def test_another_number_of_the_column_settles_what_a_comma_means() -> None:
    """The same text, "1,234", beside 5,678.90 and beside 5,5."""
    assert read_numbers(["1,234", "5,678.90"]).values.tolist() == [1234.0, 5678.9]
    assert read_numbers(["1,234", "5,5"]).values.tolist() == [1.234, 5.5]
    assert read_numbers(["(1,234)", "5,678.90"]).values.tolist() == [-1234.0, 5678.9]


def test_a_column_that_contradicts_itself_settles_nothing() -> None:
    assert read_numbers(["1,234", "5,678.90", "5,5"]).faults == {"io.ambiguous_number": [0]}


def test_a_point_is_in_doubt_where_the_column_writes_decimal_commas() -> None:
    assert read_numbers(["1.234", "12,5"]).faults == {"io.ambiguous_number": [0]}
    assert read_numbers(["1.234", "12.5"]).values.tolist() == [1.234, 12.5]


def test_unusual_writing_is_reported_with_what_it_became() -> None:
    assert read_numbers(["(100)", "5"]).unusual == {"(100)": -100.0}
