"""Everything that the files of the standards show by themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from corpus.criteria_lint.assumed import check_assumed
from corpus.criteria_lint.cases import check_cases
from corpus.criteria_lint.finding import Finding
from corpus.criteria_lint.operands import check_operands
from corpus.criteria_lint.read import Draft, Shelf
from corpus.criteria_lint.scores import check_scores
from corpus.criteria_lint.versions import check_versions
from corpus.criteria_lint.words import check_words


def check_data(shelf: Shelf) -> Iterator[Finding]:
    """Findings on every standard of the shelf. Shared criteria are reported once, under their own file."""
    seen: set[Finding] = set()
    for draft in shelf.drafts:
        for finding in _one(draft, shelf):
            if finding not in seen:
                yield finding
            seen.add(finding)
    yield from check_versions(shelf)


def _one(draft: Draft, shelf: Shelf) -> Iterator[Finding]:
    counts = Counter(criterion.id for criterion in draft.standard.criteria)
    for twice in [i for i, count in counts.items() if count > 1]:
        yield draft.finding(twice, "条件编号用了两次", "改成不同的编号")
    yield from check_words(draft, shelf)
    yield from check_operands(draft, shelf)
    yield from check_scores(draft)
    yield from check_assumed(draft, shelf)
    yield from check_cases(draft, shelf)
