"""What earlier versions stored without masking: taken over once, masked, and left nowhere."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from small_corpus import HELP

from corpus.load import load_corpus
from indexing import build
from indexing.originals import load_originals, remove, store
from indexing.originals.importing import add
from indexing.search import Searcher

SECRETS = ("13812345678", "Deng@1234", "deng_ta@163.com")
TEXT = f"每年六月报一次。联系手机{SECRETS[0]}，系统默认密码为{SECRETS[1]}，邮箱{SECRETS[2]}。"


def earlier_file(document: str = HELP, text: str = TEXT) -> Path:
    """A document as the previous layout stored it."""
    clauses = [
        {"eid": "art_1", "label": "第一条", "path": ["第一章"], "text": "第一句。" + text},
        {"eid": "art_1__item_1", "label": "第一条（一）", "path": [], "text": text},
    ]
    path = store.folder() / store.file_of(document)
    path.write_text(json.dumps({"document": document, "source": "灯塔.txt", "clauses": clauses}), "utf-8")
    return path


def everything(folder: Path) -> str:
    return "".join(p.read_bytes().decode("utf-8", "replace") for p in folder.rglob("*") if p.is_file())


def test_it_is_taken_over_masked_and_nothing_else_is_kept(
    own_home: Path, small_root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    generation = build.root() / "gen-1"
    generation.mkdir()
    (generation / "entries.json").write_text(TEXT)
    (generation / "manifest.json").write_text('{"version": 1}')
    (build.root() / "CURRENT").write_text("gen-1")
    old = earlier_file()
    with caplog.at_level(logging.WARNING):
        found = load_originals()
    assert "旧版本存的 1 份原文已经转存" in caplog.text
    assert not old.exists()
    assert found.text(f"{HELP}#art_1") == (
        "第一句。每年六月报一次。联系手机〔手机号〕，系统默认密码为〔密码已隐去〕，邮箱〔邮箱〕。"
    )
    assert found.clauses[HELP]["art_1__item_1"].parent == "art_1"
    assert found.records[HELP].redacted == {"email": 2, "mobile": 2, "password": 2}
    assert "重新导入" in found.records[HELP].doubts[0]
    build.build(corpus=load_corpus(small_root))
    assert not generation.exists()
    searcher = Searcher.open()
    assert searcher.originals
    assert any("〔手机号〕" in entry.text for entry in searcher.originals.entries)
    assert not any(secret in everything(own_home) for secret in SECRETS)
    assert load_originals().text(f"{HELP}#art_1") == found.text(f"{HELP}#art_1")


def test_importing_the_file_again_takes_its_place(tmp_path: Path, own_home: Path, small_root: Path) -> None:
    earlier_file()
    path = tmp_path / "灯塔.txt"
    path.write_text("企业灯塔帮扶办法\n工信部灯塔〔2025〕1号\n第一条 甲。\n第二条 乙。\n第三条 丙。\n", "utf-8")
    report = add([path], load_corpus(small_root))
    assert report.files[0].documents[0].state == "changed"
    assert load_originals().text(f"{HELP}#art_2") == "乙。"
    earlier_file()
    assert load_originals().text(f"{HELP}#art_2") == "乙。", "what was imported since stays"
    assert remove(HELP) == [HELP]
    assert load_originals().records == {}


def test_it_can_be_removed_by_its_id(own_home: Path) -> None:
    old = earlier_file()
    assert remove(HELP) == [HELP]
    assert not old.exists()
    assert load_originals().records == {}


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"document": "a"}', '{"document": "a", "source": "b", "clauses": 1}']
)
def test_what_cannot_be_read_is_named_every_time(
    own_home: Path, caplog: pytest.LogCaptureFixture, content: str
) -> None:
    bad, good = store.folder() / "坏.json", earlier_file()
    bad.write_text(content, "utf-8")
    for _ in range(2):
        with caplog.at_level(logging.WARNING):
            assert list(load_originals().records) == [HELP]
        assert str(bad) in caplog.text
        assert "请删掉它" in caplog.text
        caplog.clear()
    assert bad.exists()
    assert not good.exists()


def test_a_full_disk_loses_nothing(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = earlier_file()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.replace", full)
        assert load_originals().records == {}
        assert old.exists()
    assert list(load_originals().records) == [HELP]
