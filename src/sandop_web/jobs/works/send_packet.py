"""Make the packet of the open cycle's meeting: what it says, and the meeting pack in both languages; then send it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from sandop.pack import write_pack
from sandop.scenario import Month
from sandop.wording import LANGUAGES, Language
from sandop_web.access.cycles import cycle_now
from sandop_web.actions.packets import keep_packet
from sandop_web.jobs.task import Outcome, Task, Write
from sandop_web.queries.packet_content import packet_content
from sandop_web.store.plans import change_count, read_month
from sandop_web.wording import say


def work(task: Task) -> Write:
    """Raises NoCycleOpen, NothingThere."""
    cycle = cycle_now(by=task.actor())
    changes = change_count(cycle.version)
    month = read_month(cycle.version)
    task.line("jobs.plan_read", progress=0.3, changes=changes)
    content = packet_content(by=task.actor())
    packs = {language: (_name(month, language), _pack(month, language)) for language in LANGUAGES}
    task.line("jobs.file_made", progress=0.9, name=packs[task.language][0])

    def write() -> Outcome:
        packet = keep_packet(
            by=task.actor(),
            cycle=cycle,
            changes=changes,
            content=content,
            packs=packs,
            by_itself=bool(task.arguments.get("by_itself")),
        )
        return Outcome({"packet": packet.number}, packet.pack_zh_id if task.language == "zh" else packet.pack_en_id)

    return write


def _name(month: Month, language: Language) -> str:
    return f"{month.plan.settings.time.start} {say('jobs.form.pack', language)} ({language}).xlsx"


def _pack(month: Month, language: Language) -> bytes:
    with TemporaryDirectory(prefix="sandop-packet-") as made:
        return write_pack(month=month, path=Path(made) / "pack.xlsx", language=language).read_bytes()
