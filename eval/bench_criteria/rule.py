"""The rule that everything here runs: the six criteria of annex 1, first application, in the round of 2026."""

from __future__ import annotations

from functools import cache

from corpus.criteria_models import Standard, Track, load_standards

STANDARD = "zjtx-2026"
ROUND = 2026
TRACK: Track = "first"


@cache
def annex_1() -> Standard:
    """The standard without what every applicant has to meet (articles 11 and 20)."""
    standard = next(one for one in load_standards() if one.id == STANDARD)
    return standard.model_copy(update={"criteria": [c for c in standard.criteria if c.eid.startswith("annex_1")]})
