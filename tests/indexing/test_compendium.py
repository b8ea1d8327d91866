"""The compendium, where it is there: every piece falls into clauses of a sensible size."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from indexing.clauses import OriginalClause, clauses_of
from indexing.pages import lines_of
from indexing.paragraphs import paragraphs_of
from indexing.split import Piece, split

COMPENDIUM = Path(__file__).parents[3] / "shared" / "corpus" / "compendium-2021.txt"
LONGEST = 1300


@pytest.fixture(scope="module")
def pieces() -> list[tuple[Piece, list[OriginalClause]]]:
    if not COMPENDIUM.exists():
        pytest.skip("the compendium is not part of the repository; ../shared/corpus is not here")
    found = split(lines_of(COMPENDIUM.read_text("utf-8")))
    return [(piece, clauses_of(paragraphs_of(piece.lines[piece.body :]))) for piece in found]


def own_text(clause: OriginalClause, clauses: list[OriginalClause]) -> int:
    """How long a clause is without the clauses below it."""
    inside = sum(len(c.text) for c in clauses if c.parent == clause.eid and c.text in clause.text)
    return len(clause.text) - inside


def test_ids_are_unique_and_never_patched(pieces: list[tuple[Piece, list[OriginalClause]]]) -> None:
    for piece, clauses in pieces:
        ids = [c.eid for c in clauses]
        assert len(set(ids)) == len(ids), piece.title
        assert not [eid for eid in ids if "~" in eid], piece.title
        assert all(c.parent in ids for c in clauses if c.parent), piece.title


def test_clauses_are_small_enough_to_be_cited(pieces: list[tuple[Piece, list[OriginalClause]]]) -> None:
    assert sum(len(clauses) for _, clauses in pieces) > 4800
    for piece, clauses in pieces:
        long = [c.eid for c in clauses if c.kind == "text" and own_text(c, clauses) > LONGEST]
        assert long == [], piece.title


def test_articles_come_one_after_another(pieces: list[tuple[Piece, list[OriginalClause]]]) -> None:
    """No article is missing; a document may print one twice or skip one (three do)."""
    gaps = []
    for piece, clauses in pieces:
        for prefix in {c.eid.rpartition("art_")[0] for c in clauses if c.eid.rpartition("__")[2].startswith("art_")}:
            numbers = [int(c.eid.rpartition("_")[2]) for c in clauses if c.eid.removeprefix(prefix)[:4] == "art_"
                       and c.eid.removeprefix(prefix)[4:].isdigit()]  # fmt: skip
            gaps += [(piece.title, a, b) for a, b in pairwise(numbers) if b != a + 1]
            assert numbers[0] == 1, piece.title
    assert len(gaps) <= 3, gaps


def test_signatures_and_lists_of_annexes(pieces: list[tuple[Piece, list[OriginalClause]]]) -> None:
    whole = [{c.eid.rpartition("__")[2]: c for c in clauses} for _, clauses in pieces]
    assert sum("signature" in clauses for clauses in whole) >= 125
    listed = [clauses["annexes"] for clauses in whole if "annexes" in clauses]
    assert len(listed) >= 100
    assert sum(bool(c.not_included) for c in listed) >= 80


def test_forms_are_kept_whole(pieces: list[tuple[Piece, list[OriginalClause]]]) -> None:
    boxes = [(p.title, c.eid) for p, clauses in pieces for c in clauses if c.kind == "text" and c.text.count("□") >= 3]
    assert len(boxes) <= 3, boxes
