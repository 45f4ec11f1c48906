"""What the terminal shows: sentences, tables, findings, progress; JSON where a machine reads; quiet in a pipe."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from sandop.findings import Finding, Refusal, Severity
from sandop.wording import Language, Message, read_messages

_MARK = {Severity.ERROR: ("✗", "red"), Severity.WARNING: ("!", "yellow"), Severity.NOTE: ("·", "cyan")}
FINDINGS_SHOWN = 40


@cache
def _own_messages() -> dict[str, Message]:
    return read_messages(Path(__file__).parent)


@dataclass
class Screen:
    """One run of a verb as its reader sees it."""

    language: Language = "en"
    as_json: bool = False
    console: Console = field(default_factory=lambda: Console(highlight=False, soft_wrap=True))
    said: dict[str, Any] = field(default_factory=dict)

    def words(self, message: str, /, **values: object) -> str:
        """A sentence of the command line in the reader's language."""
        return _own_messages()[message].filled(self.language, values)

    def say(self, message: str, /, **values: object) -> None:
        """Print a sentence; silent where a machine reads."""
        if not self.as_json:
            self.console.print(Text(self.words(message, **values)))

    def line(self, text: str, style: str = "") -> None:
        if not self.as_json:
            self.console.print(Text(text, style=style))

    def fails(self, message: str, /, **values: object) -> None:
        """Say on stderr why the verb could not do its work; in the answer where a machine reads."""
        text = self.words(message, **values)
        self.answer(error=text)
        if not self.as_json:
            click.echo(f"✗ {text}", err=True)

    def answer(self, **values: Any) -> None:
        """What `--json` prints when the verb ends."""
        self.said.update(values)

    def findings(self, findings: Sequence[Finding]) -> None:
        """All findings, worst first: where, what, what to do."""
        self.answer(findings=[finding.as_row(self.language) for finding in findings])
        if self.as_json or not findings:
            return
        order = list(Severity)
        worst_first = sorted(findings, key=lambda finding: order.index(finding.severity))
        for finding in worst_first[:FINDINGS_SHOWN]:
            mark, colour = _MARK[finding.severity]
            where = f"{finding.where}: " if str(finding.where) else ""
            self.console.print(Text.assemble((f"{mark} ", colour), (where, "bold"), finding.text(self.language)))
            if finding.remedy(self.language):
                self.console.print(Text(f"    → {finding.remedy(self.language)}", style="dim"))
        if len(findings) > FINDINGS_SHOWN:
            self.say("findings.more", count=len(findings) - FINDINGS_SHOWN)

    def table(
        self, name: str, rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], title: str = ""
    ) -> None:
        """A table of some columns (column → heading); numbers to the right."""
        self.answer(**{name: [dict(row) for row in rows]})
        if self.as_json or not rows:
            return
        table = Table(title=title or None, title_justify="left", box=None, header_style="bold", pad_edge=False)
        for column, heading in columns.items():
            numeric = all(isinstance(row.get(column), int | float | None) for row in rows)
            table.add_column(heading, justify="right" if numeric else "left", no_wrap=numeric)
        for row in rows:
            table.add_row(*(shown(row.get(column)) for column in columns))
        self.console.print(table)

    @contextmanager
    def progress(self) -> Iterator[Steps]:
        """Progress bars on a terminal; nothing in a pipe or with --json."""
        if self.as_json or not self.console.is_terminal:
            yield Steps(None, self)
            return
        columns = (TextColumn("{task.description}"), BarColumn(bar_width=30), TimeElapsedColumn())
        with Progress(*columns, console=self.console) as progress:
            yield Steps(progress, self)

    def close(self) -> None:
        """Print the JSON answer, where it was asked for."""
        if self.as_json:
            write_answer(self.said)


@dataclass
class Steps:
    """The bars of a run: one per step, full when it ends."""

    bars: Progress | None
    screen: Screen

    @contextmanager
    def step(self, message: str, /, **values: object) -> Iterator[None]:
        if self.bars is None:
            yield
            return
        bar = self.bars.add_task(self.screen.words(message, **values), total=None)
        yield
        self.bars.update(bar, total=1, completed=1)


def shown(value: Any) -> str:
    """A cell as people read it: thousands apart, blanks empty."""
    if value is None or value == "" or value != value:
        return ""
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, int) or (isinstance(value, float) and abs(value) >= 1000):
        return f"{value:,.0f}"
    return f"{value:,.3g}" if isinstance(value, float) else str(value)


def write_answer(said: Mapping[str, Any]) -> None:
    """One JSON object on stdout."""
    plain_said = json.loads(json.dumps(said, ensure_ascii=False, default=plain), parse_constant=lambda _: None)
    sys.stdout.write(json.dumps(plain_said, ensure_ascii=False, indent=1) + "\n")


def plain(value: Any) -> Any:
    """Numbers of numpy, paths and dates for JSON."""
    if hasattr(value, "item"):
        return value.item()
    return str(value)


class Refused(click.ClickException):
    """A refusal by the rules, shown with what to do; exit code 2."""

    exit_code = 2

    def __init__(self, refusal: Refusal, language: Language) -> None:
        remedy = refusal.remedy(language)
        super().__init__(refusal.text(language) + (f"\n    → {remedy}" if remedy else ""))

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"✗ {self.format_message()}", file=file or sys.stderr)
