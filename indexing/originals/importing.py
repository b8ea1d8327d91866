"""Files in, files out: ``add``, ``update`` and ``remove`` over the store of originals."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.load import Corpus
from indexing.errors import DocumentError
from indexing.originals import store
from indexing.originals.records import DocumentReport, FileReport, FileState, ImportReport, Record, Source, summary
from indexing.originals.take import Taken, made_by, take

log = logging.getLogger(__name__)
Progress = Callable[[str, int, int], None]
SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf"})
BLOCK = 2**20
LEFT_OUT = "其中 {} 份删除过，没有再收进来；要恢复，请先 tiaoli corpus remove {} 再重新导入。"


def quiet(what: str, done: int, total: int) -> None:
    """The progress that nobody watches."""


def add(paths: Sequence[Path], corpus: Corpus, *, dry_run: bool = False, progress: Progress = quiet) -> ImportReport:
    """Take files and folders in. What is unchanged since it was read with the same parser is not read again.

    Every file succeeds or fails by itself; what can be taken in appears at once, at the end. ``dry_run``: only the
    report. Raises StorageFull; the store is then as it was.
    """
    with store.alone():
        work = _Work(store.load(), corpus)
        wanted = [(path, named) for path in paths for path, named in _files_in(path)]
        for n, (path, named) in enumerate(wanted):
            progress(path.name, n, len(wanted))
            work.take_in(path, named, lambda page, pages, name=path.name: progress(f"{name} 读图", page, pages))  # type: ignore[misc]
        report = ImportReport(files=work.reports, removed=work.give_up_orphans(), dry_run=dry_run)
        if (report.changed or work.touched) and not dry_run:
            progress("写入", len(wanted), len(wanted))
            store.write(work.state, work.changed)
        return report


def update(paths: Sequence[Path], corpus: Corpus, *, dry_run: bool = False, progress: Progress = quiet) -> ImportReport:
    """Read again what changed: the given files, or every file of the store. The report says what changed in which
    clause. A file that is no longer there keeps its documents, and is reported."""
    known = [Path(source.path) for source in store.load().sources.values()]
    return add(paths or known, corpus, dry_run=dry_run, progress=progress)


def remove(name: str) -> list[str]:
    """Forget one document (by id) or all documents of one file (by name or path); the ids that went, none when there
    was nothing of that name. Raises StorageFull when it cannot be deleted."""
    with store.alone():
        state = store.load()
        keys = [k for k, s in state.sources.items() if name in (s.name, s.path) or str(Path(name).absolute()) == s.path]
        gone = [i for i, r in state.records.items() if i == name or r.source in keys]
        broken = store.file_of(name) in state.damaged
        if not (gone or keys or broken):
            return []
        for document in gone:
            del state.records[document]
        for key, source in list(state.sources.items()):
            source.left_out += [i for i in source.documents if i in gone]
            source.documents = [i for i in source.documents if i not in gone]
            if key in keys or not source.documents:
                del state.sources[key]
        store.write(state, {})
        return gone or [name]


@dataclass
class _Work:
    """One import under way: what will be stored, and what is said of each file."""

    state: store.State
    corpus: Corpus
    reports: list[FileReport] = field(default_factory=list)
    changed: dict[str, Record] = field(default_factory=dict)
    orphans: set[str] = field(default_factory=set)
    touched: bool = False

    def __post_init__(self) -> None:
        self.made_by = made_by(self.corpus)

    def take_in(self, path: Path, named: bool, progress: Callable[[int, int], None]) -> None:
        """One file. ``named``: given by itself, not found in a folder. ``progress``: pages read from their images."""
        if not named and path.stem.lower() == "readme":
            self.reports.append(FileReport(file=path.name, state="skipped", doubts=["是文件夹的说明，没有导入。"]))
            return
        try:
            self._take_in(path, progress)
        except DocumentError as error:
            self.reports.append(FileReport(file=path.name, state="failed", problem=str(error)))
        except (ArithmeticError, LookupError, MemoryError, RuntimeError, TypeError, ValueError):  # a fault of ours
            log.exception("%s", path.name)
            said = f"读 {path.name} 时出了没有料到的问题，没有导入；其他文件不受影响。请把这份文件发给维护人员看看。"
            self.reports.append(FileReport(file=path.name, state="failed", problem=said))

    def _take_in(self, path: Path, progress: Callable[[int, int], None]) -> None:
        key, digest = str(path.absolute()), _hash(path)
        known = self.state.sources.get(key)
        if known and (known.sha256, known.made_by) == (digest, self.made_by) and self._holds(known):
            self.reports.append(self._unchanged(known))
            return
        taken = take(path, key, self.corpus, progress)
        left_out = known.left_out if known else []
        taken.records = [r for r in taken.records if r.id not in left_out]
        found = [self._put(record) for record in taken.records]
        gone = self._gone(known, taken, key)
        self.orphans |= gone
        self.state.sources[key], self.touched = self._source(path, key, digest, taken, left_out), True
        as_before = known and known.sha256 == digest and not gone and all(r.state == "unchanged" for r in found)
        state: FileState = "added" if known is None else "unchanged" if as_before else "changed"
        source = self.state.sources[key]
        self.reports.append(
            FileReport(
                file=path.name, state=state, kind=source.kind, pages=source.pages, doubts=source.doubts, documents=found
            )
        )  # fmt: skip

    def _gone(self, known: Source | None, taken: Taken, key: str) -> set[str]:
        """Documents that the file held before and does not any more; one that another file gave since is not its own."""
        before = set(known.documents if known else ()) - {r.id for r in taken.records}
        return {i for i in before if (record := self.state.records.get(i)) and record.source == key}

    def _holds(self, source: Source) -> bool:
        """Whether every document of a file is still there (a damaged one is read again)."""
        return all(name in self.state.records for name in source.documents)

    def _put(self, record: Record) -> DocumentReport:
        before = self.state.records.get(record.id)
        if before and before.source != record.source and before.source in self.state.sources:
            other = self.state.sources[before.source]
            record.doubts.append(f"原来由 {other.name} 导入，现在换成这一份。")
        report = summary(record, before)
        self.orphans.discard(record.id)
        if report.state != "unchanged" or (before and before.source != record.source):
            self.changed[record.id] = record
        self.state.records[record.id] = record
        return report

    def _source(self, path: Path, key: str, digest: str, taken: Taken, left_out: list[str]) -> Source:
        reading = taken.reading
        doubts = [*reading.doubts, *([LEFT_OUT.format(len(left_out), path.name)] if left_out else [])]
        return Source(
            path=key, name=path.name, sha256=digest, made_by=self.made_by, kind=reading.kind, pages=reading.pages,
            doubts=doubts, documents=[record.id for record in taken.records], left_out=left_out,
        )  # fmt: skip

    def _unchanged(self, source: Source) -> FileReport:
        records = [self.state.records[name] for name in source.documents]
        return FileReport(
            file=source.name, state="unchanged", kind=source.kind, pages=source.pages, doubts=source.doubts,
            documents=[summary(record, record) for record in records],
        )  # fmt: skip

    def give_up_orphans(self) -> list[str]:
        """Documents that their file no longer holds, and no other file gave."""
        gone = sorted(i for i in self.orphans if i in self.state.records)
        for document in gone:
            del self.state.records[document]
        return gone


def _files_in(path: Path) -> list[tuple[Path, bool]]:
    """A file as it was named; of a folder every file of a known format, hidden ones aside."""
    if not path.is_dir():
        return [(path, True)]
    inside = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in SUFFIXES)
    return [(p, False) for p in inside if not any(part.startswith(".") for part in p.relative_to(path).parts)]


def _hash(path: Path) -> str:
    """SHA-256 of a file. Raises DocumentError when it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
    except FileNotFoundError as error:
        raise DocumentError(f"找不到文件 {path.name}，请检查路径。") from error
    except OSError as error:
        raise DocumentError(f"{path.name} 读不出来（{error.strerror}）。请检查文件和权限。") from error
    return digest.hexdigest()
