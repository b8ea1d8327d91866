"""Building: only what changed, into a new generation; what is killed or fails leaves the old one serving."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import small_corpus
from small_corpus import HELP

from corpus.load import load_corpus
from indexing import build, embed, originals
from indexing.errors import IndexBroken, IndexingError, IndexMissing, StorageFull
from indexing.search import Searcher

REPOSITORY = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("child_build.py")


def make(root: Path, **options: Any) -> build.Manifest:
    return build.build(corpus=load_corpus(root), **options)


def change(root: Path, digest: str = "灯塔企业每年6月16日前更新信息。") -> None:
    files = small_corpus.files()
    files["digests/cn/help.yaml"]["clauses"][1].update(digest=digest)
    small_corpus.write(root, files)


def child(root: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, str(CHILD), str(root), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def serves() -> bool:
    found = Searcher.open()
    return not found.degraded and found.search("几月更新信息", 1)[0].target == f"{HELP}#art_2"


@pytest.fixture
def root(own_home: Path, small_root: Path) -> Path:
    return small_root


def test_nothing_built_yet(root: Path) -> None:
    assert not build.is_fresh()
    with pytest.raises(IndexMissing, match="tiaoli index build"):
        build.current()


def test_first_build(root: Path) -> None:
    stages: list[str] = []
    manifest = make(root, progress=lambda what, done, total: stages.append(what))
    assert manifest.changed == len(manifest.entries) > 20
    assert manifest.setting == "static"
    assert stages == ["向量模型", "向量", "字面索引", "完成"]
    assert build.is_fresh()
    assert build.read_manifest(build.current()) == manifest
    assert serves()


def test_nothing_changed_nothing_done(root: Path) -> None:
    manifest = make(root)
    generation = build.current()
    assert make(root) == manifest
    assert build.current() == generation


def test_only_changed_entries_are_embedded_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = make(root)
    embedded: list[str] = []
    real = embed.StaticEmbeddings.embed

    def spy(self: embed.StaticEmbeddings, texts: list[str]) -> embed.Vectors:
        embedded.extend(texts)
        return real(self, texts)

    monkeypatch.setattr(embed.StaticEmbeddings, "embed", spy)
    change(root)
    assert not build.is_fresh()
    second = make(root)
    assert len(embedded) == second.changed == 1
    assert "6月16日" in embedded[0]
    assert len(second.entries) == len(first.entries)
    assert second.model == first.model
    assert "6月16日" in next(e.text for e in Searcher.open().entries if e.id == f"{HELP}#art_2|digest")
    assert serves()


def test_removed_entries_are_gone_everywhere(root: Path) -> None:
    files = small_corpus.files()
    files["digests/cn/help.yaml"]["clauses"][0]["questions"][0]["ask"].append("灯塔称号门槛琥珀")
    small_corpus.write(root, files)
    make(root)
    assert Searcher.open().search("琥珀", 1)[0].target == f"{HELP}#art_1"
    small_corpus.write(root, small_corpus.files())
    assert make(root).changed == 1
    found = Searcher.open()
    assert not found.degraded
    assert all("琥珀" not in e.text for e in found.entries)


def test_a_large_change_trains_the_table_again(root: Path) -> None:
    first = make(root)
    files = small_corpus.files()
    for clause in files["digests/cn/help.yaml"]["clauses"]:
        clause["digest"] = f"改写了：{clause['digest']}"
        clause["questions"][0]["ask"].append(f"新问法{clause['eid']}怎么说")
    small_corpus.write(root, files)
    second = make(root)
    assert second.model != first.model
    assert second.changed == len(second.entries)
    assert serves()


def test_full_build_starts_over(root: Path) -> None:
    first = make(root)
    second = make(root, full=True)
    assert second.changed == len(second.entries)
    assert second.model == first.model
    assert second.entries == first.entries


def test_an_imported_original_is_indexed_and_forgotten(root: Path, tmp_path: Path) -> None:
    make(root)
    path = tmp_path / "a.txt"
    path.write_text("企业灯塔帮扶办法\n第一条 甲。\n第二条 萤火虫优先。\n第三条 乙。\n", "utf-8")
    originals.add([path], load_corpus(root))
    assert not build.is_fresh()
    make(root)
    found = Searcher.open()
    assert found.originals
    assert found.originals.search("萤火虫", 1)[0].target == f"{HELP}#art_2"
    assert originals.remove(HELP) == [HELP]
    make(root)
    assert Searcher.open().originals is None


def test_an_import_leaves_what_answers_rest_on_as_it_was(root: Path, tmp_path: Path) -> None:
    make(root)
    before = [(h.target, h.score) for h in Searcher.open().search("几月更新信息", 20)]
    path = tmp_path / "a.txt"
    path.write_text("企业灯塔帮扶办法\n第一条 几月更新信息。\n第二条 几月更新信息。\n第三条 几月更新信息。\n", "utf-8")
    originals.add([path], load_corpus(root))
    make(root)
    assert [(h.target, h.score) for h in Searcher.open().search("几月更新信息", 20)] == before


def bytes_with(folder: Path, words: str) -> list[Path]:
    """Files that hold ``words`` in an encoding that any of the libraries uses."""
    forms = [
        words.encode("utf-8"),
        words.encode("utf-16-le"),
        words.encode("unicode_escape"),
        words.encode("utf-32-le"),
    ]
    return [p for p in folder.rglob("*") if p.is_file() and any(form in p.read_bytes() for form in forms)]


@pytest.mark.parametrize("by", ["document", "file"])
def test_what_is_deleted_is_in_no_file_any_more(root: Path, own_home: Path, tmp_path: Path, by: str) -> None:
    make(root)
    path = tmp_path / "a.txt"
    words = "鎏金萤火虫鎏金"
    path.write_text(f"企业灯塔帮扶办法\n第一条 {words}。\n第二条 {words}优先。\n第三条 乙。\n", "utf-8")
    other = tmp_path / "b.txt"
    other.write_text("天津市灯塔企业细则\n第一条 天津的灯。\n第二条 照样亮。\n第三条 完。\n", "utf-8")
    originals.add([path, other], load_corpus(root))
    make(root)
    assert {"originals", "sources"} & {p.parent.name for p in bytes_with(own_home, words)}
    assert {p.name for p in bytes_with(own_home, words)} >= {"entries.json"}
    assert "terms.txt" in {p.name for p in bytes_with(own_home, "鎏金")}
    assert originals.remove(HELP if by == "document" else "a.txt") == [HELP]
    make(root)
    assert bytes_with(own_home, "鎏金") == []
    found = Searcher.open().originals
    assert found
    assert {e.target.partition("#")[0] for e in found.entries} == {"cn-tj/test/2024/2"}


def test_what_a_new_version_no_longer_says_is_gone_too(root: Path, own_home: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = "企业灯塔帮扶办法\n第一条 甲。\n第二条 鎏金萤火虫优先。\n第三条 乙。\n"
    path.write_text(text, "utf-8")
    originals.add([path], load_corpus(root))
    make(root)
    path.write_text(text.replace("鎏金", ""), "utf-8")
    originals.update([], load_corpus(root))
    make(root)
    assert bytes_with(own_home, "鎏金") == []


def test_two_generations_are_kept(root: Path) -> None:
    for n in range(4):
        change(root, f"灯塔企业每年6月{n + 1}日前更新信息。")
        make(root)
    kept = sorted(p.name for p in build.root().glob("gen-*"))
    assert len(kept) == 2
    assert build.current().name in kept


@pytest.mark.parametrize("stage", ["向量模型", "向量", "字面索引"])
def test_killed_in_the_middle(root: Path, stage: str) -> None:
    make(root)
    generation = build.current()
    change(root)
    process = child(root, stage)
    assert process.stdout
    assert process.stdout.readline().strip() == stage, process.stderr and process.stderr.read()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert build.current() == generation
    assert serves()
    assert len(list(build.root().glob("gen-*"))) == 2, "the killed build's half is still there"
    assert make(root).changed == 1
    assert build.current() != generation
    assert all((p / "manifest.json").exists() for p in build.root().glob("gen-*"))
    assert serves()


def test_two_builds_at_once(root: Path) -> None:
    builders = [child(root) for _ in range(2)]
    results = [p.communicate(timeout=60) for p in builders]
    assert [p.returncode for p in builders] == [0, 0], results
    assert len(list(build.root().glob("gen-*"))) == 1, "the second found the first one's work and did nothing"
    assert serves()


def test_a_file_may_not_grow(root: Path) -> None:
    make(root)
    generation = build.current()
    process = child(root, "20000")
    said, errors = process.communicate(timeout=60)
    assert process.returncode == 2, errors
    assert said.strip().endswith("。")
    assert said.startswith(("StorageFull", "IndexBroken"))
    assert "Traceback" not in errors
    assert build.current() == generation
    assert len(list(build.root().glob("gen-*"))) == 1
    assert serves()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB. Needs the right to mount."""
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("mounting a small disk needs root; test_a_file_may_not_grow covers failing writes")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=False)


@pytest.mark.parametrize("left", [0, 8, 60, 110, 140, 170, 200, 230])
def test_full_disk(small_disk: Path, small_root: Path, monkeypatch: pytest.MonkeyPatch, left: int) -> None:
    """With ``left`` KB of room a build fails at one stage or another; only with much room may it succeed."""
    monkeypatch.setenv("TIAOLI_HOME", str(small_disk))
    make(small_root)
    generation = build.current()
    change(small_root)
    free = os.statvfs(small_disk)
    (small_disk / "filler").write_bytes(b"x" * (free.f_bavail * free.f_bsize - left * 1024))
    said = ""
    try:
        make(small_root, full=True)
    except StorageFull as error:
        said = str(error)
    if said:
        assert re.fullmatch("磁盘满了，.*原来的内容没有动。请腾出空间后再试。", said)
        assert build.current() == generation
        assert [p.name for p in build.root().glob("gen-*")] == [generation.name], "no half generation takes up the room"
    else:
        assert left >= 200
        assert build.current() != generation
    assert serves()
    (small_disk / "filler").unlink()
    make(small_root)
    assert serves()
    assert build.is_fresh()


def test_a_failing_build_cleans_up(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(root)
    generation = build.current()
    change(root)

    def fail(*args: object, **options: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("indexing.shelf.Postings.build", fail)
    with pytest.raises(RuntimeError):
        make(root)
    assert [p.name for p in build.root().glob("gen-*")] == [generation.name]


def test_what_killed_builds_left_behind_goes_before_the_next_begins(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(root)
    generation = build.current()
    half = build.root() / "gen-half"
    shutil.copytree(generation / "chroma", half / "chroma")
    change(root)
    seen: list[bool] = []
    make(root, progress=lambda what, done, total: seen.append(half.exists()))
    assert not any(seen), "its room is needed for the new one"


def test_a_damaged_old_generation_is_built_anew(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    make(root)
    (build.current() / "static.npz").write_bytes(b"garbage")
    change(root)
    manifest = make(root)
    assert manifest.changed == len(manifest.entries)
    assert "从头重建" in caplog.text
    assert serves()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"version": 3}'])
def test_a_damaged_manifest(root: Path, content: bytes) -> None:
    make(root)
    (build.current() / "manifest.json").write_bytes(content)
    with pytest.raises(IndexBroken, match=r"清单文件坏了.*--full"):
        build.read_manifest(build.current())
    assert not build.is_fresh()
    make(root)
    assert serves()


@pytest.mark.parametrize("content", [b"", b"gen-none", b"\xff\xfe\x00"])
def test_a_damaged_pointer(root: Path, content: bytes) -> None:
    make(root)
    (build.root() / "CURRENT").write_bytes(content)
    with pytest.raises(IndexBroken, match="--full"):
        build.current()
    make(root)
    assert serves()


def test_a_newer_layout_is_built_anew(root: Path) -> None:
    make(root)
    path = build.current() / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "version": build.VERSION - 1}))
    assert not build.is_fresh()
    manifest = make(root)
    assert manifest.changed == len(manifest.entries)


@pytest.mark.parametrize("setting", ["glove", "st:", "st"])
def test_an_unknown_model_is_a_sentence(root: Path, monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    make(root)
    monkeypatch.setenv("TIAOLI_EMBEDDING", setting)
    assert not build.is_fresh()
    with pytest.raises(IndexingError, match=f"TIAOLI_EMBEDDING={setting} 认不得"):
        make(root)
    monkeypatch.delenv("TIAOLI_EMBEDDING")
    assert build.is_fresh()
    assert serves()


def test_a_home_that_is_a_file(tmp_path: Path, small_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("TIAOLI_HOME", str(tmp_path / "file"))
    assert not build.is_fresh()
    with pytest.raises(StorageFull, match="TIAOLI_HOME"):
        make(small_root)


def test_the_shipped_corpus_is_fresh_after_one_build(house: object, home: Path) -> None:
    assert build.is_fresh()
    assert build.read_manifest(build.current()).entries


def test_vectors_keep_their_entries_over_changes(root: Path) -> None:
    """The file of vectors is put together from the one before and from what is new; each row stays with its entry."""
    make(root)
    change(root)
    make(root)
    searcher = Searcher.open()
    assert searcher.near is not None
    assert isinstance(searcher.embedding, embed.StaticEmbeddings)
    expected = searcher.embedding.embed([e.text for e in searcher.entries])
    assert np.allclose(searcher.near.table, expected, atol=1e-6)


def test_a_damaged_file_of_vectors_is_built_anew(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    make(root)
    (build.current() / "vectors.npy").write_bytes(b"garbage")
    change(root)
    make(root)
    assert "从头重建" in caplog.text
    assert serves()
