"""Read a plan folder: plan.toml, one CSV per table or measure, vintages, the version approved last."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sandop.findings import Where
from sandop.io.assemble import Grids, Loaded, assembled, input_names, not_read, table_names
from sandop.io.days import read_period
from sandop.io.grid import Grid, grid_of_csv
from sandop.io.ledger import Ledger
from sandop.io.naming import nearest
from sandop.io.read_settings import settings_of_toml
from sandop.io.versions import VersionDamaged, last_approved
from sandop.plan import Settings, Sheet

SETTINGS = "plan.toml"
CHANGES = "changes"
_FOLDERS = ("vintages", "versions", "results", "releases", "aside", "packs")
_SUFFIXES = (".csv", ".tsv", ".txt", ".toml", ".xlsx", ".xls")


def read_folder(path: Path) -> Loaded:
    """The plan of a folder with every problem in it; `plan` is None where one of them is an error."""
    ledger = Ledger()
    if not path.is_dir():
        ledger.error("io.no_folder", Where(path.name))
        return Loaded(None, ledger.findings(), ledger.counts())
    settings = _settings(path, ledger)
    known = (*table_names(), *input_names(), CHANGES)
    grids = _grids(path, known, ledger)
    tables = {name: grid for name, grid in grids.items() if name in table_names()}
    sheets = {name: grid for name, grid in grids.items() if name in input_names()}
    vintages = _vintages(path / "vintages", ledger)
    previous = previous_sheets(path, settings, ledger)
    return assembled(Grids(settings, tables, sheets, vintages, grids.get(CHANGES), previous), ledger)


def _settings(path: Path, ledger: Ledger) -> Settings | None:
    file = path / SETTINGS
    if not file.is_file():
        close = nearest(SETTINGS, [found.name for found in path.iterdir() if found.suffix == ".toml"])
        ledger.error("io.no_settings", Where(SETTINGS), nearest=close or "–")
        return None
    content = _content(file, SETTINGS, ledger)
    return settings_of_toml(SETTINGS, content, ledger) if content is not None else None


def _content(file: Path, name: str, ledger: Ledger) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        ledger.error("io.unreadable_file", Where(name))
        return None


def _grids(path: Path, known: tuple[str, ...], ledger: Ledger) -> dict[str, Grid]:
    grids: dict[str, Grid] = {}
    for file in sorted(path.iterdir()):
        if file.name.startswith((".", "~")) or file.name == SETTINGS:
            continue
        if file.is_dir():
            if file.name not in _FOLDERS:
                _unknown_folder(file.name, ledger)
        elif file.suffix == ".csv" and file.stem in known:
            content = _content(file, file.name, ledger)
            grid = grid_of_csv(file.stem, file.name, content, ledger) if content is not None else None
            if grid:
                grids[file.stem] = grid
        elif file.suffix.lower() in _SUFFIXES:
            not_read(file.name, file.stem, known, ledger, suffix=".csv")
    return grids


def _unknown_folder(name: str, ledger: Ledger) -> None:
    close = nearest(name, _FOLDERS)
    if close:
        ledger.warning("io.unknown_file_near", Where(name), nearest=close)


def _vintages(path: Path, ledger: Ledger) -> dict[str, Grid]:
    grids: dict[str, Grid] = {}
    for file in sorted(path.glob("*.csv")):
        month = read_period(file.stem).label
        name = f"vintages/{file.name}"
        if not month or "W" in month:
            ledger.error("io.vintage_name", Where(name), name=file.stem)
            continue
        if month in grids:
            ledger.error("io.vintage_twice", Where(name), month=month, other=grids[month].file)
            continue
        content = _content(file, name, ledger)
        grid = grid_of_csv(f"vintage {month}", name, content, ledger) if content is not None else None
        if grid:
            grids[month] = grid
    return grids


def previous_sheets(path: Path, settings: Settings | None, ledger: Ledger) -> Mapping[str, Sheet]:
    """Results of the version approved last before this plan's first month; empty where nothing was approved."""
    if settings is None:
        return {}
    try:
        version = last_approved(path, before=settings.time.start)
    except VersionDamaged as damaged:
        ledger.error("io.version_damaged", Where("versions"), **damaged.values)
        return {}
    return version.sheets if version else {}
