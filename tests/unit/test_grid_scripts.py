"""What the grid reckons in the browser (arithmetic, clipboard, spreading, saving), tested by Node."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parent / "scripts"


@pytest.mark.parametrize("file", sorted(path.name for path in SCRIPTS.glob("*.test.mjs")))
def test_what_the_page_reckons_itself_is_right(file: str) -> None:
    node = shutil.which("node")
    if not node:
        if os.environ.get("SANDOP_NEEDS_POSTGRES"):
            pytest.fail("Node is not installed")
        pytest.skip("Node is not installed")
    ran = subprocess.run([node, "--test", file], cwd=SCRIPTS, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout[-8000:] + ran.stderr
