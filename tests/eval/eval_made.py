"""Hand-made answers and questions."""

from __future__ import annotations

from typing import Any

from assistant.answer import Answer, Citation, CriterionResult, Missing, Verdict
from eval.questions_model import Gold


def cite(n: int, ref: str) -> Citation:
    document, _, eid = ref.partition("#")
    return Citation(
        n=n, document=document, number=None, title="某办法", issuer="某部", place="国家", clause=eid, eid=eid,
        text="摘要", text_kind="digest", validity="in_force",
    )  # fmt: skip


def answer(text: str = "最高50万元[1]。", refs: tuple[str, ...] = (), **more: Any) -> Answer:
    fields: dict[str, Any] = {"route": "policy", "status": "answered", "reason": "answered", "answer": text, **more}
    return Answer(citations=[cite(n, ref) for n, ref in enumerate(refs, 1)], **fields)


def gold(**more: Any) -> Gold:
    asked = {} if "turns" in more else {"ask": "能奖多少？"}
    return Gold.model_validate({"id": "tt-01", "set": "policy_test", "persona": "owner", **asked, **more})


def verdict(outcome: str, outcomes: dict[str, str], missing: tuple[Missing, ...] = (), **more: Any) -> Verdict:
    criteria = [
        CriterionResult.model_validate({"id": i, "clause": i, "label": i, "outcome": o}) for i, o in outcomes.items()
    ]
    fields: dict[str, Any] = {"title": "专精特新", "standard": "x", "track": "first", "outcome": outcome, **more}
    return Verdict(criteria=criteria, missing=list(missing), **fields)
