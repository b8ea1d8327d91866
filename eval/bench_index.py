"""How fast files become clauses, and what share of the gold clauses stays whole, beside the usual way, in one run.

Both ways read the same files one after the other in the same process: ours reads, mends, splits and parses; the usual
way takes the text (pypdf for PDF) and cuts it by length. Nothing is asserted about time.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pydantic import BaseModel

from corpus.load import Corpus, load_corpus
from eval.gold_clauses import bare, gold_clauses, kept_whole
from eval.set_pdf import SetterMissing, set_pdf
from eval.usual_way import CHINESE, SplitterMissing, pieces_of
from indexing.clauses import clauses_of
from indexing.identify import identify
from indexing.paragraphs import paragraphs_of
from indexing.readers import read
from indexing.split import split

ALONE = 1.5
"""A piece of at most so many times the clause's length holds the clause and hardly anything else."""
Progress = Callable[[str], None]


class Way(BaseModel):
    """One way over the files of one format. ``whole`` of ``gold`` clauses stand whole in one piece, ``alone`` of them in
    a piece that holds hardly anything else. ``why`` says why nothing was measured."""

    name: str
    format: str
    files: int = 0
    pages: int = 0
    pieces: int = 0
    seconds: float = 0
    gold: int = 0
    whole: int = 0
    alone: int = 0
    why: str = ""

    def as_dict(self) -> dict[str, object]:
        """With pages and pieces per second and the shares."""
        rate = 1 / self.seconds if self.seconds else 0
        share = 1 / self.gold if self.gold else 0
        return {
            **self.model_dump(),
            "pages_per_second": round(self.pages * rate, 1),
            "pieces_per_second": round(self.pieces * rate, 1),
            "whole_share": round(self.whole * share, 4),
            "alone_share": round(self.alone * share, 4),
        }


@dataclass
class _Inputs:
    """Files of one format with their pages, and for those that hold a digested document its gold clauses."""

    files: dict[Path, int] = field(default_factory=dict)
    gold: dict[Path, Mapping[str, str]] = field(default_factory=dict)


def bench_index(
    texts: Sequence[Path], *, pdf: bool = True, progress: Progress = lambda what: None
) -> tuple[int, list[Way]]:
    """The number of processors, and every way over the UTF-8 ``texts`` and, with ``pdf``, over the same set as PDF.

    Raises CorpusError when the corpus, DocumentError when a file cannot be read.
    """
    corpus = load_corpus()
    with tempfile.TemporaryDirectory(prefix="tiaoli-bench-") as folder:
        plain = _Inputs({path: read(path).pages for path in texts}, {path: _gold(path, corpus) for path in texts})
        found = _both(plain, "纯文本", progress)
        if pdf:
            try:
                found += _both(_as_pdf(plain, Path(folder), progress), "PDF", progress)
            except SetterMissing as error:
                found.append(Way(name="条理", format="PDF", why=str(error)))
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, found


def _gold(path: Path, corpus: Corpus) -> Mapping[str, str]:
    reading = read(path)
    document = identify([paragraph.text for paragraph in paragraphs_of(reading.lines[:60])], corpus)
    digest = corpus.digests.get(document.id) if document else None
    whole = len(split(reading.lines)) == 1
    return gold_clauses(digest, path.read_text("utf-8")) if digest and whole else {}


def _as_pdf(plain: _Inputs, folder: Path, progress: Progress) -> _Inputs:
    made = _Inputs()
    for path in plain.files:
        progress(f"排成 PDF：{path.name}")
        target = folder / f"{path.stem}.pdf"
        made.files[target] = set_pdf(((line.page, line.text) for line in read(path).lines), target)
        made.gold[target] = plain.gold[path]
    return made


def _both(inputs: _Inputs, form: str, progress: Progress) -> list[Way]:
    ways: list[tuple[str, Callable[[Path], list[str]]]] = [
        ("条理", _ours),
        ("pypdf + RecursiveCharacterTextSplitter（1000/200）", pieces_of),
        ("同上，按中文标点切（500/50）", partial(pieces_of, setting=CHINESE)),
    ]
    return [_measure(name, form, way, inputs, progress) for name, way in ways]


def _ours(path: Path) -> list[str]:
    reading = read(path)
    clauses = [c for piece in split(reading.lines) for c in clauses_of(paragraphs_of(piece.lines))]
    return [clause.text for clause in clauses]


def _measure(name: str, form: str, way: Callable[[Path], list[str]], inputs: _Inputs, progress: Progress) -> Way:
    result = Way(name=name, format=form)
    for path, pages in inputs.files.items():
        progress(f"{name}（{form}）：{path.name}")
        started = time.perf_counter()
        try:
            pieces = way(path)
        except SplitterMissing as error:
            return Way(name=name, format=form, why=str(error))
        result.seconds += time.perf_counter() - started
        result.files, result.pages, result.pieces = result.files + 1, result.pages + pages, result.pieces + len(pieces)
        _compare(result, inputs.gold[path].values(), [bare(piece) for piece in pieces])
    return result


def _compare(result: Way, gold: Iterable[str], pieces: Sequence[str]) -> None:
    for clause in gold:
        length = kept_whole(clause, pieces)
        result.gold += 1
        result.whole += length is not None
        result.alone += length is not None and length <= ALONE * len(clause)


def as_text(processors: int, ways: Sequence[Way]) -> str:
    """The figures in lines."""
    lines = [f"{processors} 个处理器；同一批文件，两种做法先后在同一进程里跑。"]
    for way in ways:
        if way.why:
            lines.append(f"{way.format} · {way.name}：{way.why}")
            continue
        figures = way.as_dict()
        lines.append(
            f"{way.format} · {way.name}：{way.files} 个文件 {way.pages} 页，{way.seconds:.1f} 秒，每秒 {figures['pages_per_second']} 页、"
            f"{figures['pieces_per_second']} 条；{way.gold} 条标准条款里完整的 {way.whole}（{_percent(way.whole, way.gold)}），"
            f"完整且单独成条的 {way.alone}（{_percent(way.alone, way.gold)}）"
        )
    return "\n".join(lines)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "—"
