"""Screenings as jobs: cut off and gone on with, deleted after a day, one's own only."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from patience import ENOUGH

from assistant.errors import BadInput
from assistant.store import now
from assistant.workshop import screening
from assistant.workshop.screening import Screenings, UnknownScreening
from assistant.workshop.screening_models import Screening

DAY = date(2026, 11, 21)
TABLE = "企业名称,2025年营业收入(万元)\n示例甲,900\n示例乙,3000\n"


@pytest.fixture
def jobs(own_home: Path) -> Iterator[Screenings]:
    jobs = Screenings()
    yield jobs
    jobs.close()


def start(jobs: Screenings, place: Path, text: str = TABLE, owner: str = "甲") -> Screening:
    source = place / "sent"
    source.write_text(text, "utf-8")
    return jobs.start(owner, "../名单.csv", source, titles=["zjtx"], track="first", as_of=DAY)


def ended(jobs: Screenings, id_: str) -> Screening:
    end = time.monotonic() + ENOUGH
    while (job := jobs.get(id_, None)).ended is None:
        assert time.monotonic() < end, job
        time.sleep(0.02)
    return job


def test_a_job_from_file_to_charts(jobs: Screenings, tmp_path: Path) -> None:
    job = start(jobs, tmp_path)
    assert job.file == "名单.csv"
    done = ended(jobs, job.id)
    assert done.state == "done"
    assert done.result is not None
    assert done.result.companies == 2
    assert sum(one.count for one in done.result.titles[0].outcomes) == 2
    assert jobs.file(job.id, "甲", "xlsx").is_file()
    for refused in (
        lambda: jobs.get(job.id, "乙"),
        lambda: jobs.delete(job.id, "乙"),
        lambda: jobs.file(job.id, "乙", "xlsx"),
    ):
        with pytest.raises(UnknownScreening):
            refused()
    assert [one.id for one in jobs.list("甲")] == [job.id]
    assert jobs.list("乙") == []


def test_a_job_cut_off_by_a_restart_goes_on(jobs: Screenings, tmp_path: Path) -> None:
    jobs.close()  # as if the process had ended before the job began
    with pytest.raises(RuntimeError):
        start(jobs, tmp_path)
    folder = next(screening.room("screenings").iterdir())
    again = Screenings()
    assert again.get(folder.name, "甲").ended is None, "perhaps another process is at it"
    long_ago = time.time() - 2 * screening.SILENT.total_seconds()
    os.utime(folder / "status.json", (long_ago, long_ago))
    assert ended(again, folder.name).state == "done"
    again.close()


def test_results_are_deleted_after_a_day(jobs: Screenings, tmp_path: Path) -> None:
    job = ended(jobs, start(jobs, tmp_path).id)
    folder = screening.room("screenings") / job.id
    (folder / "status.json").write_text(
        job.model_copy(update={"until": now() - timedelta(seconds=1)}).model_dump_json()
    )
    with pytest.raises(UnknownScreening, match="一天"):
        jobs.get(job.id, "甲")
    assert not folder.exists()


def test_more_companies_than_a_class_has(jobs: Screenings, tmp_path: Path) -> None:
    rows = "\n".join(f"示例{n},3000" for n in range(5001))
    job = ended(jobs, start(jobs, tmp_path, f"企业名称,2025年营业收入(万元)\n{rows}\n").id)
    assert job.state == "failed"
    assert "最多5,000家" in job.problem


def test_a_table_without_companies_says_so(jobs: Screenings, tmp_path: Path) -> None:
    job = ended(jobs, start(jobs, tmp_path, "企业名称,2025年营业收入(万元)\n").id)
    assert job.state == "failed"
    assert job.problem
    with pytest.raises(BadInput):
        jobs.file(job.id, "甲", "xlsx")
