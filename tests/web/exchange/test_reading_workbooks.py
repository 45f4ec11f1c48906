"""A workbook that comes back: what differs is found by keys, and what cannot be meant is refused with its place.

DOM: A (customers E, W), B (E); the forecast of March: A·E 300, A·W 100, B·E blank.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
import xlsxwriter
from planning import B_EAST, EAST, WEST, forecast, say_forecast
from stage import NOW, Act

from exchange_workbooks import FORECAST, KEYS, SHEET, Workbook, brought_back, taken_out
from sandop_web.access import NotYourRole
from sandop_web.access.exchange.refusals import (
    DamagedKeys,
    KeysMissing,
    KeyTwice,
    KeyUnknown,
    NotNumbers,
    NotOurFile,
    NotReadable,
    OtherCompany,
    OtherVersion,
    PeriodMissing,
    RowAdded,
)
from sandop_web.access.grid.asked import GridAsked
from sandop_web.access.grid.locks import MoneyIsRead
from sandop_web.queries.exchange import bringing
from sandop_web.queries.exchange.keys import Provenance
from sandop_web.queries.exchange.sheet import workbook_of
from sandop_web.queries.grid import Grid, grid_of
from sandop_web.store.models import Company, Version
from sandop_web.store.refusals import VersionIsPublished


@pytest.fixture
def out(act: Act, version: Version) -> Workbook:
    """The forecast as Dana has taken it out."""
    say_forecast(act("dana"), version, forecast(EAST, 300.0), forecast(WEST, 100.0))
    return taken_out(act("dana"), version.pk)


def _found(
    act: Act, version: Version, workbook: Workbook
) -> dict[tuple[str, ...], tuple[float | None, float | None]]:
    """Labels of the row → base and mine, for cells of March that are not covered."""
    brought = brought_back(act("dana"), version.pk, workbook)
    assert {cell.period for cell in brought.cells} <= {"2026-03"}
    return {
        tuple(label for _, label in cell.at): (cell.base, cell.mine) for cell in brought.cells if not cell.covered
    }


def test_a_file_nobody_has_changed_holds_nothing_new(act: Act, version: Version, out: Workbook) -> None:
    assert brought_back(act("dana"), version.pk, out).cells == ()


def test_a_number_typed_cleared_and_said_for_the_first_time(act: Act, version: Version, out: Workbook) -> None:
    edited = out.typed(out.at("DOM", "A", "E"), 330.0).typed(out.at("DOM", "A", "W"), None)
    edited = edited.typed(out.at("DOM", "B", "E"), 40.5)
    assert _found(act, version, edited) == {
        ("DOM", "A", "E"): (300.0, 330.0),
        ("DOM", "A", "W"): (100.0, None),
        ("DOM", "B", "E"): (None, 40.5),
    }


def test_a_total_is_a_live_formula_and_differs_only_when_it_is_typed_over(
    act: Act, version: Version, out: Workbook
) -> None:
    total = out.at("DOM", "A")
    assert out.holds(total) == "400" and b"SUMIFS" in _xml(out, SHEET)
    recomputed = out.formula(total, 'IF(COUNTIFS(B1:B2,"x",D1:D2,"&gt;-1E+99")=0,"–",SUMIFS(D1:D2,B1:B2,"x"))', 430.0)
    assert _found(act, version, recomputed.typed(out.at("DOM", "A", "E"), 330.0)) == {
        ("DOM", "A", "E"): (300.0, 330.0)
    }
    assert _found(act, version, out.typed(total, 500.0)) == {("DOM", "A"): (400.0, 500.0)}
    assert _found(act, version, out.formula(total, "400*1.1", 440.0)) == {("DOM", "A"): (400.0, 440.0)}


def test_where_a_total_and_a_row_below_it_were_typed_the_deeper_one_counts(
    act: Act, version: Version, out: Workbook
) -> None:
    edited = out.typed(out.at("DOM", "A"), 500.0).typed(out.at("DOM", "A", "E"), 330.0)
    cells = brought_back(act("dana"), version.pk, edited).cells
    assert {tuple(label for _, label in cell.at): cell.covered for cell in cells} == {
        ("DOM", "A"): True,
        ("DOM", "A", "E"): False,
    }


def test_rows_and_months_that_were_moved_are_still_found(act: Act, version: Version, out: Workbook) -> None:
    """Two rows change places, keys and all; so do two months."""
    edited = out.typed(out.at("DOM", "A", "E"), 330.0)
    first, second = (_row_of(out.at("DOM", "A", customer)) for customer in ("E", "W"))
    march, april = (re.match("[A-Z]+", out.at("DOM", "A", "E", period=one))[0] for one in ("2026-03", "2026-04"))  # type: ignore[index]
    moved = edited.changed(SHEET, lambda xml: _swapped_rows(xml, first, second))
    moved = moved.changed(SHEET, lambda xml: _swapped_columns(xml, march, april))
    assert moved.holds(f"{march}3") == "2026-04"
    assert _found(act, version, moved) == {("DOM", "A", "E"): (300.0, 330.0)}


def test_rows_that_are_gone_change_nothing_and_are_counted(act: Act, version: Version, out: Workbook) -> None:
    row = _row_of(out.at("DOM", "A", "W"))
    without = out.changed(SHEET, lambda xml: re.sub(rf'<row r="{row}".*?</row>'.encode(), b"", xml))
    brought = brought_back(act("dana"), version.pk, without)
    assert (brought.cells, brought.missing) == ((), 1)


def test_formulas_on_plain_cells_count_by_what_they_came_to(act: Act, version: Version, out: Workbook) -> None:
    at = out.at("DOM", "A", "E")
    assert _found(act, version, out.formula(at, "300*1.1", 330.0)) == {("DOM", "A", "E"): (300.0, 330.0)}
    with pytest.raises(NotReadable) as refused:
        brought_back(act("dana"), version.pk, out.formula(at, "300*1.1", None))
    assert at in refused.value.text("en") and refused.value.remedy("zh")


def test_text_where_a_number_belongs_is_named_by_its_cell(act: Act, version: Version, out: Workbook) -> None:
    at = out.at("DOM", "A", "E")
    for text in ("about 300", "1,200", "2026-03-04", "1e300", "nan", "inf"):
        with pytest.raises(NotNumbers) as refused:
            brought_back(act("dana"), version.pk, out.text(at, text))
        assert at in refused.value.text("en") and at in refused.value.text("zh"), text


def test_a_blank_may_be_written_as_a_dash(act: Act, version: Version, out: Workbook) -> None:
    assert _found(act, version, out.text(out.at("DOM", "A", "E"), "–")) == {("DOM", "A", "E"): (300.0, None)}


def test_a_name_that_begins_like_a_formula_stays_text(act: Act, version: Version) -> None:
    grid = grid_of(by=act("dana"), version=version.pk, asked=FORECAST)
    names = tuple("=cmd|'/c calc'!A1" for _ in grid.nodes.name)
    content = workbook_of(
        grid=replace(grid, nodes=replace(grid.nodes, name=names)), provenance=_provenance(grid), language="en"
    )
    sheet = _xml(Workbook(content), SHEET)
    assert b"cmd|" in sheet and not re.search(rb"<f>[^<]*cmd", sheet)


def _provenance(grid: Grid) -> Provenance:
    periods = tuple(period.label for period in grid.periods)
    decimals = {one.id: one.decimals for one in grid.measures}
    return Provenance("small", "Small", grid.version, 1, "2026-01", "Dana", NOW, FORECAST, periods, decimals)


# Files that are not ours, or no longer


def test_other_workbooks_are_refused(act: Act, version: Version, out: Workbook) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet("Plan").write_string(0, 0, "a plan")
    with pytest.raises(NotOurFile):
        brought_back(act("dana"), version.pk, Workbook(content.getvalue()))


def test_the_keys_are_sealed(act: Act, version: Version, out: Workbook) -> None:
    for old, new in ((b"sales_forecast", b"capacity_limit"), (b"300.0", b"301.0")):
        tampered = _tampered(out, old, new)
        assert tampered.content != out.content
        with pytest.raises(DamagedKeys):
            brought_back(act("dana"), version.pk, tampered)


def test_a_file_of_another_company_names_it(act: Act, version: Version, out: Workbook) -> None:
    dana = act("dana")
    Company.objects.filter(pk=version.company_id).update(slug="renamed", name="Renamed")
    elsewhere = taken_out(dana, version.pk)
    Company.objects.filter(pk=version.company_id).update(slug="small")
    with pytest.raises(OtherCompany) as refused:
        brought_back(act("dana"), version.pk, elsewhere)
    assert "Renamed" in refused.value.text("en")


def test_a_file_of_another_version_names_it(act: Act, version: Version, out: Workbook) -> None:
    from sandop_web.actions.scenarios import branch_scenario

    branch = branch_scenario(by=act("dana"), version=version.pk, title="More pumps", why="try")
    with pytest.raises(OtherVersion) as refused:
        brought_back(act("dana"), branch, out)
    assert "Jan 2026" in refused.value.text("en") and "More pumps" in refused.value.text("zh")


def test_a_version_published_since_takes_nothing(act: Act, version: Version, out: Workbook) -> None:
    Version.objects.filter(pk=version.pk).update(state=Version.State.PUBLISHED)
    with pytest.raises(VersionIsPublished):
        brought_back(act("dana"), version.pk, out)


def test_money_is_only_read(act: Act, version: Version) -> None:
    money = taken_out(act("dana"), version.pk, GridAsked(**{**vars(FORECAST), "unit": "money"}))
    with pytest.raises(MoneyIsRead):
        brought_back(act("dana"), version.pk, money)


def test_keys_that_are_gone_twice_or_unknown_are_refused_with_their_row(
    act: Act, version: Version, out: Workbook
) -> None:
    row, other = (_row_of(out.at("DOM", "A", customer)) for customer in ("E", "W"))
    key, second = out.holds(f"A{row}"), out.holds(f"A{other}")
    for wrong, refusal, said in (
        (out.text(f"A{row}", second), KeyTwice, str(other)),
        (out.text(f"A{row}", "r9999"), KeyUnknown, str(row)),
        (out.text(f"A{row}", ""), RowAdded, str(row)),
        (out.text("A3", ""), KeysMissing, ""),
        (out.text("G3", ""), PeriodMissing, "Jan 2026"),
        (out.text("H3", "2026-01"), KeyTwice, "2026-01"),
    ):
        with pytest.raises(refusal) as refused:
            brought_back(act("dana"), version.pk, wrong)
        assert said in refused.value.text("en") and refused.value.remedy("zh"), refusal
    assert key != second


def test_remarks_beside_the_rows_are_let_alone(act: Act, version: Version, out: Workbook) -> None:
    remark = out.changed(
        SHEET,
        lambda xml: xml.replace(
            b"</sheetData>", b'<row r="900"><c r="G900" t="inlineStr"><is><t>call E</t></is></c></row></sheetData>'
        ),
    )
    assert brought_back(act("dana"), version.pk, remark).cells == ()


@pytest.mark.parametrize("bomb", ["not a zip", "bomb", "far cell", "entities", "macros", "cut off"])
def test_hostile_files_are_refused_before_they_are_opened(
    act: Act, version: Version, out: Workbook, bomb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "worksheets", lambda *_, **__: pytest.fail("it was opened"))
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    files = {
        "not a zip": b"item,2026-01\nA,5\n",
        "bomb": _zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(500_000_000)}),
        "far cell": out.changed(SHEET, lambda xml: xml.replace(b"</sheetData>", far)).content,
        "entities": out.changed(SHEET, lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml).content,
        "macros": _zipped({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"", "xl/vbaProject.bin": b"x"}),
        "cut off": out.content[:-400],
    }
    with pytest.raises(NotReadable) as refused:
        brought_back(act("dana"), version.pk, Workbook(files[bomb]))
    assert refused.value.text("zh") and refused.value.remedy("en")


def test_the_file_goes_where_its_reader_may_and_no_further(act: Act, version: Version, out: Workbook) -> None:
    """Sally's file holds her region alone, and a viewer brings nothing back."""
    sallys = taken_out(act("sally"), version.pk)
    assert not any('"W"' in line for line in sallys.hidden()) and any('"W"' in line for line in out.hidden())
    assert all(B_EAST[2] in line or '"customer"' not in line for line in sallys.hidden()[3:])
    with pytest.raises(NotYourRole):
        brought_back(act("vic"), version.pk, out)


def _row_of(cell: str) -> int:
    return int(re.sub("[A-Z]", "", cell))


def _xml(workbook: Workbook, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook.content)) as archive:
        return archive.read(part)


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _tampered(workbook: Workbook, old: bytes, new: bytes) -> Workbook:
    """The hidden sheet with other words in it, wherever its text is kept."""
    for part in (KEYS, "xl/sharedStrings.xml"):
        with zipfile.ZipFile(io.BytesIO(workbook.content)) as archive:
            known = part in archive.namelist()
        if known and old in _xml(workbook, part):
            return workbook.changed(part, lambda xml: xml.replace(old, new, 1))
    raise AssertionError(old)


def _swapped_rows(xml: bytes, first: int, second: int) -> bytes:
    def renumbered(match: re.Match[bytes]) -> bytes:
        row = int(match[2])
        other = {first: second, second: first}.get(row, row)
        return re.sub(rb'(<row r="|<c r="[A-Z]+)%d"' % row, lambda one: one[1] + b'%d"' % other, match[0])

    return re.sub(rb'(<row r="(\d+)".*?</row>)', renumbered, xml)


def _swapped_columns(xml: bytes, first: str, second: str) -> bytes:
    other = {first.encode(): second.encode(), second.encode(): first.encode()}
    return re.sub(rb'<c r="([A-Z]+)(\d+)"', lambda one: b'<c r="%s%s"' % (other.get(one[1], one[1]), one[2]), xml)
