"""The same question in several wordings: how many get the same answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from pydantic import BaseModel

from eval.metrics import Judgement


class Matter(BaseModel):
    """One matter with its wordings: how many share the commonest outcome, and which do not."""

    name: str
    wordings: int
    alike: int
    same_citations: int
    right: int
    odd: list[str]


def matters(judgements: Sequence[Judgement]) -> list[Matter]:
    """One line per ``same`` with at least two wordings, in the order of first mention.

    An outcome is status and route, the verdict with its failing criteria, and which gold clauses stand among the first
    three citations (where the question names none, or none is hit: the first citation). ``same_citations`` counts by
    the whole set of citations, which is stricter.
    """
    by_name: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        if judgement.same:
            by_name[judgement.same].append(judgement)
    return [_matter(name, wordings) for name, wordings in by_name.items() if len(wordings) > 1]


def _matter(name: str, wordings: Sequence[Judgement]) -> Matter:
    commonest, alike = Counter(j.outcome for j in wordings).most_common(1)[0]
    return Matter(
        name=name,
        wordings=len(wordings),
        alike=alike,
        same_citations=Counter(frozenset(j.cites) for j in wordings).most_common(1)[0][1],
        right=sum(j.passed for j in wordings),
        odd=[j.id for j in wordings if j.outcome != commonest],
    )
