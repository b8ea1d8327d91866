"""Which entry of the catalogue is this document? By its own number and its title; nothing is guessed.

A number that differs while the title is the same (or the other way round) is said as a doubt. Several entries may bear
one title: the number decides, then whether the file is a compendium.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from corpus.load import Corpus
from corpus.models import Document
from indexing.identify import bare, identify
from indexing.metadata import Metadata
from indexing.originals.records import MatchedBy

SIMILAR = 0.92
NUMBER_NEEDS = 0.5
COMPENDIUM = "compendium"


@dataclass(frozen=True)
class Match:
    """An entry of the catalogue, or None; how it was found; what a person should look at."""

    document: Document | None
    by: MatchedBy = "none"
    doubts: list[str] = field(default_factory=list)


class Matcher:
    """The catalogue by numbers and titles."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.numbers: dict[str, list[Document]] = defaultdict(list)
        self.titles: dict[str, list[Document]] = defaultdict(list)
        for document in corpus.documents.values():
            self.titles[bare(document.title)].append(document)
            if document.number:
                self.numbers[bare(document.number)].append(document)

    def of_piece(self, found: Metadata, taken: Collection[str]) -> Match:
        """The entry of one document of a compendium; ``taken`` are ids that other pieces of the file have."""
        title, number = bare(found.title), bare(found.number or "")
        by_title = self._free(self.titles.get(title, ()), taken)
        by_number = self._free(self.numbers.get(number, ()) if number else (), taken)
        both = [d for d in by_title if d in by_number]
        if both:
            return Match(both[0], "number_and_title")
        if by_title:
            return Match(by_title[0], "title", _other_number(found, by_title[0]))
        near = [d for d in by_number if _alike(title, bare(d.title)) >= NUMBER_NEEDS]
        if near:
            return Match(near[0], "number", [f"标题和目录里的《{near[0].title}》不完全一样，按文号认出。"])
        best = max(
            (d for d in self.corpus.documents.values() if d.id not in taken and d.place == found.place),
            key=lambda d: _alike(title, bare(d.title)),
            default=None,
        )
        if best and _alike(title, bare(best.title)) >= SIMILAR:
            said = f"标题和目录里的《{best.title}》略有出入，按相近的标题认出。"
            return Match(best, "similar_title", [said, *_other_number(found, best)])
        return Match(None, "none", ["目录里没有这份文件，按它自己写的标题、文号和日期收下，没有核对过。"])

    def of_file(self, found: Metadata, paragraphs: Sequence[str]) -> Match:
        """The entry of a file that holds one document: by what stands at its beginning, whatever its layout."""
        document = identify(list(paragraphs), self.corpus)
        if document:
            return Match(document, "text", _other_number(found, document))
        return self.of_piece(found, ())

    @staticmethod
    def _free(documents: Sequence[Document], taken: Collection[str]) -> list[Document]:
        """Those that are not taken, entries of a compendium first."""
        return sorted((d for d in documents if d.id not in taken), key=lambda d: (COMPENDIUM not in d.id, d.id))


def _other_number(found: Metadata, document: Document) -> list[str]:
    if not found.number or not document.number or bare(found.number) == bare(document.number):
        return []
    return [f"文件里印的文号是{found.number}，目录里是{document.number}，请核对。"]


def _alike(a: str, b: str) -> float:
    """How alike two titles are, 0 to 1; cheap bounds first, as most pairs are far apart."""
    if not a or not b:
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return 0.0 if matcher.quick_ratio() < NUMBER_NEEDS else matcher.ratio()
