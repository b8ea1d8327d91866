"""A specialist's answer before it is sent: its clauses looked up, its sentences held against them.

A person signs it, so nothing is removed: what does not stand up is a warning, which is kept with the answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation
from assistant.desk.ticket_models import Warned
from assistant.desk.turns import SPECIALIST, desk_answer
from assistant.policy.evidence import Evidence, citation
from assistant.policy.ground import faults

if TYPE_CHECKING:
    from assistant.house import House

SENTENCES = re.compile(r"[^。！？\n]+[。！？]?")
COURTESY = re.compile(r"您好|你好|感谢|谢谢|欢迎|再联系|随时|祝")
NUMBER = re.compile(r"^数字“(?P<figure>.+)”不在所引条款里$")
UNCITED = "没有引用条款，企业看不到依据。"


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, without list marks and empty ones."""
    found = [s.strip().lstrip("-*•· ").strip() for s in SENTENCES.findall(text)]
    return [s for s in found if re.search(r"\w", s)]


def clauses_cited(house: House, refs: Sequence[str], day: date) -> tuple[list[Evidence], list[Warned]]:
    """The clauses behind ``document#eId`` on a day, and what is wrong with the references."""
    found: list[Evidence] = []
    warnings: list[Warned] = []
    for ref in dict.fromkeys(refs):
        evidence = house.library.evidence(ref, day)
        if evidence is None:
            warnings.append(Warned(why=f"没有 {ref} 这一条，没有列为依据。"))
            continue
        found.append(evidence)
        if evidence.validity.state != "in_force":
            name = f"{evidence.document.short_title}{evidence.clause.label}"
            note = f"（{evidence.validity.note}）" if evidence.validity.note else ""
            warnings.append(Warned(why=f"{name}{evidence.validity.label}{note}。"))
    return found, warnings


def remarks(house: House, text: str, evidence: Sequence[Evidence]) -> list[Warned]:
    """What of a text its clauses do not bear out, sentence by sentence."""
    if not evidence:
        return [Warned(why=UNCITED)]
    found = []
    for sentence in sentences_of(text):
        if COURTESY.search(sentence) and not re.search(r"\d", sentence):
            continue
        found += [Warned(sentence=sentence, why=_in_words(why)) for why in faults(sentence, evidence, house.library)]
    return found


def _in_words(why: str) -> str:
    figure = NUMBER.match(why)
    return f"这句话里的数字“{figure['figure']}”在所引条款里找不到。" if figure else f"{why}。"


def prepared(
    house: House, thread: str, place: str, day: date, text: str, refs: Sequence[str], name: str
) -> tuple[Answer, list[str], list[Warned]]:
    """The answer as the owner will see it, the clauses that it cites, and the warnings."""
    evidence, warnings = clauses_cited(house, refs, day)
    warnings += remarks(house, text, evidence)
    citations: list[Citation] = [citation(n, e) for n, e in enumerate(evidence, 1)]
    marks = "".join(f"[{c.n}]" for c in citations)
    shown = f"{text}\n\n依据：{marks}" if marks else text
    answer = desk_answer(SPECIALIST, thread, place, day, shown, citations, f"服务专员{name}答复。")
    return answer, [e.ref for e in evidence], warnings
