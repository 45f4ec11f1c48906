"""The sentences of the workbench, one file a subject beside this one: `id, en, zh, remedy_en, remedy_zh`.

They join the library's, so that `say` finds both and a refusal made here reads like any other.
"""

from pathlib import Path

from sandop.wording import LANGUAGES, Language, read_messages, remedy, say, speak_also

speak_also(read_messages(Path(__file__).parent, "*.csv"))

__all__ = ["LANGUAGES", "Language", "remedy", "say"]
