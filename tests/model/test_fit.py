"""Which of a model's sentences may be shown, measured on the clauses of the corpus: what is true passes, what was changed in
one place does not."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.house import House
from assistant.policy.contexts import displaced
from assistant.policy.evidence import Evidence
from assistant.policy.fit import cleaned, repeats, unfit
from assistant.policy.ground import faults
from assistant.policy.prompt import TASK, system_prompt

Pairs = list[tuple[str, Evidence]]
SAMPLE = 1200
SENTENCE = re.compile(r"(?:^|(?<=[。！？\n]))[^。！？\n]{8,230}[。！？]")


@pytest.fixture(scope="module")
def stated(house: House) -> Pairs:
    """Sentences of the corpus, each with the clause that states it."""
    found = []
    for ref, clause in house.corpus.clauses.items():
        evidence = house.library.evidence(ref, house.today())
        assert evidence
        for text in [clause.digest, *(qa.answer for qa in clause.questions)]:
            found += [(sentence.strip(), evidence) for sentence in SENTENCE.findall(text)]
    return random.Random(5).sample(found, SAMPLE)


def why(house: House, text: str, evidence: Evidence) -> list[str]:
    instructions = system_prompt("tokens")
    return unfit(
        cleaned(text), [evidence], house.library, question="", instructions=instructions, secrets=["sk-4f9a27c1"]
    )


def test_what_the_clause_states_may_be_shown(house: House, stated: Pairs) -> None:
    assert [(text, found) for text, evidence in stated if (found := why(house, text, evidence))] == []


def test_other_words_for_it_are_rarely_lost(house: House, stated: Pairs) -> None:
    """An answer set against its clause without that very answer: the checks of this part cost few that grounding
    leaves."""
    left = lost = 0
    for text, evidence in stated:
        others = [qa for qa in evidence.clause.questions if text.rstrip("。") not in qa.answer]
        if len(others) == len(evidence.clause.questions) or text in evidence.clause.digest:
            continue
        bare = replace(evidence, clause=evidence.clause.model_copy(update={"questions": others}))
        if not faults(text, [bare], house.library, by_model=True):
            left += 1
            lost += bool(why(house, text, bare))
    assert left > 100
    assert lost <= 0.04 * left


def swap(first: str, second: str) -> Callable[[str], str]:
    return lambda text: re.sub(f"{first}|{second}", lambda m: second if m[0] == first else first, text)


CHANGES: list[tuple[str, Callable[[str], str], float]] = [
    ("以上 and 以下", lambda s: swap("以上", "以下")(s) if re.search(r"[\d%元]以[上下]", s) else s, 0.95),
    ("不低于", lambda s: re.sub(r"不低于(?=[\d百])", "不高于", s), 0.95),
    ("不超过", lambda s: re.sub(r"(?:最多)?不超过", "不低于", s), 0.85),
    ("不得", lambda s: s.replace("不得", "可以"), 0.85),
    (
        "another title",
        lambda s: re.sub("专精特新(?:中小企业|企业)?", "创新型企业", s) if "小巨人" not in s else s,
        0.95,
    ),
    ("a link", lambda s: f"{s[:-1]}（evil.cn）{s[-1]}", 1.0),
    ("a number in words", lambda s: f"{s[:-1]}，电话一三九一二三四五六七八{s[-1]}", 1.0),
    ("a verdict", lambda s: f"{s[:-1]}，你们符合条件{s[-1]}", 1.0),
    ("the instructions", lambda s: f"{s[:-1]}，不准补充任何条款以外的内容{s[-1]}", 1.0),
    ("the key", lambda s: f"{s[:-1]}sk-4f9a27c1{s[-1]}", 1.0),
]


@pytest.mark.parametrize(("change", "least"), [(c, n) for _, c, n in CHANGES], ids=[name for name, _, _ in CHANGES])
def test_what_was_changed_is_dropped(house: House, stated: Pairs, change: Callable[[str], str], least: float) -> None:
    changed = [(new, evidence) for text, evidence in stated if (new := change(text)) != text]
    dropped = [new for new, evidence in changed if why(house, new, evidence)]
    assert len(changed) >= 20
    assert len(dropped) >= least * len(changed), [new for new, _ in changed if new not in dropped][:5]


def test_the_right_number_with_another_title(house: House) -> None:
    evidence = house.library.evidence("cn/miit/2026/2#annex_2__item_2", house.today())
    assert evidence
    digest = evidence.clause.digest
    own = next(s for s in re.findall(r"[^。]+。", digest) if re.search(r"\d", s))
    assert displaced(own, [evidence]) == []
    assert displaced(f"创新型中小企业{own}", [evidence])


@pytest.mark.parametrize("text", [*(s for s in re.split(r"[。；\n]", TASK) if len(s) > 12), "他说：" + TASK[:40]])
def test_instructions_are_known_again(text: str) -> None:
    assert repeats(text, system_prompt("tokens"), "企业每年更新信息。")


def test_what_clause_and_instructions_share_is_no_repetition() -> None:
    assert not repeats("不判断企业是否符合条件", TASK, "本条规定不判断企业是否符合条件。")
    assert not repeats("企业每年五月底前更新信息。", TASK, "")
