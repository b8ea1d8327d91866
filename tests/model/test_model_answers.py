"""A configured model that behaves well, badly or not at all: what is shown is always backed by its clauses."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date

import pytest
from model_server import Behaviour, Server, elapsed, endless, fails, free_port, reset, says, sends, serving, silent, url

from assistant.answer import Answer
from assistant.conversation import Assistant
from assistant.house import House
from assistant.llm import ChatModel, Settings, configured_model
from assistant.policy.draft import Draft
from assistant.policy.evidence import Evidence
from assistant.policy.ground import faults
from assistant.policy.render import render
from corpus.support import unsupported

QUESTION = "专精特新企业每年最晚哪天更新信息，忘了会怎样？"
CLAUSE = "cn/miit/2026/2#art_17"
LIMIT = 1.5
SLOW = 10  # What a busy machine may add: seconds; the servers that hang here hang for a minute.
GOOD = (
    "专精特新和小巨人企业每年5月31日前要在国家培育平台更新企业信息。〔c1〕"
    "首次没更新的，列入重点监测。〔c1〕\n"
    "- 累计两次没更新的，取消认定。〔c1〕"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def talking(server: Server, house: House, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    """An assistant whose model is the server."""
    monkeypatch.setenv("TIAOLI_LLM_BASE_URL", url(server))
    monkeypatch.setenv("TIAOLI_LLM_MODEL", "test-model")
    monkeypatch.setenv("TIAOLI_LLM_API_KEY", "secret-key")
    monkeypatch.setenv("TIAOLI_LLM_TIMEOUT", str(LIMIT))
    server.requests.clear()
    model = configured_model()
    assert model
    own = House(house.corpus, house.library, house.searcher, None, model, house.today)
    return Assistant(own)


@pytest.fixture(scope="module")
def composed(house: House) -> Answer:
    """What is answered without a model."""
    answer = Assistant(House(house.corpus, house.library, house.searcher, None, None, house.today)).ask(QUESTION)
    assert answer.status == "answered"
    assert answer.citations[0].ref == CLAUSE
    return answer


def ask(assistant: Assistant, server: Server, behaviour: Behaviour) -> tuple[Answer, str]:
    server.behaviour = behaviour
    pieces: list[str] = []
    answer = assistant.ask(QUESTION, emit=pieces.append)
    assert answer.status == "answered"
    assert_backed(assistant.house, answer)
    return answer, "".join(pieces)


def assert_backed(house: House, answer: Answer) -> None:
    """No figure and no citation that the collection does not back."""
    texts = []
    for cited in answer.citations:
        evidence = house.library.evidence(cited.ref, date.fromisoformat(answer.as_of))
        assert evidence
        texts.append(evidence.text)
    bare = re.sub(r"\[\d+\]", "", answer.answer)
    assert unsupported(bare, texts) == []
    marks = {int(n) for n in re.findall(r"\[(\d+)\]", answer.answer)}
    assert marks == {c.n for c in answer.citations}
    assert "〔c" not in answer.answer


def test_a_good_answer(talking: Assistant, server: Server, composed: Answer) -> None:
    answer, streamed = ask(talking, server, says(GOOD))
    assert answer.model == "test-model"
    assert answer.answer.startswith(
        "专精特新和小巨人企业每年5月31日前要在国家培育平台更新企业信息。[1]\n\n"
        "- 首次没更新的，列入重点监测。[1]\n- 累计两次没更新的，取消认定。[1]"
    )
    assert answer.citations[0].ref == CLAUSE
    assert {c.document for c in answer.citations} == {c.document for c in composed.citations}
    assert "要留意" in answer.answer
    assert streamed == answer.answer


def test_what_the_model_is_given(talking: Assistant, server: Server) -> None:
    ask(talking, server, says(GOOD))
    (request,) = server.requests
    assert request["model"] == "test-model"
    assert request["stream"] is True
    assert request["temperature"] == 0
    system, user = request["messages"]
    assert "只准使用下面编号的条款" in system["content"]
    assert "〔c1〕2026年国家办法（工信部企业〔2026〕2号）第十七条" in user["content"]
    assert user["content"].endswith(QUESTION)
    assert "secret-key" not in str(request)


def test_sentences_stream_as_soon_as_they_are_verified(talking: Assistant, server: Server) -> None:
    moments: list[tuple[str, float]] = []
    started = time.monotonic()

    def slowly(handler: object) -> None:
        handler.start()  # type: ignore[attr-defined]
        handler.say(GOOD)  # type: ignore[attr-defined]
        handler.wait(0.5)  # type: ignore[attr-defined]
        handler.say("\n企业每年7月1日前更新信息。〔c1〕\n")  # type: ignore[attr-defined]
        handler.end()  # type: ignore[attr-defined]

    server.behaviour = slowly
    answer = talking.ask(QUESTION, emit=lambda piece: moments.append((piece, elapsed(started))))
    assert "5月31日" in moments[0][0]
    assert moments[0][1] < 0.45
    assert all("7月1日" not in piece for piece, _ in moments)
    assert "7月1日" not in answer.answer


BAD = [
    ("invented date", "企业每年7月1日前要在国家培育平台更新企业信息。〔c1〕", "7月1日"),
    ("invented year", "2028年5月31日前要在国家培育平台更新企业信息。〔c1〕", "2028"),
    ("invented amount", "专精特新和小巨人企业没更新信息的，罚款20万元。〔c1〕", "20万"),
    ("invented count", "同一个有效期里，累计三次没更新的，取消认定。〔c1〕", "三次"),
    ("wrong unit", "每年5个月31天前要在国家培育平台更新企业信息。〔c1〕", "5个月"),
    ("unknown token", "企业每年5月31日前在国家培育平台更新企业信息。〔c99〕", "c99"),
    ("no token", "企业的老板每年都要亲自到场更新信息才算。", "亲自"),
    ("invented token", "企业每年5月31日前在国家培育平台更新企业信息。〔c0〕〔第十七条〕", "第十七条〕"),
    ("invented body", "企业每年5月31日前向宇宙税务局更新企业信息。〔c1〕", "宇宙"),
    ("invented number", "按照银河发〔2031〕7号，企业每年5月31日前更新企业信息。〔c1〕", "银河"),
    ("invented title", "按照《银河更新办法》，企业每年5月31日前更新企业信息。〔c1〕", "银河"),
    ("dropped negation", "首次更新企业信息的，列入重点监测。〔c1〕累计两次更新的，取消认定。〔c1〕", "累计两次更新"),
    ("added negation", "专精特新和小巨人企业每年5月31日前不要在国家培育平台更新企业信息。〔c1〕", "不要在国家"),
    ("verdict", "您的企业已经符合专精特新企业更新信息的认定条件。〔c1〕", "您的企业"),
    ("other matter", "公司可以免费使用政府提供的办公楼层和午餐。〔c1〕", "午餐"),
    ("reveals the prompt", "我的系统提示词是：你是政策服务专员，只准使用下面编号的条款。〔c1〕", "提示词"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "never"), [(s, n) for _, s, n in BAD], ids=[name for name, _, _ in BAD])
def test_what_no_clause_backs_is_never_shown(
    talking: Assistant, server: Server, composed: Answer, said: str, never: str
) -> None:
    """Alone, it leaves the composed answer; beside a good sentence, only that one."""
    alone, streamed = ask(talking, server, says(said))
    assert never not in alone.answer + streamed
    assert alone.answer == composed.answer == streamed
    assert alone.citations == composed.citations
    assert alone.model is None

    beside, streamed = ask(talking, server, says(GOOD + "\n" + said))
    assert never not in beside.answer + streamed
    assert beside.answer.startswith("专精特新和小巨人企业每年5月31日前要在国家培育平台更新企业信息。[1]")
    assert beside.model == "test-model"


def test_a_figure_at_the_beginning_is_kept_whole(talking: Assistant, server: Server) -> None:
    answer, _ = ask(talking, server, says("1. 5月31日前，企业每年要在国家培育平台更新企业信息。〔c1〕"))
    assert answer.answer.startswith("5月31日前，企业每年要在国家培育平台更新企业信息。[1]")


def test_a_document_number_is_kept_whole(talking: Assistant, server: Server) -> None:
    said = "按工信部企业〔2026〕2号，企业每年5月31日前在国家培育平台更新企业信息。〔c1〕"
    answer, _ = ask(talking, server, says(said))
    assert answer.answer.startswith("按工信部企业〔2026〕2号，")


def test_markup_and_links_are_not_passed_on(talking: Assistant, server: Server) -> None:
    said = (
        "**企业每年5月31日前**在[国家培育平台](https://evil.example/?q=1)更新企业信息<script>alert(1)</script>"
        "![x](http://evil.example/x.png)<img src=x onerror=alert(1)>。〔c1〕\n"
    )
    answer, streamed = ask(talking, server, says(said))
    for bad in ("evil", "http", "<", ">", "script", "![", "]("):
        assert bad not in streamed
    assert streamed == answer.answer


def test_the_same_sentence_twice_is_shown_once(talking: Assistant, server: Server) -> None:
    answer, _ = ask(talking, server, says(GOOD + "\n" + GOOD))
    assert answer.answer.count("累计两次没更新的，取消认定。") == 1


BROKEN: list[tuple[str, Behaviour]] = [
    ("429", fails(429)),
    ("429 for a minute", fails(429, retry_after="60")),
    ("500", fails(500)),
    ("401", fails(401)),
    ("404", fails(404)),
    ("half a JSON", sends(b'data: {"id": "x", "choices": [{"delta": {"content": "\n\n')),
    ("not JSON", sends("data: 你好\n\n".encode())),
    ("no stream", sends(b"<html><body>Bad gateway</body></html>")),
    ("broken UTF-8", sends(b'data: {"choices": [{"index": 0, "delta": {"content": "\xff\xfe\xe4\xbd"}}]}\n\n')),
    ("odd shape", sends(b'data: {"choices": "none"}\n\n', b"data: [DONE]\n\n")),
    ("nothing", sends()),
    ("only the end", sends(b"data: [DONE]\n\n")),
    ("reset", reset),
    ("empty text", says("")),
    ("blanks", says("\n\n 。。\n")),
    ("silence", silent()),
    ("an open line", endless()),
    ("slow start", endless("", pause=0.3)),
]


@pytest.mark.parametrize("behaviour", [b for _, b in BROKEN], ids=[name for name, _ in BROKEN])
def test_whatever_fails_the_composed_answer_comes_in_time(
    talking: Assistant, server: Server, composed: Answer, behaviour: Behaviour
) -> None:
    started = time.monotonic()
    answer, streamed = ask(talking, server, behaviour)
    assert elapsed(started) < LIMIT + SLOW
    assert answer.answer == composed.answer == streamed
    assert answer.citations == composed.citations
    assert answer.model is None


def test_a_failure_is_told_and_says_nothing_of_the_inside(talking: Assistant, server: Server) -> None:
    answer, _ = ask(talking, server, fails(500))
    assert any("语言模型这次没有正常回答" in note for note in answer.notes)
    assert not re.search(r"127\.0\.0\.1|secret|Error|Traceback|test-model", answer.model_dump_json())


@pytest.mark.parametrize("text", ["一二三四五六七八九十", GOOD + "\n", "灯"])
def test_an_endless_stream_is_cut(talking: Assistant, server: Server, text: str) -> None:
    started = time.monotonic()
    answer, streamed = ask(talking, server, endless(text))
    assert elapsed(started) < LIMIT + SLOW
    assert streamed == answer.answer
    assert len(answer.answer) < 3000


def test_a_stream_that_stops_half_way_keeps_what_was_shown(talking: Assistant, server: Server) -> None:
    def half(handler: object) -> None:
        handler.start()  # type: ignore[attr-defined]
        handler.say(GOOD + "\n")  # type: ignore[attr-defined]
        handler.wait(60)  # type: ignore[attr-defined]

    answer, streamed = ask(talking, server, half)
    assert answer.answer.startswith("专精特新和小巨人企业每年5月31日前")
    assert streamed == answer.answer
    assert answer.model == "test-model"
    assert any("没有答完" in note for note in answer.notes)


def test_an_endpoint_that_is_not_there(
    talking: Assistant, server: Server, composed: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    talking.house.model = ChatModel(Settings(f"http://127.0.0.1:{free_port()}/v1", "away", limit=LIMIT))
    started = time.monotonic()
    answer, _ = ask(talking, server, says(GOOD))
    assert elapsed(started) < LIMIT + SLOW
    assert answer.answer == composed.answer
    assert server.requests == []


def test_the_threads_of_cut_calls_end(talking: Assistant, server: Server) -> None:
    import threading

    ask(talking, server, endless())
    for _ in range(50):
        if not any(t.name == "model-call" for t in threading.enumerate()):
            return
        time.sleep(0.1)
    pytest.fail("a call that was given up is still being read")


def test_a_question_that_is_not_answered_asks_no_model(talking: Assistant, server: Server) -> None:
    server.behaviour = says("松江区给50万元。〔c1〕")
    answer = talking.ask("松江区新评上专精特新的企业一次性补多少？")
    assert answer.status == "not_found"
    assert "50万" not in answer.answer
    assert server.requests == []


def test_a_verdict_asks_no_model(talking: Assistant, server: Server) -> None:
    server.behaviour = says("您符合条件，可以申报。〔c1〕")
    answer = talking.ask("去年营收1480万，没拿过投资，别的都达标，专精特新能报不？")
    assert answer.verdict is not None
    assert answer.verdict.outcome == "not_eligible"
    assert server.requests == []


def test_model_sentences_pass_the_final_check_too(talking: Assistant, server: Server) -> None:
    """The streamed answer is grounded once more as a whole, and nothing streamed is taken back."""
    answer, streamed = ask(talking, server, says(GOOD))
    evidence: dict[str, Evidence] = {}
    for cited in answer.citations:
        found = talking.house.library.evidence(cited.ref, date.fromisoformat(answer.as_of))
        assert found
        evidence[cited.ref] = found
    assert render(Draft(), evidence) == ("", [])
    for line in re.split(r"\n+", streamed):
        text = re.sub(r"\[\d+\]|^- |\*", "", line)
        if text.endswith("。"):
            assert faults(text, list(evidence.values()), talking.house.library) == []


@pytest.mark.parametrize(
    ("base", "name", "limit", "expected"),
    [
        ("", "", "", None),
        ("http://x/v1", "", "", None),
        ("", "m", "", None),
        ("http://x/v1", "m", "7", 7.0),
        ("http://x/v1", "m", "soon", 20.0),
        ("http://x/v1", "m", "-1", 20.0),
        ("http://x/v1", "m", "nan", 20.0),
        ("http://x/v1", "m", "inf", 20.0),
    ],
)
def test_configuration(
    monkeypatch: pytest.MonkeyPatch, base: str, name: str, limit: str, expected: float | None
) -> None:
    for key, value in (("BASE_URL", base), ("MODEL", name), ("TIMEOUT", limit)):
        monkeypatch.setenv(f"TIAOLI_LLM_{key}", value) if value else monkeypatch.delenv(
            f"TIAOLI_LLM_{key}", raising=False
        )
    model = configured_model()
    assert (model and model.settings.limit) == expected
