"""Takes the thoughts that some models write before their answer out of the stream."""

from __future__ import annotations

OPEN, CLOSE = "<think>", "</think>"


class Thoughts:
    """Gives back the text outside ``<think>…</think>``. A tag may come in pieces."""

    def __init__(self) -> None:
        self.held = ""
        self.thinking = False

    def feed(self, piece: str) -> str:
        """What of the text so far can be said to be answer."""
        self.held += piece
        found = ""
        while True:
            tag = CLOSE if self.thinking else OPEN
            before, met, after = self.held.partition(tag)
            if not met:
                break
            found += "" if self.thinking else before
            self.held, self.thinking = after, not self.thinking
        keep = _beginning(self.held, tag)
        found += "" if self.thinking else self.held[: len(self.held) - keep]
        self.held = self.held[len(self.held) - keep :]
        return found

    def rest(self) -> str:
        """What was held back in case a tag began, at the end of the stream."""
        return "" if self.thinking else self.held


def _beginning(text: str, tag: str) -> int:
    """How many characters at the end of ``text`` could begin ``tag``."""
    return next((n for n in range(min(len(tag) - 1, len(text)), 0, -1) if text.endswith(tag[:n])), 0)
