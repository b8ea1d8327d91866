"""The wordings of the corpus are not those of the gold questions: a question that stands in the corpus word for word measures
nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from corpus.load import Corpus
from eval.questions_model import load_questions

SIGNS = re.compile(r"[\W_]+")
SHORTEST = 5
"""Turns of a thread as short as ``那复核呢`` may stand anywhere."""


def bare(text: str) -> str:
    return SIGNS.sub("", unicodedata.normalize("NFKC", text)).lower()


def wordings(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Where each wording stands, and the wording."""
    for ref, clause in corpus.clauses.items():
        yield from ((ref, ask) for qa in clause.questions for ask in qa.ask)
    for name, topic in corpus.topics.items():
        yield from ((f"topic:{name}", ask) for qa in topic.questions for ask in qa.ask)
    for name, gap in corpus.gaps.items():
        yield from ((f"gap:{name}", ask) for ask in gap.ask)


def test_no_wording_of_the_corpus_is_a_gold_question(corpus: Corpus) -> None:
    gold = {bare(turn): question.id for question in load_questions(()) for turn in question.turns}
    found = list(wordings(corpus))
    assert len(found) > len(corpus.clauses)
    same = [(where, ask, gold[bare(ask)]) for where, ask in found if len(bare(ask)) >= SHORTEST and bare(ask) in gold]
    assert same == []


def test_signs_and_width_do_not_tell_wordings_apart() -> None:
    assert bare("专精特新，要几个 Ｉ类“专利”？") == bare("专精特新要几个i类专利")
