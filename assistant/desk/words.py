"""What people write on the desk, as it is kept: readable, personal data masked."""

from __future__ import annotations

from assistant.privacy import REPLACEMENTS, mask
from indexing.clean import strip_invisible


def tidy(text: str) -> str:
    """``text`` without what cannot be seen or stored; line breaks stay, at most one blank line in a row."""
    readable = strip_invisible(text).encode("utf-8", "replace").decode("utf-8")
    lines = [" ".join(line.split()) for line in readable.splitlines()]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept).strip()


def masked(text: str) -> tuple[str, list[str]]:
    """``text`` tidied, with personal data masked, and the names of what was masked."""
    found = mask(tidy(text))
    return found.text, list(dict.fromkeys(REPLACEMENTS[kind].strip("〔〕") for kind in found.found))
