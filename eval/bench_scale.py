"""How search grows with the corpus: the same code over ten thousand, a hundred thousand and a million made-up clauses.

Every size is built and searched in processes of its own, so that their peak memory is theirs alone. Nothing is asserted
about time.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from corpus.places import chain
from eval.made_clauses import Asked, Making
from eval.summary import Latency
from indexing import build
from indexing.peak import peak_bytes
from indexing.search import Searcher
from indexing.shelf import Old, fill

SIZES = (10_000, 100_000, 1_000_000)
DIMENSIONS = 64
QUESTIONS, WARM_UP, COMPARED = 200, 20, 50
SEED = 1
DAY = date(2026, 11, 21)
Progress = Callable[[str, int, int], None]
T = TypeVar("T")


class Built(BaseModel):
    """One build: seconds by the clock and of the processor, peak memory and the size of its files, in MB."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    disk_mb: float


class Searched(BaseModel):
    """Searches over one size: the time to open it, peak memory, times per question with a place and without.

    ``alike``: the share of the first ten that stay the same when every list of terms is read to its end.
    """

    open_seconds: float
    peak_mb: float
    everywhere: Latency
    in_place: Latency
    cpu_ms: float
    alike: float


class Size(BaseModel):
    """Everything about one size."""

    clauses: int
    build: Built
    search: Searched


class Scale(BaseModel):
    """All sizes, smallest first."""

    processors: int
    dimensions: int
    questions: int
    sizes: list[Size]

    def growth(self) -> list[dict[str, float]]:
        """From each size to the next: how many times as many clauses, and how many times the time of a search."""
        return [
            {
                "clauses": round(b.clauses / a.clauses, 1),
                "everywhere_p50": round(b.search.everywhere.p50 / (a.search.everywhere.p50 or 1), 1),
                "in_place_p50": round(b.search.in_place.p50 / (a.search.in_place.p50 or 1), 1),
                "build": round(b.build.cpu_seconds / (a.build.cpu_seconds or 1), 1),
            }
            for a, b in zip(self.sizes, self.sizes[1:], strict=False)
        ]

    def as_dict(self) -> dict[str, object]:
        """For ``--json``."""
        return {**self.model_dump(), "growth": self.growth()}


def bench_scale(sizes: Sequence[int] = SIZES, *, progress: Progress = lambda what, done, of: None) -> Scale:
    """Build and search every size in a folder that is thrown away."""
    found = []
    for n, size in enumerate(sorted(sizes)):
        with tempfile.TemporaryDirectory(prefix="tiaoli-scale-") as folder:
            progress(f"{size} 条：建索引", n, len(sizes))
            built = _apart(build_made, size, Path(folder))
            progress(f"{size} 条：检索", n, len(sizes))
            searched = _apart(search_made, size, Path(folder))
        found.append(Size(clauses=size, build=built, search=searched))
    return Scale(
        processors=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        dimensions=DIMENSIONS,
        questions=QUESTIONS,
        sizes=found,
    )


def _apart(work: Callable[[int, Path], T], size: int, folder: Path) -> T:
    """``work`` in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, size, folder).result()


def build_made(size: int, folder: Path) -> Built:
    """Make the clauses and the index of them in ``folder``. The making is not counted."""
    wanted = list(Making(SEED).entries(size))
    started, cpu = time.perf_counter(), time.process_time()
    model = fill(
        folder / build.ORIGINALS, wanted, Old(), "static", lambda what, done, of: None, dimensions=DIMENSIONS
    ).model
    seconds, used = time.perf_counter() - started, time.process_time() - cpu
    manifest = build.Manifest(build.VERSION, "static", model, "", {}, "", round(seconds, 2), size)
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest)), "utf-8")
    disk = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
    return Built(
        seconds=round(seconds, 1), cpu_seconds=round(used, 1), peak_mb=peak_mb(), disk_mb=round(disk / 2**20, 1)
    )


def search_made(size: int, folder: Path) -> Searched:
    """Open the index in ``folder`` and ask it the questions."""
    started = time.perf_counter()
    searcher = Searcher(folder, build.ORIGINALS)
    opened = time.perf_counter() - started
    making = Making(SEED + 1)
    making.words = Making(SEED).words
    chosen = making.random.choice(size, WARM_UP + QUESTIONS, replace=size < WARM_UP + QUESTIONS)
    sources = [searcher.entries[int(n)] for n in chosen]
    asked = [making.question(entry.text, entry.place) for entry in sources]
    times: dict[str, list[float]] = {"everywhere": [], "in_place": []}
    firsts: list[list[str]] = []
    cpu = time.process_time()
    for question in asked:
        for how, places in _ways(question):
            began = time.perf_counter()
            hits = searcher.search(question.text, 10, places=places)
            times[how].append((time.perf_counter() - began) * 1000)
            firsts.append([hit.target for hit in hits])
    used, peak = (time.process_time() - cpu) * 1000 / len(firsts), peak_mb()
    return Searched(
        open_seconds=round(opened, 1), peak_mb=peak, everywhere=Latency.of(times["everywhere"][WARM_UP:]),
        in_place=Latency.of(times["in_place"][WARM_UP:]), cpu_ms=round(used, 1),
        alike=_alike(searcher, asked[:COMPARED], firsts),
    )  # fmt: skip


def _ways(question: Asked) -> list[tuple[str, list[str] | None]]:
    return [("everywhere", None), ("in_place", chain(question.place))]


def _alike(searcher: Searcher, asked: Sequence[Asked], firsts: Sequence[Sequence[str]]) -> float:
    """The share of the first ten that stay the same when every list of terms is read to its end."""
    searcher.postings.reads_all = True
    whole = [
        {hit.target for hit in searcher.search(question.text, 10, places=places)}
        for question in asked
        for _, places in _ways(question)
    ]
    same = sum(len(all_of & set(some)) for all_of, some in zip(whole, firsts, strict=False))
    return round(same / (sum(map(len, whole)) or 1), 3)


def peak_mb() -> float:
    """The most memory that this process has held so far, in MB."""
    return round(peak_bytes() / 2**20, 1)


def as_text(result: Scale) -> str:
    """The figures in lines."""
    lines = [f"{result.processors} 个处理器，向量 {result.dimensions} 维，每种规模问 {result.questions} 题，虚构条款"]
    for size in result.sizes:
        b, s = size.build, size.search
        lines.append(
            f"{size.clauses:>9,} 条：建索引 {b.seconds:.0f} 秒（处理器 {b.cpu_seconds:.0f} 秒，内存最多 {b.peak_mb:.0f} MB，"
            f"文件 {b.disk_mb:.0f} MB）；打开 {s.open_seconds:.1f} 秒，内存最多 {s.peak_mb:.0f} MB；"
            f"检索 p50 {s.everywhere.p50:.1f}、p95 {s.everywhere.p95:.1f} 毫秒，限地区 p50 {s.in_place.p50:.1f}、"
            f"p95 {s.in_place.p95:.1f} 毫秒；前十条和读完全部词表时相同的占 {s.alike:.1%}"
        )
    for step in result.growth():
        lines.append(
            f"条款多 {step['clauses']:g} 倍：检索用时变为 {step['everywhere_p50']:g} 倍（限地区 {step['in_place_p50']:g} 倍），"
            f"建索引 {step['build']:g} 倍"
        )
    return "\n".join(lines)
