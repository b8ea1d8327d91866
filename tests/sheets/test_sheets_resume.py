"""A run that is cut off goes on where it stopped; a changed input starts anew."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
from sheets_made import HEADINGS, company, screened, text_table

CHILD = """
import sys
from datetime import date
from pathlib import Path
from assistant.sheets.job import Settings, run
run(Path(sys.argv[1]), Path(sys.argv[2]), Settings(as_of=date(2026, 11, 21), titles=("zjtx",), track="first", rows=50))
"""


def companies(path: Path, count: int = 4000) -> Path:
    rows = (
        company(企业名称=f"第{n}家", 评价得分=n % 100, 负债率=f"{n % 90},5%" if n % 7 == 0 else n % 90)
        for n in range(count)
    )
    return text_table(path, HEADINGS, *rows)


def killed(source: Path, target: Path) -> Path:
    """Start a run and kill it after its first pieces; the folder of finished pieces."""
    folder = target.with_name(f".{target.name}.parts")
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(source), str(target)])
    try:
        until = time.monotonic() + 120
        while len(list(folder.glob("*.result.parquet"))) < 3:
            assert child.poll() is None, "the run ended before it could be killed"
            assert time.monotonic() < until
            time.sleep(0.005)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
    return folder


def test_a_killed_run_goes_on_and_comes_to_the_same(tmp_path: Path) -> None:
    source = companies(tmp_path / "企业.csv")
    folder = killed(source, tmp_path / "结果.parquet")
    assert not (tmp_path / "结果.parquet").exists()
    finished = {path: path.stat().st_mtime_ns for path in folder.glob("*.result.parquet")}
    kept: dict[Path, int] = {}

    def watch(stage: str, done: int, of: int | None) -> None:
        kept.update({path: path.stat().st_mtime_ns for path in finished if path.exists()})

    from datetime import date

    from assistant.sheets.job import Settings, run

    settings = Settings(as_of=date(2026, 11, 21), titles=("zjtx",), track="first", rows=50)
    done = run(source, tmp_path / "结果.parquet", settings, watch)
    assert any("接着上次" in note for note in done.notes)
    assert kept == finished
    assert not folder.exists()
    whole = screened(source, tmp_path / "一次.parquet", rows=50)
    assert pl.read_parquet(done.target).equals(pl.read_parquet(whole.target))
    assert done.tally == whole.tally
    assert (tmp_path / "结果.读数报告.csv").read_bytes() == (tmp_path / "一次.读数报告.csv").read_bytes()


def test_a_changed_input_starts_anew(tmp_path: Path) -> None:
    source = companies(tmp_path / "企业.csv")
    killed(source, tmp_path / "结果.csv")
    text_table(source, HEADINGS, company(企业名称="另一家"))
    done = screened(source, tmp_path / "结果.csv", rows=50)
    assert any("从头开始" in note for note in done.notes)
    assert pl.read_csv(done.target)["企业名称"].to_list() == ["另一家"]


def test_no_resume_starts_anew_without_a_word(tmp_path: Path) -> None:
    source = companies(tmp_path / "企业.csv")
    killed(source, tmp_path / "结果.csv")
    done = screened(source, tmp_path / "结果.csv", rows=50, resume=False)
    assert done.notes == []
    assert done.tally.rows == 4000
