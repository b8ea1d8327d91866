"""``tiaoli corpus add``, ``update``, ``remove``, ``status``: what they print, and what they leave behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import made_compendium
import pytest
from made_compendium import TIANJIN
from small_corpus import files, write
from typer.testing import CliRunner, Result

from assistant.cli import app
from corpus import load
from indexing import build
from indexing.search import Searcher


@pytest.fixture
def compendium(tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An invented compendium on disk, and the commands working on the small corpus."""
    root = write(tmp_path / "corpus", {**files(), **made_compendium.catalogue()})
    small = load.load_corpus(root)
    monkeypatch.setattr("indexing.build.ROOT", root)
    for name in ("corpus.load.load_corpus", "indexing.build.load_corpus"):
        monkeypatch.setattr(name, lambda: small)
    path = tmp_path / "汇编.txt"
    path.write_text(made_compendium.TEXT, "utf-8")
    return path


def run(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["corpus", *words], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def reported(*words: str, code: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*words, "--json", code=code).stdout)
    return found


def test_add_reports_and_indexes(compendium: Path) -> None:
    found = reported("add", str(compendium))
    assert found["totals"] == {
        "files": 1, "failed": 0, "documents": 4, "catalogued": 2, "numbers": 2, "dates": 3, "clauses": found["totals"]["clauses"],
        "forms": 0, "doubtful": 2, "removed": 0,
    }  # fmt: skip
    assert found["seconds"] >= found["read_seconds"] > 0
    searcher = Searcher.open()
    assert searcher.originals
    assert TIANJIN in {e.target.partition("#")[0] for e in searcher.originals.entries}
    again = reported("add", str(compendium))
    assert [f["state"] for f in again["files"]] == ["unchanged"]


def test_memory_of_an_import(compendium: Path) -> None:
    """In a process of its own: this one has held whatever the tests before have left."""
    code = "from assistant.cli import main; main()"
    words = ["corpus", "add", str(compendium), "--dry-run", "--json"]
    ended = subprocess.run([sys.executable, "-c", code, *words], check=True, capture_output=True, text=True)
    assert 10 < json.loads(ended.stdout)["peak_mb"] < 2000


def test_add_in_words(compendium: Path) -> None:
    said = run("add", str(compendium)).stdout
    assert "汇编.txt 新导入：4 份文件" in said
    assert "请核对 《福建省灯塔厅关于组织申报灯塔企业的通知》：目录里没有这份文件" in said
    assert "内存最多" in said
    assert "Deng@1234" not in said


def test_a_dry_run_leaves_nothing(compendium: Path) -> None:
    assert "什么也没有存" in run("add", "--dry-run", str(compendium)).stdout
    assert "还没有导入原文" in run("status").stdout


def test_a_failure_is_a_sentence_and_the_rest_goes_on(compendium: Path, tmp_path: Path) -> None:
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.7\n%broken")
    result = run("add", str(broken), str(compendium), code=2)
    assert "坏.pdf" in result.stderr
    assert "Traceback" not in result.output
    assert "汇编.txt" in run("status").stdout


def test_update_names_the_clauses(compendium: Path) -> None:
    run("add", str(compendium))
    assert "没有变化" in run("update").stdout
    compendium.write_text(made_compendium.TEXT.replace("300", "500"), "utf-8")
    assert "原文件后来改过" in run("status").stdout
    said = run("update").stdout
    assert "改动" in said
    assert "500万元" in said
    assert "和原文件一致" in run("status").stdout


def test_remove_by_document_and_by_file(compendium: Path) -> None:
    run("add", str(compendium))
    assert reported("remove", TIANJIN) == {"removed": [TIANJIN]}
    searcher = Searcher.open()
    assert searcher.originals
    assert TIANJIN not in {e.target.partition("#")[0] for e in searcher.originals.entries}
    assert "已删除 3 份原文" in run("remove", "汇编.txt").stdout
    assert Searcher.open().originals is None
    assert build.is_fresh()
    assert json.loads(run("status", "--json").stdout) == []


def test_remove_what_is_not_there(compendium: Path) -> None:
    result = CliRunner().invoke(app, ["corpus", "remove", "没有"])
    assert "没有导入过“没有”" in str(result.exception)


def test_an_uploaded_file_goes_with_its_last_document(compendium: Path, tmp_path: Path) -> None:
    from assistant.documents.sources import keep, uploads

    own = compendium.read_bytes()
    staged = tmp_path / "staged"
    staged.write_bytes(own)
    kept = keep(staged, "汇编.txt")
    run("add", str(kept))
    waiting = uploads() / "another import"
    waiting.mkdir()
    assert reported("remove", TIANJIN) == {"removed": [TIANJIN]}
    assert kept.exists(), "other documents of the file are still stored"
    run("remove", "汇编.txt")
    assert not kept.parent.exists()
    assert waiting.exists()
    run("add", str(compendium))
    run("remove", str(compendium))
    assert compendium.read_bytes() == own, "a file that was not uploaded is its owner's"
