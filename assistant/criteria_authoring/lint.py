"""Lint standards: the data by itself, what can never happen, the cases, and (slow) whether they prove every rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.criteria.cases import complaints
from assistant.criteria.facts_file import FactsError
from assistant.criteria.mutate import survivors
from assistant.criteria_authoring.bands import check_bands
from assistant.criteria_authoring.reach import check_reach
from corpus.criteria_lint import Draft, Finding, Shelf, check_data, name_of, read_shelf
from corpus.criteria_lint.operands import check_operands
from corpus.load import ROOT


def lint(files: Sequence[Path] = (), *, root: Path = ROOT, mutate: bool = False) -> list[Finding]:
    """Everything that a careful reviewer would find in ``files`` (default: every standard), file by file.

    ``mutate`` also changes every rule and reports the changes that no case notices. Raises CorpusError where facts,
    gates or documents cannot be read.
    """
    shelf, unread = read_shelf(root, files)
    found = [*unread, *check_data(shelf)]
    for draft in shelf.drafts:
        if _wanted(draft.file, files) and not list(check_operands(draft, shelf)):
            found += _run(draft, shelf, mutate=mutate)
    unique = list(dict.fromkeys(found))
    if not files:
        return unique
    homes = {home for draft in shelf.drafts if _wanted(draft.file, files) for home in draft.gates.values()}
    return [finding for finding in unique if _wanted(finding.file, files) or finding.file in homes]


def _wanted(file: str, files: Sequence[Path]) -> bool:
    return not files or file in {name_of(path) for path in files}


def _run(draft: Draft, shelf: Shelf, *, mutate: bool) -> Iterator[Finding]:
    """What only shows when the rules are run."""
    yield from check_reach(draft, shelf.dictionary)
    yield from check_bands(draft, shelf.dictionary)
    failing = list(failed_cases(draft))
    yield from failing
    if mutate and not failing:
        for survivor in survivors(draft.standard):
            where, _, what = survivor.partition("：")
            yield draft.finding(where, what, "补一个踩在这条规则上的用例；评分项可以用 points 写明应得几分")


def failed_cases(draft: Draft) -> Iterator[Finding]:
    """The cases of a standard that do not come out as they should."""
    for case in draft.standard.tests.cases:
        try:
            wrong = complaints(draft.standard, case)
        except FactsError as error:
            wrong = [str(error).rstrip("。")]
        if wrong:
            yield draft.finding(f"用例“{case.name}”", "；".join(wrong), "改规则，或改用例")
