"""A small plan folder written line by line, which the tests of reading dirty."""

from __future__ import annotations

from pathlib import Path

from sandop.findings import Finding
from sandop.io import Loaded, read_folder

PLAN_TOML = """\
seed = 7
[company]
name = "Teapot Works"
name_zh = "茶壶厂"
currency = "CNY"
[time]
start = "2026-01"
months = 6
history_start = "2025-07"
"""

FILES = {
    "plan.toml": PLAN_TOML,
    "families.csv": "family,unit\nPOT,pot\n",
    "items.csv": "item,name_zh,family,kind,unit,value\nTEA-1,茶壶,POT,finished,pot,10\nCLAY,陶土,POT,raw,kg,1\n",
    "sites.csv": "site\nP1\nDC\n",
    "customers.csv": "customer,region,site,priority\nSHOP,East,DC,1\nKEY,West,DC,1\n",
    "priorities.csv": "priority,late,lost\n1,1,5\n",
    "people.csv": "person,role\nwang,sales\n",
    "resources.csv": "resource,site\nKILN,P1\n",
    "processes.csv": "process,item,site,lead_time_days\nFIRE,TEA-1,P1,3\n",
    "bills.csv": "process,component,quantity\nFIRE,CLAY,2\n",
    "routings.csv": "process,resource,hours\nFIRE,KILN,0.5\n",
    "lanes.csv": "origin,destination\nP1,DC\n",
    "suppliers.csv": "supplier\nPIT\n",
    "sources.csv": "item,site,supplier,price\nCLAY,P1,PIT,1\n",
    "opening_stock.csv": "item,site,quantity\nTEA-1,DC,20\n",
    "orders.csv": "item,site,customer,2025-07,2025-08,2025-09,2025-10,2025-11,2025-12\n"
    "TEA-1,DC,SHOP,10,12,11,9,14,10\nTEA-1,DC,KEY,1,2,3,4,5,6\n",
    "price.csv": "item,customer,2026-01,2026-02,2026-03,2026-04,2026-05,2026-06\n"
    "TEA-1,SHOP,20,20,20,20,20,20\nTEA-1,KEY,21,21,21,21,21,21\n",
    "capacity_regular.csv": "resource,2026-01,2026-02,2026-03,2026-04,2026-05,2026-06\nKILN,80,60,80,80,80,80\n",
}


def folder(path: Path, **changed: str | bytes | None) -> Path:
    """The small company with some files other than usual; None leaves one out. `plan_toml` is plan.toml."""
    files: dict[str, str | bytes | None] = dict(FILES)
    for name, content in changed.items():
        files["plan.toml" if name == "plan_toml" else f"{name}.csv"] = content
    for name, content in files.items():
        if content is not None:
            (path / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def read(path: Path, **changed: str | bytes | None) -> Loaded:
    return read_folder(folder(path, **changed))


def found(loaded: Loaded, message: str) -> Finding:
    """The one finding of this kind."""
    readable(loaded)
    same = [finding for finding in loaded.findings if finding.message == f"io.{message}"]
    assert len(same) == 1, [finding.as_row() for finding in loaded.findings]
    return same[0]


def messages(loaded: Loaded) -> list[str]:
    readable(loaded)
    return [finding.message.removeprefix("io.") for finding in loaded.findings]


def readable(loaded: Loaded) -> None:
    """Every finding can be said in both languages."""
    for finding in loaded.findings:
        assert finding.as_row("en")["what"]
        assert finding.as_row("zh")["what"]
