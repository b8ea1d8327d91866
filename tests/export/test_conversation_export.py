"""A conversation as a file: its facts with their sources, verdict, questions and answers, every clause once."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from papers_made import docx_text, need_chinese_font, pdf, pdf_text

from assistant.export.conversation import UnknownConversation, conversation_paper
from assistant.export.paper import Heading, Table, cited
from assistant.export.write import write

if TYPE_CHECKING:
    from assistant.conversation import Assistant

THREAD = "export-thread"
ASKED = (
    "专精特新有效期几年？",
    "去年营收1480万，前年1300万，没拿过投资，别的都达标，能报专精特新吗？",
    "帮我做一次政策体检",
    "我们的专精特新是2024年3月1日认定的，要办什么？",
)


@pytest.fixture(scope="module")
def talked(assistant: Assistant) -> str:
    for message in ASKED:
        assistant.ask(message, thread=THREAD)
    return THREAD


def test_the_whole_conversation_is_there(assistant: Assistant, talked: str) -> None:
    paper = conversation_paper(assistant, talked)
    headings = [block.text for block in paper.blocks if isinstance(block, Heading) and block.level == 1]
    assert headings[0] == "企业情况"
    assert any(text.startswith("预检结果：专精特新中小企业") for text in headings)
    assert {"政策体检", "期限"} <= set(headings)
    assert [text.partition("：")[0] for text in headings[-4:]] == ["第1问", "第2问", "第3问", "第4问"]
    tables = {table.name: table for table in paper.tables()}
    assert {"企业情况", "逐条结果", "还差什么", "称号", "期限"} <= tables.keys()
    assert isinstance(tables["期限"], Table)
    text = docx_text(write(paper, "docx"))
    for words in (
        *ASKED[:1],
        "1480万元",
        "您说：",
        "附件1（二）",
        "差20万元",
        "以主管部门当年的通知和审核认定为准",
        "上海市",
        "2026年11月21日",
    ):
        assert words in text, words


def test_every_mark_has_its_clause_and_every_clause_its_words(assistant: Assistant, talked: str) -> None:
    paper = conversation_paper(assistant, talked)
    numbers = [source.n for source in paper.sources]
    assert numbers == list(range(1, len(numbers) + 1))
    assert set(cited(paper.blocks)) == set(numbers)
    assert len({(source.where, source.facts) for source in paper.sources}) == len(numbers)
    for source in paper.sources:
        assert source.text
        assert re.search("有效|废止|取代|施行|核实|期", source.facts)
    document = Document(BytesIO(write(paper, "docx")))
    assert sum(p.style.name == "Source" for p in document.paragraphs) == len(numbers)


def test_one_answer_alone(assistant: Assistant, talked: str) -> None:
    assert assistant.house.store is not None
    first, second, *_ = assistant.house.store.turns(talked)
    text = docx_text(write(conversation_paper(assistant, talked, second.id), "docx"))
    assert "逐条结果" in text
    assert "- ✗" not in text
    assert ASKED[0] not in text
    with pytest.raises(UnknownConversation, match="没有这个编号的回答"):
        conversation_paper(assistant, talked, "elsewhere")
    with pytest.raises(UnknownConversation, match="没有这个编号的对话"):
        conversation_paper(assistant, "no-such-thread")
    assert conversation_paper(assistant, talked, first.id).title == "政策问答记录"


def test_the_pdf_says_the_same_on_a_sane_number_of_pages(assistant: Assistant, talked: str) -> None:
    need_chinese_font()
    data = write(conversation_paper(assistant, talked), "pdf")
    text = pdf_text(data)
    assert "第2问" in text
    assert "".join(ASKED[1].split())[:20] in text
    assert "差20万元" in text
    assert 5 <= len(pdf(data).pages) <= 30


def test_the_command_writes_a_file(own_home: Path, tmp_path: Path) -> None:
    from assistant.store import Store

    answer = {
        "route": "policy", "status": "answered", "reason": "answered", "answer": "有效期**三年**。", "place": "上海市",
        "as_of": "2026-11-21",
    }  # fmt: skip
    store = Store()
    store.record("t1", {}, "turn1", "有效期几年？", json.loads(json.dumps(answer)), [])
    store.close()
    target = tmp_path / "对话.docx"
    done = tiaoli("export", "t1", "-o", str(target))
    assert done.returncode == 0, done.stderr
    assert "有效期三年。" in docx_text(target.read_bytes())
    for words, said in (
        (["t1", "-o", str(tmp_path / "a.txt")], ".pdf 或 .docx"),
        (["t2", "-o", str(target)], "没有这个编号的对话"),
        (["t1", "-o", str(tmp_path / "none" / "a.pdf")], "不存在"),
    ):
        failed = tiaoli("export", *words)
        assert (failed.returncode, failed.stdout) == (2, "")
        assert said in failed.stderr
        assert failed.stderr.count("\n") == 1


def tiaoli(*words: str) -> subprocess.CompletedProcess[str]:
    code = "from assistant.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, timeout=120, check=False
    )
