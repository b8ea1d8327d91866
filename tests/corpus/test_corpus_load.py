"""The loader names the file, the place in it and what is wrong, in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import small_corpus
from small_corpus import HELP

from corpus.load import CorpusError, load_corpus
from corpus.models import Document

Change = Callable[[dict[str, Any]], object]


def load(tmp_path: Path, change: Change = lambda files: None, raw: dict[str, bytes] | None = None) -> Any:
    files = small_corpus.files()
    change(files)
    root = small_corpus.write(tmp_path / "c", files)
    for name, content in (raw or {}).items():
        (root / name).write_bytes(content)
    return load_corpus(root)


def message(tmp_path: Path, change: Change = lambda files: None, raw: dict[str, bytes] | None = None) -> str:
    with pytest.raises(CorpusError) as caught:
        load(tmp_path, change, raw)
    text = str(caught.value)
    assert text.endswith("。")
    assert "\n" not in text
    assert "Error" not in text
    return text


def test_small_corpus_loads(tmp_path: Path) -> None:
    corpus = load(tmp_path)
    tianjin = {f"cn-tj/test/2024/2#art_{n}" for n in (1, 2)}
    assert set(corpus.clauses) == {f"{HELP}#art_{n}" for n in (1, 2, 3)} | tianjin
    assert corpus.document_of(f"{HELP}#art_1").title == "企业灯塔帮扶办法"
    assert corpus.topics["dates"].refs == [f"{HELP}#art_2", "cn-tj/test/2024/2#art_1"]


def test_clauses_come_in_the_documents_order(tmp_path: Path) -> None:
    def shuffle(files: dict[str, Any]) -> None:
        clauses = files["digests/cn/help.yaml"]["clauses"]
        clauses.append(
            small_corpus.clause("annex_1", "附件1", "标准", "标准见各项。", ["标准在哪", "附件讲什么"], "见各项。")
        )
        clauses.append(
            small_corpus.clause("art_10", "第十条", "生效", "按公布日期施行。", ["何时施行", "哪天起"], "按公布日期。")
        )
        clauses.reverse()

    eids = [ref.partition("#")[2] for ref in load(tmp_path, shuffle).clauses if ref.startswith(HELP)]
    assert eids == ["art_1", "art_2", "art_3", "art_10", "annex_1"]


def test_missing_field_is_named(tmp_path: Path) -> None:
    text = message(tmp_path, lambda f: f["digests/cn/help.yaml"]["clauses"][1].pop("heading"))
    assert "digests/cn/help.yaml" in text
    assert "clauses/1/heading" in text
    assert "缺这一项" in text


def test_wrong_type_is_named_with_what_stands_there(tmp_path: Path) -> None:
    text = message(tmp_path, lambda f: f["catalogue/cn/help.yaml"].update(issuers="灯塔管理委员会"))
    assert "catalogue/cn/help.yaml" in text
    assert "issuers" in text
    assert "应当是列表" in text
    assert "灯塔管理委员会" in text


def test_misspelt_field_is_no_silent_loss(tmp_path: Path) -> None:
    text = message(tmp_path, lambda f: f["digests/cn/help.yaml"]["clauses"][0].update(see_alsso=[]))
    assert "clauses/0/see_alsso" in text
    assert "没有这个名字的项" in text


@pytest.mark.parametrize("eid", ["第一条", "art 1", "art_1__", "Art_1", "art_1#x"])
def test_eid_follows_the_naming(tmp_path: Path, eid: str) -> None:
    text = message(tmp_path, lambda f: f["digests/cn/help.yaml"]["clauses"][0].update(eid=eid))
    assert "clauses/0/eid" in text
    assert "写法不合规则" in text


def test_one_wording_is_too_few(tmp_path: Path) -> None:
    text = message(tmp_path, lambda f: f["digests/cn/help.yaml"]["clauses"][0]["questions"][0].update(ask=["一种问法"]))
    assert "questions/0/ask" in text
    assert "太少" in text


def test_broken_yaml(tmp_path: Path) -> None:
    text = message(tmp_path, raw={"topics/dates.yaml": "- id: dates\n  title: [没有收口\n".encode()})
    assert "topics/dates.yaml 读不了" in text
    assert "修好或恢复" in text


def test_not_utf8(tmp_path: Path) -> None:
    text = message(tmp_path, raw={"gaps/money.yaml": "- id: 贷款".encode("gb18030")})
    assert "gaps/money.yaml 读不了" in text


def test_binary_file(tmp_path: Path) -> None:
    assert "gaps/money.yaml 读不了" in message(tmp_path, raw={"gaps/money.yaml": bytes(range(256)) * 20})


def test_empty_file(tmp_path: Path) -> None:
    assert "catalogue/cn/help.yaml 的 开头 不合规格" in message(tmp_path, raw={"catalogue/cn/help.yaml": b""})


def test_no_such_day(tmp_path: Path) -> None:
    raw = (
        "id: cn/test/2025/1\ntitle: 甲\nshort_title: 甲\nissuers: [乙]\nplace: 国家\nlevel: national\nkind: measure\n"
        "signed: 2025-02-30\n"
    )
    assert "catalogue/cn/help.yaml" in message(tmp_path, raw={"catalogue/cn/help.yaml": raw.encode()})


def test_deeply_nested_yaml(tmp_path: Path) -> None:
    assert "gaps/money.yaml" in message(tmp_path, raw={"gaps/money.yaml": b"[" * 20000})


def test_key_written_twice_is_no_silent_loss(tmp_path: Path) -> None:
    raw = "document: cn/test/2025/1\nclauses: []\nclauses: []\n"
    text = message(tmp_path, raw={"digests/cn/help.yaml": raw.encode()})
    assert "第 3 行的“clauses”" in text
    assert "写了两次" in text


def test_document_id_used_twice(tmp_path: Path) -> None:
    text = message(tmp_path, lambda f: f["catalogue/cn/old.yaml"].update(id=HELP))
    assert HELP in text
    assert "catalogue/cn/old.yaml" in text


def test_clause_written_twice(tmp_path: Path) -> None:
    text = message(tmp_path, lambda f: f["digests/cn/help.yaml"]["clauses"][1].update(eid="art_1"))
    assert f"{HELP}#art_1" in text


def test_one_document_over_several_files(tmp_path: Path) -> None:
    def split(files: dict[str, Any]) -> None:
        clauses = files["digests/cn/help.yaml"]["clauses"]
        files["digests/cn/help-b.yaml"] = {"document": HELP, "clauses": [clauses.pop()]}

    assert f"{HELP}#art_3" in load(tmp_path, split).clauses

    def twice(files: dict[str, Any]) -> None:
        files["digests/cn/help-b.yaml"] = {"document": HELP, "clauses": files["digests/cn/help.yaml"]["clauses"][:1]}

    assert "art_1" in message(tmp_path / "b", twice)


def test_digest_of_an_unknown_document(tmp_path: Path) -> None:
    text = message(tmp_path, lambda f: f.pop("catalogue/cn/help.yaml"))
    assert HELP in text
    assert "没有这份文件" in text


def test_topic_and_gap_ids_are_unique(tmp_path: Path) -> None:
    assert "dates" in message(tmp_path / "a", lambda f: f["topics/dates.yaml"].append(f["topics/dates.yaml"][0]))
    assert "loans" in message(tmp_path / "b", lambda f: f["gaps/money.yaml"].append(f["gaps/money.yaml"][0]))


def test_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="没有语料"):
        load_corpus(tmp_path)


def test_words_that_yaml_1_1_takes_for_booleans_stay_words(tmp_path: Path) -> None:
    fact = {"kind": "deadline", "what": "更新", "on": "06-15"}
    corpus = load(tmp_path, lambda f: f["digests/cn/help.yaml"]["clauses"][1].update(facts=[fact]))
    assert corpus.clauses[f"{HELP}#art_2"].facts[0].on == "06-15"
    raw = "document: cn/test/2025/1\nclauses:\n- {eid: art_1, label: 第一条, heading: no, digest: 好。, questions: [{ask: [yes, off], answer: 好。}]}\n"
    corpus = load(
        tmp_path / "raw",
        lambda f: f.pop("topics/dates.yaml") and f.pop("gaps/money.yaml"),
        {"digests/cn/help.yaml": raw.encode()},
    )
    clause = corpus.clauses[f"{HELP}#art_1"]
    assert (clause.heading, clause.questions[0].ask) == ("no", ["yes", "off"])


def test_what_people_call_a_document_must_be_a_pattern() -> None:
    entry = {
        "id": "cn/x/1",
        "title": "甲",
        "short_title": "甲",
        "issuers": ["乙"],
        "place": "国家",
        "level": "national",
        "kind": "notice",
    }
    assert Document.model_validate({**entry, "called": "那个?通知"}).called == "那个?通知"
    with pytest.raises(ValueError, match="不是能用的匹配式"):
        Document.model_validate({**entry, "called": "那个（通知|("})
