"""Runs as a process of its own, within a limit of memory: reads a plan that was brought and says what is wrong in it.

Call: python -m sandop_web.jobs.look SOURCE TARGET BYTES
SOURCE is a workbook or a plan folder. The findings are printed as JSON; where none is an error, the plan is written
to the folder TARGET, so that nothing else ever opens the file itself. Exit codes: 0 looked through, 3 out of memory.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from sandop.parallel import one_numerical_thread

OUT_OF_MEMORY = 3


def main(arguments: list[str]) -> int:
    """See the module."""
    source, target, most = Path(arguments[0]), Path(arguments[1]), int(arguments[2])
    one_numerical_thread()
    from sandop.io import check, write_folder
    from sandop.io.workbook_reader import limit_memory

    limit_memory(most)
    try:
        loaded = check(source)
        if loaded.plan is not None:
            write_folder(loaded.plan, target)
    except MemoryError:
        return OUT_OF_MEMORY
    json.dump([finding.as_plain() for finding in loaded.findings], sys.stdout, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
