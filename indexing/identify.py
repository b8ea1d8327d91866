"""Which catalogue entry is this text? By document number and title, both looked for at its beginning."""

from __future__ import annotations

import re

from corpus.load import Corpus
from corpus.models import Document


def bare(text: str) -> str:
    """Only letters, digits and Chinese characters, so that quotes and spaces do not matter."""
    return re.sub(r"[^\w\u4e00-\u9fff]", "", text)


def identify(paragraphs: list[str], corpus: Corpus) -> Document | None:
    """The document that the first paragraphs name. A number on its own line or beside the title counts most; a
    document that is merely referred to (its number stands in a sentence) does not."""
    head = paragraphs[:16]
    best: tuple[int, Document] | None = None
    for document in corpus.documents.values():
        score = 0
        for place, text in enumerate(head):
            folded = bare(text)
            if document.number and bare(document.number) in folded and not re.search(r"根据|落实|依据", text):
                score += 40 - place
            title = bare(document.title)
            if folded == title or (
                title in folded and folded.startswith((title, "关于印发")) and len(folded) < len(title) + 60
            ):
                score += 30 - place
            elif title in folded and "印发" in folded:
                score += 20 - place
        if score > 0 and (best is None or score > best[0]):
            best = (score, document)
    return best[1] if best else None
