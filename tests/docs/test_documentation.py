"""The documentation is true: its commands run and say what it says they say, its generated pages are current."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from small_company import plan

# Columns that name the row and need no words of their own.
KEYS = {
    "compare", "customer", "effect", "family", "identity", "item", "kpi", "lag", "level", "line", "node", "period",
    "process", "scope", "site", "stream", "version",
}  # fmt: skip
ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

import console  # noqa: E402
import make_reference  # noqa: E402

from sandop.io import write_folder  # noqa: E402
from sandop.scenario import Month, run_steps  # noqa: E402
from sandop_cli.main import VERBS  # noqa: E402


def test_every_command_of_the_tutorial_prints_what_the_tutorial_shows(tmp_path: Path) -> None:
    """Numbers were true on the day they were written; the words around them must be true today."""
    page = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    found = list(console.commands(page))
    assert len(found) > 10
    for command in found:
        printed = console.run(command.words, tmp_path)
        assert console.masked(printed) == console.masked(command.output), command.words


@pytest.mark.parametrize("name", make_reference.pages())
def test_generated_pages_are_current(name: str) -> None:
    written = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert written == make_reference.pages()[name], "run `make reference`"


def test_the_library_example_of_the_readme_runs(tmp_path: Path) -> None:
    """The small company stands in for the reader's own."""
    write_folder(plan(), tmp_path / "my-company")
    code = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code[0]], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    delivered, gap = map(float, done.stdout.split())
    assert delivered > 1000 and gap < 1e-6


def test_every_report_and_every_column_is_documented() -> None:
    """What lies in `results/` is described, report by report and column by column."""
    page = (ROOT / "docs" / "reference" / "results.md").read_text(encoding="utf-8")
    reports = run_steps(month=Month(plan())).reports
    assert len(reports) > 20
    for name, report in reports.items():
        line = next((line for line in page.splitlines() if re.match(rf"\| [^|]*`{name}`", line)), "")
        assert line, name
        undescribed = [column for column in (report[0] if report else ()) if f"`{column}`" not in line]
        assert set(undescribed) <= KEYS, (name, undescribed)


def test_every_verb_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    assert not [verb for verb in VERBS if f"## {verb}\n" not in page]


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/**/*.md")) + [ROOT / "README.md"], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert not [target for target in targets if not (page.parent / target).exists()]


def test_every_constraint_of_the_model_has_a_row_on_the_mathematics_page() -> None:
    page = (ROOT / "docs" / "mathematics.md").read_text(encoding="utf-8")
    source = (ROOT / "src" / "sandop" / "supply" / "constraints.py").read_text(encoding="utf-8")
    rules = re.findall(r"^def ([a-z]\w+)\(draft", source, re.MULTILINE)
    assert rules
    assert not [rule for rule in rules if f"`{rule}`" not in page]
