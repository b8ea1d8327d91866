"""Calls are kept: begun once, saved by version, told at the same time, listed with names masked, summarised."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from assistant.desk.call_models import Call, Draft, Promise, Shown
from assistant.desk.caller import Told, hear, put, verdict_of
from assistant.desk.calls import CallConflict, Calls
from assistant.desk.masking import company_masked, name_masked
from assistant.desk.summary import summary
from assistant.store import Store, new_id

TODAY = date(2026, 11, 21)
ANNA, BERT = "anna", "bert"


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calls]:
    store = Store(f"sqlite:///{Path(tmp_path_factory.mktemp('calls'))}/calls.db")
    yield Calls(store)
    store.close()


def begun(calls: Calls, draft: Draft | None = None, who: str = ANNA) -> Call:
    return calls.save(new_id(), draft or Draft(), version=0, specialist=who)


def test_beginning_twice_is_beginning_once(calls: Calls) -> None:
    draft, call = Draft(company="上海明德传感器有限公司"), new_id()
    assert calls.save(call, draft, version=0, specialist=ANNA) == calls.save(call, draft, version=0, specialist=ANNA)


def test_two_pages_never_overwrite_each_other_unseen(calls: Calls) -> None:
    call = begun(calls)
    one = calls.save(call.id, Draft(notes="甲"), version=call.version, specialist=ANNA)
    with pytest.raises(CallConflict) as refused:
        calls.save(call.id, Draft(notes="乙"), version=call.version, specialist=ANNA)
    assert refused.value.call.draft.notes == "甲"
    assert calls.save(call.id, Draft(notes="甲"), version=call.version, specialist=ANNA) == one  # sent again
    kept = calls.save(call.id, Draft(notes="乙"), version=one.version, specialist=ANNA)
    assert kept.version == one.version + 1


def test_many_saves_at_once_let_one_through(calls: Calls) -> None:
    call = begun(calls)

    def save(n: int) -> bool:
        try:
            calls.save(call.id, Draft(notes=f"第{n}份"), version=call.version, specialist=ANNA)
        except CallConflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(save, range(8))) == 1


def test_facts_told_at_once_are_all_kept(calls: Calls) -> None:
    call = begun(calls)
    facts = {"revenue@2025": "4800万元", "staff@2025": "90人", "debt_ratio@2025": "40%", "class_1_ip": "2"}

    def tell(fact: str) -> None:
        calls.tell(call.id, lambda c: put(c.told, fact, facts[fact], as_of=TODAY)[0], specialist=ANNA)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(tell, facts))
    assert set(calls.read(call.id).told.facts) == set(facts)


def test_only_who_took_the_call_writes(calls: Calls) -> None:
    call = begun(calls)
    for attempt in (
        lambda: calls.save(call.id, Draft(notes="x"), version=1, specialist=BERT),
        lambda: calls.tell(call.id, lambda c: Told(), specialist=BERT),
        lambda: calls.finish(call.id, specialist=BERT),
        lambda: calls.forget(call.id, specialist=BERT),
        lambda: calls.save("nowhere-at-all", Draft(), version=3, specialist=ANNA),
    ):
        with pytest.raises(KeyError):
            attempt()


def test_promises_keep_their_order_and_are_found(calls: Calls) -> None:
    draft = Draft(
        caller="王小明", company="苏州河边精密机械股份有限公司", notes="关心\x00复核",
        promises=[Promise(text="发清单", due=date(2026, 11, 25)), Promise(text="回电", due=date(2026, 11, 23), done=True)],
    )  # fmt: skip
    call = begun(calls, draft, who="carl")
    assert [p.text for p in calls.read(call.id).draft.promises] == ["发清单", "回电"]
    calls.finish(call.id, specialist="carl")
    listed = calls.listed(specialist="carl", words="河边 复核", open_only=True)
    assert [one.id for one in listed] == [call.id]
    assert listed[0].caller == "王＊＊"
    assert listed[0].company == "苏州河边＊＊股份有限公司"
    assert (listed[0].owed, listed[0].next_due) == (1, date(2026, 11, 25))
    assert calls.listed(specialist="carl", words="100%") == []
    ended = calls.read(call.id).finished
    assert calls.finish(call.id, specialist="carl").finished == ended
    calls.forget(call.id, specialist="carl")
    assert calls.listed(specialist="carl") == []


def test_the_record_says_it_all(calls: Calls) -> None:
    draft = Draft(
        company="上海明德传感器有限公司", caller="王小明", title="专精特新", notes="下周再来电",
        shown=[Shown(ref="cn/miit/2026/2#art_16", source="《办法》第十六条", read="有效期3年。")],
        promises=[Promise(text="发材料清单", due=date(2026, 11, 25))],
    )  # fmt: skip
    call = begun(calls, draft)
    told, _ = hear(Told(), "去年营收4800万", as_of=TODAY, place="上海市", title="专精特新", track=None, asked=[])
    call = calls.tell(call.id, lambda _: told, specialist=ANNA)
    verdict = verdict_of(call.told, title="专精特新", track=None, as_of=TODAY, place="上海市")
    record = summary(call, verdict, today=TODAY)
    assert [p.heading for p in record.parts] == [
        "来电",
        "企业情况",
        "预检",
        "告知的条款",
        "答应的事",
        "还要问的",
        "记录",
    ]
    for words in (
        "上海明德传感器有限公司，王小明",
        "2025年营业收入：4800万元",
        "还不能判断",
        "第十六条——有效期3年",
        "发材料清单（2026年11月25日前）",
        "请问",
    ):
        assert words in record.text


def test_masks() -> None:
    assert (name_masked("李经理"), name_masked("欧阳娜娜"), name_masked("")) == ("李经理", "欧＊＊", "")
    assert company_masked("华为") == "华＊＊"
    assert company_masked("") == ""
