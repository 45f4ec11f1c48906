"""What people type is read as they meant it, or refused: never as another number."""

import pytest

from sandop_web.access import NotUnderstood
from sandop_web.screens.typed import day_of, id_of, number_of, page_number, required_number, whole_number


@pytest.mark.parametrize(
    ("text", "value"), [("1234.5", 1234.5), (" 12 ", 12.0), ("1,5", 1.5), ("1,234", 1234.0), ("", None), ("-3", -3.0)]
)
def test_a_number_is_read_in_its_usual_forms(text: str, value: float | None) -> None:
    assert number_of(text, field="Price", language="en") == value


@pytest.mark.parametrize("text", ["5 %", "plenty", "1e999", "99999999999999", "1,23,4"])
def test_what_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        number_of(text, field="Price", language="en")
    assert "Price" in refusal.value.text("en") and text in refusal.value.text("en")


@pytest.mark.parametrize(
    ("text", "value"), [("50,000", 50_000.0), ("2,5 %", 0.025), ("２．５％", 0.025), ("0.05", 0.05)]
)
def test_a_number_as_the_workbench_writes_it_and_a_percentage(text: str, value: float) -> None:
    assert required_number(text, field="Price", language="en") == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "1.5", "9" * 25, "many"])
def test_a_whole_number_is_whole_and_not_blank(text: str) -> None:
    with pytest.raises(NotUnderstood):
        whole_number(text, field="Price", language="en")


def test_a_refusal_names_the_field_by_its_label_in_the_readers_language() -> None:
    with pytest.raises(NotUnderstood) as refusal:
        day_of("21.1.", field="cycle.meeting_day", language="zh")
    assert "cycle." not in refusal.value.text("zh") and "21.1." in refusal.value.text("zh")


def test_what_names_nothing_is_nothing() -> None:
    assert [id_of(text) for text in ("7", "x", "-1", "٣", "9" * 19)] == [7, None, None, None, None]
    assert page_number("") == 1 and page_number("3") == 3
