"""A sentence says one thing or many, as its number asks."""

from sandop.wording import Message, messages, say, speak_also


def test_a_sentence_follows_its_number() -> None:
    speak_also({"core.test.cells": Message("{count:,} {count:|cell|cells} changed", "已修改{count:,}个单元格")})
    try:
        said = [say("core.test.cells", "en", count=count) for count in (0, 1, 2_000)]
        assert said == ["0 cells changed", "1 cell changed", "2,000 cells changed"]
        assert say("core.test.cells", "zh", count=1) == "已修改1个单元格"
    finally:
        del messages()["core.test.cells"]
