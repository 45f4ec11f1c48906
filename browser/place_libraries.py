"""Puts the browser's libraries where the workbench serves them: from `node_modules` to `static/vendor`.

Nothing is bundled or changed. Each file gets a compressed sister, which whitenoise sends to browsers that take it.
"""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
MODULES = HOUSE / "node_modules"
VENDOR = HOUSE / "src" / "sandop_web" / "static" / "vendor"

# Library → what the pages load of it, and its licence.
WANTED = {
    "@revolist/revogrid": ("dist/revo-grid/*.js", "LICENSE"),
    "echarts": ("dist/echarts.esm.min.js", "LICENSE", "NOTICE"),
    "htmx.org": ("dist/htmx.min.js", "LICENSE"),
}


def place() -> int:
    """Copy every wanted file anew; returns how many. Raises FileNotFoundError where a library lacks one."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    count = 0
    for library, patterns in WANTED.items():
        folder = VENDOR / library.split("/")[-1].removesuffix(".org")
        folder.mkdir(parents=True)
        for pattern in patterns:
            found = sorted((MODULES / library).glob(pattern))
            if not found:
                raise FileNotFoundError(f"{library} has no {pattern}: run `make` again, or mend package.json")
            count += sum(_copied(file, folder) for file in found)
    versions = {name: json.loads((MODULES / name / "package.json").read_text())["version"] for name in WANTED}
    (VENDOR / "versions.json").write_text(json.dumps(versions, indent=1) + "\n", encoding="utf-8")
    return count


def _copied(file: Path, folder: Path) -> int:
    target = folder / file.name
    shutil.copyfile(file, target)
    if target.suffix == ".js":
        target.with_suffix(".js.gz").write_bytes(gzip.compress(target.read_bytes(), 9, mtime=0))
    return 1


if __name__ == "__main__":
    print(f"{place()} files of the browser's libraries are in place.")
