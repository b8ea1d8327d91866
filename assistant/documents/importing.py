"""Imports as jobs: files are taken in one job after the other, with progress that anybody may look at."""

from __future__ import annotations

import logging
import os
import tempfile
import threading
import uuid
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from assistant.documents.sources import keep, sweep
from assistant.errors import AssistantError
from indexing.build import build
from indexing.errors import IndexingError
from indexing.originals import ImportReport, add, remove

if TYPE_CHECKING:
    from assistant.house import House

log = logging.getLogger(__name__)
KEPT = 50
State = Literal["waiting", "reading", "indexing", "done", "failed"]
UNEXPECTED = "导入时出了没有料到的问题，已经收录的文件没有变。请再试一次；还不行请联系管理员。"


class ImportUnavailable(AssistantError):
    """An imported original cannot be deleted; the message says why."""


class Job(BaseModel):
    """One import. ``done`` of ``total`` steps of the present state; ``what`` is the file or the step at hand.

    ``report`` says what became of each file, ``problem`` why the whole job failed.
    """

    id: str
    state: State = "waiting"
    files: list[str]
    what: str = ""
    done: int = 0
    total: int = 0
    started: datetime
    ended: datetime | None = None
    problem: str = ""
    report: ImportReport | None = None


class Imports:
    """The jobs of one service. They run one after the other in a thread of their own; the newest are remembered."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="import")
        self._staging = tempfile.TemporaryDirectory(prefix="tiaoli-import-")

    def stage(self) -> Path:
        """A new place for one file of a job to come."""
        handle, name = tempfile.mkstemp(dir=self._staging.name)
        os.close(handle)
        return Path(name)

    def start(self, files: Sequence[tuple[Path, str]]) -> Job:
        """Take these staged files in, each with the name that its owner gave it, once the jobs before are done."""
        job = Job(id=uuid.uuid4().hex[:16], files=[name for _, name in files], started=datetime.now(UTC))
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT:
                self._jobs.popitem(last=False)
        self._worker.submit(self._run, job.id, list(files))
        return job

    def get(self, job: str) -> Job | None:
        """A job as it stands now; None when it is not known (any more)."""
        with self._lock:
            return self._jobs.get(job)

    def newest(self) -> list[Job]:
        """Every remembered job, the newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def remove(self, document: str) -> bool:
        """Delete the imported wording of one document from the store and from every index, once no job is running.

        False when there was none. Raises ImportUnavailable when it cannot be deleted.
        """
        try:
            return self._worker.submit(self._remove, document).result()
        except IndexingError as error:
            raise ImportUnavailable(str(error)) from error

    def close(self) -> None:
        """Let the running job end; those that wait are given up."""
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._staging.cleanup()

    def _remove(self, document: str) -> bool:
        if not remove(document):
            return False
        build(corpus=self._house.corpus)
        self._house.refresh()
        sweep()
        return True

    def _run(self, job: str, files: list[tuple[Path, str]]) -> None:
        try:
            paths = [keep(staged, name) for staged, name in files]
            report = add(paths, self._house.corpus, progress=lambda *step: self._tell(job, "reading", *step))
            if report.changed:
                build(corpus=self._house.corpus, progress=lambda *step: self._tell(job, "indexing", *step))
            self._house.refresh()
            self._change(job, state="done", report=report, what="", ended=datetime.now(UTC))
        except IndexingError as error:
            self._change(job, state="failed", problem=str(error), ended=datetime.now(UTC))
        except Exception:  # the job has no other way to say that it ended
            log.exception("an import failed")
            self._change(job, state="failed", problem=UNEXPECTED, ended=datetime.now(UTC))
        finally:
            sweep()

    def _tell(self, job: str, state: State, what: str, done: int, total: int) -> None:
        self._change(job, state=state, what=what, done=done, total=total)

    def _change(self, job: str, **values: object) -> None:
        with self._lock:
            if job in self._jobs:
                self._jobs[job] = self._jobs[job].model_copy(update=values)
