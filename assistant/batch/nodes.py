"""A compiled node of a criterion's tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.batch.steps import Ref
from corpus.criteria_tree import Compare, Leaf, Part


@dataclass
class Node:
    """A compiled node. ``value`` is its flag, ``missing`` (leaves) key → whether it is missing while the leaf is unknown.

    ``unsettled``: unknown only by what the source leaves open. ``uncoverable`` and ``affirmed`` belong to "everything
    else is met"; where ``denied`` (alternatives only) it covers none of the children. ``said``: a comparison that holds by
    figures that were said. ``asked``: which children are looked at. ``told``: whether something under it was said.
    """

    part: Part
    value: Ref
    children: list[Node] = field(default_factory=list)
    missing: dict[str, Ref] = field(default_factory=dict)
    unsettled: Ref = 0
    uncoverable: Ref = 0
    affirmed: Ref = 0
    told: Ref = 0
    said: Ref | None = None
    asked: list[Ref] = field(default_factory=list)
    denied: Ref | None = None

    def leaves(self) -> Iterator[Node]:
        """The leaves that look at facts, in order."""
        if isinstance(self.part, Leaf) and not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def tests(self) -> Iterator[Node]:
        """As ``leaves``, but a score is one."""
        if isinstance(self.part, Compare):
            yield self
        else:
            for child in self.children:
                yield from child.tests()
