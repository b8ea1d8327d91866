"""Draft catalogue entries for the documents of a compendium: only what each prints about itself, to be corrected by hand.

``python scripts/draft_catalogue.py FILE NAME`` reads a plain text file and writes ``corpus/catalogue/NAME/*.yaml``, one
entry a document, named by place and order. Entries that are there already are left as they are.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from corpus.load import ROOT, load_corpus
from corpus.models import Document
from corpus.places import COUNTRY, places
from indexing.clean import fold_widths
from indexing.metadata import ISSUER_END, NUMBER, Metadata, metadata
from indexing.pages import lines_of
from indexing.paragraphs import paragraphs_of
from indexing.split import Piece, split

KINDS = {"办法": "measure", "细则": "rules", "规划|计划|方案": "plan", "意见|措施|清单|事项": "policy"}
REFERS = re.compile(r"根据|按照|依据|落实|贯彻")
NAMED = re.compile(r"《[^》]+》(?:[（(][^（）()]*号[）)])?")
STRAIGHT = re.compile(r'["“]([^"“”]*)["”]')
HEAD = 6


class Plain(yaml.SafeDumper):
    """Writes equal dates out, each in its place, and indents lists."""

    def ignore_aliases(self, data: object) -> bool:
        """No anchors."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists are indented below their key."""
        super().increase_indent(flow, False)


def pieces_of(path: Path) -> Iterator[tuple[Piece, Metadata, list[str]]]:
    """Every document of a compendium with what it says of itself and its paragraphs; the preface is left out."""
    for piece in split(lines_of(path.read_text("utf-8"))):
        if piece.title:
            paragraphs = [p.text for p in paragraphs_of(piece.lines[piece.body :])]
            yield piece, metadata(piece.title, [line.text for line in piece.lines], paragraphs), paragraphs


def drafts(path: Path, name: str) -> list[dict[str, Any]]:
    """Catalogue entries of a compendium, in its order. Raises SystemExit where a place has no code for an id."""
    known = {number: document.id for document in load_corpus().documents.values() if (number := document.number)}
    order: Counter[str] = Counter()
    found = []
    for piece, meta, paragraphs in pieces_of(path):
        code = places()[meta.place].code if meta.place else None
        if code is None:
            raise SystemExit(f"“{piece.title}”的地区没有编号，请先在 corpus/places.yaml 里补上。")
        order[code] += 1
        entry = _entry(f"cn/{name}/{code}-{order[code]:02}", title_of(piece), meta, paragraphs, known)
        Document.model_validate(entry)
        known.update({meta.number: entry["id"]} if meta.number else {})
        found.append(entry)
    return found


def title_of(piece: Piece) -> str:
    """The title with a blank between joint issuers, where the print has a blank or begins a line."""
    lines = " ".join(fold_widths(line.text) for line in piece.lines[: piece.body])
    cut = match.start() if (match := ISSUER_END.search(lines)) else 0
    bodies = re.sub(r"、\s+", "、", lines[:cut].strip())
    return re.sub(r"\s+", " ", bodies) + STRAIGHT.sub(r"“\1”", re.sub(r"\s", "", lines[cut:]))


def _entry(
    document_id: str, title: str, meta: Metadata, paragraphs: list[str], known: dict[str, str]
) -> dict[str, Any]:
    body = title[match.start() :] if (match := ISSUER_END.search(title)) else title
    force = {"from": meta.in_force_from, "until": meta.until}
    entry = {
        "id": document_id,
        "title": title,
        "short_title": body.strip("》《"),
        "number": meta.number,
        "issuers": list(meta.issuers),
        "place": meta.place,
        "level": "national" if meta.place == COUNTRY else "province",
        "kind": kind_of(body),
        "signed": meta.signed,
        "in_force": {key: day for key, day in force.items() if day},
        "relations": [{"kind": "based_on", "target": target} for target in referred(paragraphs, known, document_id)],
        "repeals": [named[0] for text in meta.repeals for named in NAMED.finditer(text)],
        "included": False,
        "confidence": "H",
    }
    return {key: value for key, value in entry.items() if value not in (None, {}, [])}


def kind_of(title: str) -> str:
    """What a title calls the document that it issues; a notice where it names none."""
    issued = re.search(r"(?:印发|发布)(.+?)(?:的通知)?$", title)
    matching = (
        kind for words, kind in KINDS.items() if issued and re.search(rf"(?:{words})[^》]{{0,8}}》?$", issued[1])
    )
    return next(matching, "notice")


def referred(paragraphs: list[str], known: dict[str, str], own: str) -> list[str]:
    """Ids of the documents of the catalogue on which the first paragraphs say they rest, by number."""
    found = [
        known[number[0]]
        for text in paragraphs[:HEAD]
        if REFERS.search(tight := re.sub(r"\s", "", fold_widths(text)))
        for number in NUMBER.finditer(tight)
        if known.get(number[0], own) != own
    ]
    return list(dict.fromkeys(found))


def as_yaml(entry: dict[str, Any]) -> str:
    """An entry as the catalogue writes it: one line a field, so that titles can be told from notes."""
    return yaml.dump(entry, Dumper=Plain, allow_unicode=True, sort_keys=False, default_flow_style=None, width=10**6)


def main() -> None:
    """Write the drafts that are not there yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("name")
    parser.add_argument("--to", type=Path, default=ROOT / "catalogue")
    options = parser.parse_args()
    folder = options.to / options.name
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for entry in drafts(options.file, options.name):
        target = folder / f"{entry['id'].rpartition('/')[2]}.yaml"
        if not target.exists():
            target.write_text(as_yaml(entry), "utf-8")
            written += 1
    print(f"写了 {written} 份草稿，在 {folder}。请对照原文核对后再用。")


if __name__ == "__main__":
    main()
