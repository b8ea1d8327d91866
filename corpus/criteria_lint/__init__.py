"""The linter of the standards: what can be said from the data alone. Reachability and cases are run above it.

Public: ``check_data``, ``read_shelf``, ``Draft``, ``Finding``, ``Shelf``.
"""

from corpus.criteria_lint.data import check_data
from corpus.criteria_lint.finding import Finding
from corpus.criteria_lint.read import Draft, Shelf, name_of, read_shelf

__all__ = ["Draft", "Finding", "Shelf", "check_data", "name_of", "read_shelf"]
