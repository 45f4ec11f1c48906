"""Runs the commands of the documentation's ```console blocks and compares or fills in what they print."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HASH = re.compile(r"\b[0-9a-f]{12,64}\b")
_NUMBER = re.compile(r"[-+]?\d[\d,.]*(?:e[-+]\d+)?")


@dataclass(frozen=True)
class Command:
    """A command of a page and what the page says it prints."""

    words: str
    output: str


def commands(page: str) -> Iterator[Command]:
    """The commands of a page in their order: lines that begin with `$ `, each with the lines up to the next."""
    for block in BLOCK.findall(page):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            words, _, output = part.partition("\n")
            yield Command(words, output)


def run(words: str, folder: Path) -> str:
    """What a command prints, standard error included."""
    program = words.replace("sandop ", f"{Path(sys.executable).parent / 'sandop'} ", 1)
    done = subprocess.run(program, shell=True, cwd=folder, capture_output=True, text=True, timeout=600, check=False)
    return done.stdout + done.stderr


def masked(output: str) -> str:
    """The words of an output: hashes and numbers masked, blanks folded, because numbers were true on the day and
    the words must stay true."""
    text = _NUMBER.sub("#", _HASH.sub("#", output))
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def filled(page: str, folder: Path) -> str:
    """The page with what its commands really print."""

    def fill(block: re.Match[str]) -> str:
        lines = []
        for command in commands(block.group(0)):
            lines.append(f"$ {command.words}\n{run(command.words, folder).rstrip()}".rstrip() + "\n")
        return "```console\n" + "".join(lines) + "```"

    return BLOCK.sub(fill, page)
