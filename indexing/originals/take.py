"""One file → the records of its documents. Secrets and personal contacts are masked before anything is kept."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from corpus.load import Corpus
from indexing.clauses import OriginalClause, clauses_of
from indexing.errors import DocumentError
from indexing.identify import bare
from indexing.metadata import Metadata, metadata
from indexing.originals.match import Match, Matcher
from indexing.originals.records import Place, Record
from indexing.pages import Line
from indexing.paragraphs import Paragraph, paragraphs_of
from indexing.readers import Reading, read
from indexing.redact import redact, redact_after
from indexing.split import Piece, split

LEAST_SHARE = 0.5
LONGEST_FIRST_LINE = 80
NO_PARSER = frozenset(
    {
        *(
            "build",
            "embed",
            "entries",
            "errors",
            "faithful",
            "grams",
            "home",
            "lexical",
            "pictures",
            "retriever",
            "search",
        ),
        *("shelf", "twins", "vectors", "wording"),
    }
)
"""The modules of this room that do not decide what comes of a file."""
GARBLED = re.compile("[\ufffd\ue000-\uf8ff]")
MOST_GARBLED = 0.002
ARTICLE = re.compile(r"art_(\d+)")


@dataclass
class Taken:
    """A file that was read: its reading, and the records of its documents."""

    reading: Reading
    records: list[Record] = field(default_factory=list)


@cache
def parser_version() -> str:
    """Changes whenever the code that reads, repairs and divides documents does."""
    room = Path(__file__).parents[1]
    parts = [*(p for p in room.glob("*.py") if p.stem not in NO_PARSER), *room.glob("*/*.py")]
    return hashlib.sha256(b"".join(p.read_bytes() for p in sorted(parts))).hexdigest()[:12]


def made_by(corpus: Corpus) -> str:
    """What a file's records depend on besides the file: the parser, and numbers, titles and clauses of the catalogue."""
    known = [(d.id, d.title, d.number, d.place) for d in corpus.documents.values()]
    digests = [(name, [c.eid for c in digest.clauses]) for name, digest in corpus.digests.items()]
    return f"{parser_version()}-{hashlib.sha256(repr((known, digests)).encode()).hexdigest()[:12]}"


def take(path: Path, key: str, corpus: Corpus, progress: Callable[[int, int], None] | None = None) -> Taken:
    """Read one file and divide it into its documents. ``progress``: pages done and in all while images are read.

    Raises DocumentError when it cannot be read, or holds only a small part of the document that it is taken for.
    """
    reading = read(path, progress)
    pieces = [piece for piece in split(reading.lines) if piece.lines]
    if not pieces:
        raise DocumentError(f"{path.name} 里没有能读的文字，没有导入。{''.join(reading.doubts)}")
    whole = len(pieces) == 1
    matcher, taken = Matcher(corpus), Taken(reading)
    used: set[str] = set()
    for piece in pieces:
        record = _record(piece, key, path, matcher, used, whole=whole)
        if record is None:
            continue
        _check_whole(path, record, corpus, whole=whole)
        used.add(record.id)
        taken.records.append(record)
    return taken


def _record(piece: Piece, key: str, path: Path, matcher: Matcher, used: set[str], *, whole: bool) -> Record | None:
    """One document; None for a preface without a title of its own that says nothing."""
    masked: Counter[str] = Counter()
    parts = _masked(paragraphs_of(piece.lines if whole else piece.lines[piece.body :]), masked)
    texts = [p.text for p in parts]
    if not texts and not piece.title:
        return None
    title = redact(piece.title)[0] or _first_line(texts)
    found = metadata(title or path.stem, [redact(line.text)[0] for line in piece.lines], texts)
    match = matcher.of_file(found, texts) if whole else matcher.of_piece(found, used)
    known = match.document
    record = Record(
        id=known.id if known else _own_id(found, used),
        source=key,
        matched=match.by,
        title=title or (known.title if known else path.stem),
        number=found.number,
        issuers=list(found.issuers) if title or not known else list(known.issuers),
        place=found.place or (known.place if known else None),
        signed=found.signed,
        in_force_from=found.in_force_from,
        until=found.until,
        until_counted=found.until_counted,
        repeals=list(found.repeals),
        pages=piece.pages,
        clauses=clauses_of(parts),
        redacted=dict(sorted(masked.items())),
        places=_places(piece.lines),
    )
    return record.model_copy(
        update={"doubts": [*match.doubts, *_doubts(record, match, found, preface=not piece.title and not whole)]}
    )


def _masked(paragraphs: Sequence[Paragraph], masked: Counter[str]) -> list[Paragraph]:
    """The paragraphs without secrets and contacts; ``masked`` counts them."""
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        text, redactions = redact_after(found[-1].text if found else "", paragraph.text)
        masked.update(r.kind for r in redactions)
        found.append(replace(paragraph, text=text) if redactions else paragraph)
    return found


def _first_line(texts: Sequence[str]) -> str:
    """What stands first, where it can be a title."""
    first = next(iter(texts), "")
    return first if len(first) <= LONGEST_FIRST_LINE and not first.endswith(("。", "：", "；")) else ""


def _own_id(found: Metadata, used: set[str]) -> str:
    """An id for a document that no catalogue holds: the same for the same title and number, whatever its text."""
    name = f"{bare(found.title)}|{bare(found.number or '')}"
    own = f"cn/imported/{hashlib.sha256(name.encode()).hexdigest()[:10]}"
    again = next(n for n in range(1, len(used) + 2) if n == 1 or f"{own}-{n}" not in used)
    return own if own not in used else f"{own}-{max(again, 2)}"


def _places(lines: Sequence[Line]) -> list[Place]:
    """Where the lines stand on their pages, where the reader knows it."""
    return [(line.number, line.page, *line.box) for line in lines if line.box]


def _doubts(record: Record, match: Match, found: Metadata, *, preface: bool) -> list[str]:
    """What a person should look at, in sentences."""
    if preface:
        return ["文件开头这部分没有自己的标题，像是编者的话或目录。"]
    said = []
    if match.document is None:
        said += [] if found.number else ["没有找到它自己的文号。"]
        said += [] if found.signed else ["没有找到落款日期。"]
        said += [] if found.place else ["看不出是哪个地区的文件；限定地区检索时不会出现。"]
    text = "".join(c.text for c in record.clauses)
    if len(GARBLED.findall(text)) > MOST_GARBLED * max(len(text), 1):
        said.append("有些字没有读出来（字体损坏或扫描不清），请对照原件。")
    if missing := _missing_articles(record.clauses):
        said.append(f"条号不连续，缺{missing}。")
    return said


def _missing_articles(clauses: Sequence[OriginalClause]) -> str:
    """``第四条、第七条`` where the numbers of the articles jump; empty otherwise."""
    numbers = {int(m[1]) for c in clauses if (m := ARTICLE.fullmatch(c.eid))}
    gone = [n for n in range(1, max(numbers, default=0)) if n not in numbers]
    return "、".join(f"第{n}条" for n in gone[:8]) + ("等" if len(gone) > 8 else "")


def _check_whole(path: Path, record: Record, corpus: Corpus, *, whole: bool) -> None:
    """A file that merely mentions a document, or holds a small part of it, must not take the original's place."""
    digest = corpus.digests.get(record.id)
    known = {c.eid for c in digest.clauses} if digest and whole else set()
    found = len(known & {c.eid for c in record.clauses})
    if found < LEAST_SHARE * len(known):
        raise DocumentError(
            f"{path.name} 提到了《{corpus.documents[record.id].title}》，但 {len(known)} 条里只认出 {found} 条，不像是全文，没有导入。"
            "请确认文件是这份文件的完整文本。"
        )
