"""Step 1: strip what cannot be seen, limit the length, check, mask personal data, then write it in the usual spelling."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.privacy import REPLACEMENTS, mask
from assistant.statuses import Stop
from assistant.understanding.spelling import spelled
from indexing.clean import strip_invisible

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House

LONGEST = 2000
READABLE = re.compile(r"[\w\u3400-\u9fff]")


def clean(turn: Turn, house: House) -> None:
    """Sets ``turn.said`` as typed and ``turn.text`` as it is read. Stops for messages that are empty, too long or not text."""
    if len(turn.typed) > LONGEST * 2:
        raise Stop("too_long")
    text = " ".join(strip_invisible(turn.typed).split())
    if len(text) > LONGEST:
        raise Stop("too_long")
    if not text:
        raise Stop("unreadable" if turn.typed.strip() else "empty_message")
    garbled = sum(ch == "\ufffd" or 0xD800 <= ord(ch) <= 0xDFFF or 0xE000 <= ord(ch) <= 0xF8FF for ch in text)
    if garbled * 5 > len(text):
        raise Stop("unreadable")
    if not READABLE.search(text):
        raise Stop("needs_question")
    masked = mask(text)
    turn.said, turn.text = masked.text, spelled(masked.text)
    turn.masked = list(masked.found)
    if masked.found:
        kinds = dict.fromkeys(REPLACEMENTS[kind].strip("〔〕") for kind in masked.found)
        turn.notes.append(f"已遮住您消息里的{'、'.join(kinds)}，不会保存。")
