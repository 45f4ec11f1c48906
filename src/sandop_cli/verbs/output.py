"""What the meeting reads."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryFile

import click

from sandop.pack import write_pack
from sandop_cli.desk import Desk, open_desk
from sandop_cli.options import folder, screened
from sandop_cli.screen import Screen


@click.command()
@folder
@click.option("--out", type=click.Path(path_type=Path), help="File to write; the default lies in FOLDER/packs.")
@screened
def pack(folder: Path, out: Path | None, screen: Screen) -> int:
    """Write the meeting pack (XLSX) in English or Chinese: what to decide, money, family sheets, capacity, shortages.

    \b
    Example:  sandop pack my-company --lang zh
    """
    desk = open_desk(folder, screen)
    path = make_pack(desk, screen, out)
    screen.say("pack.done", path=path)
    return 0


def make_pack(desk: Desk, screen: Screen, out: Path | None = None) -> Path:
    """The pack of the desk's month, every step of it made."""
    month = desk.through("review", anew=False)
    path = out or desk.folder / "packs" / f"{desk.plan.settings.time.start}-{screen.language}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    TemporaryFile(dir=path.parent).close()  # a folder that takes no file says so here, in the words of the system
    with screen.progress() as bars, bars.step("step.pack"):
        write_pack(month=month, path=path, language=screen.language)
    screen.answer(pack=str(path))
    return path
