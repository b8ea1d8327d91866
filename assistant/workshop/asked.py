"""What a topic of the quiz makes of a recipe: the question, what is right, and what is certainly wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from assistant.workshop.models import Recipe, SampleFact, Topic
from corpus.load import Corpus
from corpus.models import split_ref
from corpus.places import chain
from corpus.support import unsupported
from corpus.validity import validity

CERTAIN = "H"


@dataclass(frozen=True)
class Desk:
    """For which place and day, out of which corpus questions are made."""

    corpus: Corpus
    place: str
    as_of: date

    @cached_property
    def refs(self) -> list[str]:
        """The clauses that count here and today and stand for themselves: none that only sums up its own parts."""
        known = self.corpus.clauses
        sums = {ref[: ref.rindex("__")] for ref in known if "__" in ref}
        return [ref for ref in known if ref not in sums and self.holds(ref)]

    def recipe(self, topic: Topic, subject: str, detail: str = "") -> Recipe:
        """A recipe for this place and day."""
        return Recipe(topic=topic, subject=subject, detail=detail, place=self.place, as_of=self.as_of)

    def holds(self, ref: str) -> bool:
        """Whether a clause is certain, of this place or a wider one, and in force on the day without any reservation."""
        clause, document = self.corpus.clauses.get(ref), self.corpus.documents.get(split_ref(ref)[0])
        if clause is None or document is None or document.confidence != CERTAIN or document.historical:
            return False
        if document.place not in chain(self.place) or clause.displaced or clause.ends:
            return False
        return validity(ref, self.as_of, self.corpus).state == "in_force"

    def states(self, ref: str, words: str) -> bool:
        """Whether the clause is there and every figure of ``words`` stands in it."""
        clause = self.corpus.clauses.get(ref)
        return clause is not None and not unsupported(words, [clause.digest])


@dataclass(frozen=True)
class Asked:
    """A question with its right answer and with further answers that look right. ``wrong`` proves of any text that it is
    not right; ``ref`` is the clause behind the answer."""

    stem: str
    right: str
    others: tuple[str, ...]
    wrong: Callable[[str], bool]
    clause: str
    ref: str
    explanation: str
    facts: list[SampleFact] = field(default_factory=list)


class NotAskable(Exception):
    """Nothing certain can be asked from this recipe (any more)."""


@dataclass(frozen=True)
class Maker:
    """One topic: every recipe that there is, how hard each is (1 to 3), and what question it becomes."""

    recipes: Callable[[Desk, int], Iterable[Recipe]]
    ask: Callable[[Desk, Recipe], Asked]
    level: Callable[[Recipe], int]


def proven(texts: Iterable[str], asked_right: str, wrong: Callable[[str], bool]) -> Iterator[str]:
    """The texts that are certainly wrong, each once."""
    for text in dict.fromkeys(texts):
        if text != asked_right and wrong(text):
            yield text
