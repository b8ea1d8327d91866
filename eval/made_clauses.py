"""Made-up clauses in any number, for measuring how search grows: seeded, of invented words, in real places and years.

Words are pairs of characters drawn by Zipf's law, so that some stand in nearly every clause and most in few, as in real
texts. Every document has a subject, from whose words half of its clauses' words come. A question takes words out of one
clause, in another order, with common ones among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from corpus.places import places
from indexing.entries import Entry

CHARACTERS, WORDS, SUBJECTS, OF_A_SUBJECT = 3000, 20_000, 400, 150
SHORTEST, LONGEST = 30, 70
PER_DOCUMENT = 40
YEARS = (2015, 2026)
OPEN_END = 99991231
CHUNK = 10_000


@dataclass(frozen=True)
class Asked:
    """A question, and the place that it is asked for."""

    text: str
    place: str


class Making:
    """A source of clauses and questions; the same seed makes the same ones."""

    def __init__(self, seed: int = 1) -> None:
        self.random = np.random.default_rng(seed)
        signs = np.array([chr(0x4E00 + 6 * n) for n in range(CHARACTERS)])
        pairs = self.random.choice(CHARACTERS, (WORDS, 2), p=_zipf(CHARACTERS, 50))
        self.words = [str(signs[a]) + str(signs[b]) for a, b in pairs]
        self.subjects = self.random.integers(0, WORDS, (SUBJECTS, OF_A_SUBJECT)).tolist()
        self.places = sorted(places())

    def entries(self, number: int) -> Iterator[Entry]:
        """So many clauses, each with one entry; ``PER_DOCUMENT`` of them share a document with its place and dates."""
        document = -1
        for first in range(0, number, CHUNK):
            size = min(CHUNK, number - first)
            lengths = self.random.integers(SHORTEST, LONGEST, size)
            drawn = self.random.choice(WORDS, int(lengths.sum()), p=_zipf(WORDS, 100)).tolist()
            amounts, at = self.random.integers(5, 5000, size).tolist(), 0
            for number_here, length in enumerate(lengths.tolist()):
                if (first + number_here) % PER_DOCUMENT == 0:
                    document += 1
                    subject = self.subjects[int(self.random.integers(SUBJECTS))]
                    place = self.places[int(self.random.integers(len(self.places)))]
                    year = int(self.random.integers(YEARS[0], YEARS[1] + 1))
                    until = OPEN_END if self.random.random() < 0.7 else (year + 3) * 10_000 + 1231
                own = [w if n % 2 else subject[w % OF_A_SUBJECT] for n, w in enumerate(drawn[at : at + length])]
                words = [self.words[w] for w in own]
                at += length
                half = length // 2
                text = f"{place}{year}年{''.join(words[:half])}，{''.join(words[half:])}{amounts[number_here]}万元。"
                target = f"made/{document}#art_{(first + number_here) % PER_DOCUMENT + 1}"
                yield Entry(f"{target}|original", target, "original", text, place, year * 10_000 + 101, until)

    def question(self, text: str, place: str) -> Asked:
        """A question that a clause answers: six of its words, two common ones, in any order."""
        body = text.partition("年")[2].replace("，", "")
        starts = self.random.choice((len(body) - 8) // 2, 6, replace=False) * 2
        common = [self.words[int(n)] for n in self.random.integers(0, 30, 2)]
        chosen = [body[s : s + 2] for s in starts.tolist()] + common
        self.random.shuffle(chosen)
        return Asked("".join(chosen), place)


def _zipf(size: int, offset: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Shares that fall with the rank; ``offset`` flattens the head."""
    shares = 1 / (np.arange(size) + offset)
    return np.asarray(shares / shares.sum(), np.float64)
