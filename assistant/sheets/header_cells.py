"""What the header cells above one column mean together: 营业收入 over 2024, 财务指标（万元） over 研发费用."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.sheets.header_words import Role, Told, facts_of, role_of, told, words
from assistant.sheets.units import Unit
from corpus.facts_models import load_dictionary


@dataclass(frozen=True)
class Meaning:
    """A column's role; for a fact the candidates (one where the header is clear), the unit and what it says of years
    (as in ``Told``)."""

    role: Role
    facts: tuple[str, ...] = ()
    unit: Unit | None = None
    year: int | None = None
    back: int | None = None

    @property
    def timed(self) -> bool:
        """Whether a year is named."""
        return self.year is not None or self.back is not None


NOTHING = Meaning("unknown")


@lru_cache(maxsize=65536)
def meaning(levels: tuple[str, ...]) -> Meaning:
    """The header cells from the top down → what they mean. The lowest level that says something counts."""
    said = [text for i, text in enumerate(levels) if text and text not in levels[:i]]
    if not said:
        return NOTHING
    parts = [told(text) for text in said]
    for name, level in _names(said, parts):
        own = told(name)
        above = parts[:level]
        timed = next((p for p in [own, *reversed(parts)] if p.timed), own)
        years = max(p.years for p in parts)
        facts = facts_of(replace(own, years=years), name)
        if facts:
            kinds = {load_dictionary()[fact].type for fact in facts}
            units = [p.unit for p in [own, *reversed(parts[level:]), *reversed(above)] if p.unit]
            unit = next((u for u in units if any(u.factor(kind) is not None for kind in kinds)), None)
            return Meaning("fact", tuple(facts), unit, timed.year, timed.back)
        role = role_of(own)
        if role != "unknown":
            return Meaning(role)
    return NOTHING


def _names(said: list[str], parts: list[Told]) -> list[tuple[str, int]]:
    """The texts to look up, likeliest first, each with the number of its level."""
    found: list[tuple[str, int]] = []
    last = len(said) - 1
    named = [i for i in range(last, -1, -1) if not only_frame(said[i])]
    for i in named:
        found.append((said[i], i))
        if i > 0:
            found.append((said[i - 1] + said[i], i))
    if named and named[0] != last:  # 营业收入 over 万元: the unit belongs to the name
        found = [(said[i], i) for i in named]
    return found


def only_frame(text: str) -> bool:
    """Whether a header cell names nothing but a year, a unit or a word like 合计."""
    parts = told(text)
    return not parts.short or parts.short in words().after or parts.short in words().before
