"""Screenings of a class's companies as jobs, kept in the data folder for a day.

Each job is a folder: the file, a status that is replaced as a whole, and the results. A job that was cut off by a restart
goes on as soon as somebody asks for it.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
import threading
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from assistant.criteria.select import select
from assistant.errors import BadInput
from assistant.store import now
from assistant.workshop.screening_models import CELLS, JOB_STATES, TABLE, Screening
from corpus.criteria_models import Track, load_standards
from indexing.home import room

log = logging.getLogger(__name__)
KEPT = timedelta(days=1)
SILENT = timedelta(seconds=60)
"""A job whose status nobody has touched for this long is no longer run by anyone."""
KINDS = (".xlsx", ".csv", ".parquet")
NAMES = {"xlsx": TABLE, "cells": CELLS}
ID = re.compile(r"[0-9a-f]{32}")
UNEXPECTED = "核对时出了没有料到的问题。请再传一次；还不行请联系管理员。"


class UnknownScreening(BadInput):
    """There is no such screening (any more), or it is another person's."""


class Screenings:
    """The screenings of one data folder. They run one after the other in a thread of this process's own."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="screening")
        self._mine: set[str] = set()
        self._lock = threading.Lock()

    def start(
        self, owner: str, file: str, content: Path, *, titles: Sequence[str], track: Track | None, as_of: date
    ) -> Screening:
        """Take a file over (it is moved) and start a job. Raises BadInput for another kind of file or an unknown title."""
        kind = Path(file).suffix.lower()
        if kind not in KINDS:
            raise BadInput("只收 .xlsx、.csv 和 .parquet 的企业名单。")
        for title in titles:
            select(title, track, as_of=as_of, standards=load_standards())
        self._sweep()
        moment = now()
        job = Screening(
            id=uuid.uuid4().hex, owner=owner, file=Path(file).name[-80:], titles=list(titles), track=track, as_of=as_of,
            started=moment, until=moment + KEPT,
        )  # fmt: skip
        folder = _folder(job.id)
        folder.mkdir()
        shutil.move(content, folder / f"source{kind}")
        _write(job)
        self._submit(job.id)
        return job

    def get(self, job: str, owner: str | None) -> Screening:
        """A job as it stands. ``owner`` None: whoever may see every one. Raises UnknownScreening."""
        found = _read(job)
        if found is None or owner not in (None, found.owner):
            raise UnknownScreening("没有这个编号的核对，或者已经删掉了（结果只留一天）。请重新上传。")
        if found.until <= now():
            self.delete(job, owner)
            raise UnknownScreening("这次核对的结果只留一天，已经删掉了。请重新上传。")
        if found.ended is None and self._left_alone(found):
            self._submit(job)
        return found

    def list(self, owner: str) -> list[Screening]:
        """A person's jobs, the newest first."""
        self._sweep()
        found = [job for path in room("screenings").iterdir() if (job := _read(path.name)) and job.owner == owner]
        return sorted(found, key=lambda job: job.started, reverse=True)

    def file(self, job: str, owner: str | None, name: str) -> Path:
        """The path of a result. Raises UnknownScreening."""
        found = self.get(job, owner)
        if name not in found.files:
            raise UnknownScreening("这份结果还没有做好，或者没有这份文件。")
        return _folder(job) / NAMES[name]

    def delete(self, job: str, owner: str | None) -> None:
        """Delete the file with all that came of it. Raises UnknownScreening."""
        found = _read(job)
        if found is None or owner not in (None, found.owner):
            raise UnknownScreening("没有这个编号的核对，或者已经删掉了。")
        shutil.rmtree(_folder(job), ignore_errors=True)

    def close(self) -> None:
        """Let the running job end; those that wait go on when somebody asks for them again."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _left_alone(self, job: Screening) -> bool:
        with self._lock:
            if job.id in self._mine:
                return False
        try:
            touched = (_folder(job.id) / "status.json").stat().st_mtime
        except OSError:
            return False
        return now().timestamp() - touched > SILENT.total_seconds()

    def _submit(self, job: str) -> None:
        with self._lock:
            if job in self._mine:
                return
            self._mine.add(job)
        self._worker.submit(self._run, job)

    def _run(self, id_: str) -> None:
        from assistant.workshop.screening_run import screen

        job = _read(id_)
        try:
            if job is not None:
                source = next(_folder(id_).glob("source.*"))
                result = screen(job, source, lambda what, done, total: _tell(id_, what, done, total))
                files = [name for name, path in NAMES.items() if (_folder(id_) / path).is_file()]
                _end(id_, state="done", result=result, files=files, done=result.companies, total=result.companies)
        except BadInput as error:
            _end(id_, state="failed", problem=str(error))
        except Exception:  # the job has no other way to say that it ended
            log.exception("a screening failed")
            _end(id_, state="failed", problem=UNEXPECTED)
        finally:
            with self._lock:
                self._mine.discard(id_)

    @staticmethod
    def _sweep() -> None:
        """Delete what is a day old, and what cannot be read."""
        for path in room("screenings").iterdir():
            job = _read(path.name)
            if job.until <= now() if job else _old(path):
                shutil.rmtree(path, ignore_errors=True)


def _old(path: Path) -> bool:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, now().tzinfo) + KEPT <= now()
    except OSError:
        return False


def _folder(job: str) -> Path:
    return room("screenings") / job


def _read(job: str) -> Screening | None:
    if not ID.fullmatch(job):
        return None
    try:
        return Screening.model_validate_json((_folder(job) / "status.json").read_bytes())
    except (OSError, ValidationError):
        return None


def _write(job: Screening) -> None:
    """Replace the status as a whole; nothing where the job has been deleted."""
    folder = _folder(job.id)
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=".status")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(job.model_dump_json())
        Path(name).replace(folder / "status.json")
    except FileNotFoundError:
        log.info("a screening was deleted while it ran")


def _tell(id_: str, what: str, done: int, total: int) -> None:
    job = _read(id_)
    if job is None:
        raise BadInput("这次核对已经删掉了。")
    _write(
        job.model_copy(
            update={
                "state": "running", "state_label": JOB_STATES["running"], "what": what, "done": done, "total": total
            }
        )
    )  # fmt: skip


def _end(id_: str, **values: object) -> None:
    job = _read(id_)
    if job is not None:
        label = JOB_STATES["done" if values["state"] == "done" else "failed"]
        _write(job.model_copy(update={**values, "state_label": label, "what": "", "ended": now()}))
