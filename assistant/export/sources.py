"""The citations of one paper: every clause numbered once, whichever answer or result it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from assistant.answer import Citation
from assistant.export.paper import Source, Span
from assistant.policy.evidence import Library, citation
from assistant.words import TEXT_KIND, VALIDITY, chinese_day


class Sources:
    """Numbers citations in the order of their first mention. ``library`` finds clauses by their reference."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._found: dict[tuple[str, ...], Source] = {}

    def add(self, cited: Citation) -> int:
        """The number of a citation. The same clause with another status (asked about another day) is another one."""
        key = (cited.ref, cited.text, cited.validity, cited.validity_note)
        if key not in self._found:
            self._found[key] = _source(len(self._found) + 1, cited)
        return self._found[key].n

    def marks(self, refs: Iterable[str], day: date) -> tuple[Span, ...]:
        """The marks of clauses by their references ``document#eId``, as of ``day``; what the collection does not hold
        gets none."""
        found = [self.library.evidence(ref, day) for ref in dict.fromkeys(refs) if ref]
        return tuple(Span(cite=self.add(citation(0, evidence))) for evidence in found if evidence is not None)

    def all(self) -> tuple[Source, ...]:
        """The citations in their order."""
        return tuple(self._found.values())


def _source(n: int, cited: Citation) -> Source:
    facts = [
        cited.number or "未印文号",
        cited.issuer,
        f"适用：{cited.place}" if cited.place else "",
        f"{chinese_day(cited.date)}起" if cited.date else "",
        VALIDITY[cited.validity] + (f"（{cited.validity_note}）" if cited.validity_note else ""),
    ]
    return Source(
        n=n,
        where=f"《{cited.title}》{cited.clause}",
        facts="，".join(fact for fact in facts if fact),
        text_kind=TEXT_KIND[cited.text_kind],
        text=cited.text,
    )
