"""Two runs side by side: which questions got better or worse, and whether the difference is more than chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import BaseModel, ValidationError

from eval.intervals import Mean
from eval.metrics import Judgement
from eval.questions_model import QuestionsError
from eval.ranks import ndcg, recall_at, reciprocal
from eval.report import Report, mean

SIGNIFICANT = 0.05
RESAMPLES = 9999
SEED = 20261121


class Change(BaseModel):
    """A measure over the questions that both runs asked. ``p`` is the chance of a difference as large without any
    true one: McNemar's exact test for right and wrong, a paired permutation test for means."""

    name: str
    questions: int
    old: float
    new: float
    difference: Mean
    p: float


class Comparison(BaseModel):
    """What differs. ``only_old`` and ``only_new`` are questions that the other run did not ask; ``fell`` are gates that
    were passed before and are not now."""

    better: list[str]
    worse: list[str]
    reasons: dict[str, list[str]]
    only_old: list[str]
    only_new: list[str]
    changes: list[Change]
    fell: list[str]
    bound: float
    worse_than_allowed: bool


def load_report(path: Path) -> Report:
    """A ``report.json``. Raises QuestionsError for a file that is none."""
    try:
        return Report.model_validate_json(path.read_bytes())
    except OSError as error:
        raise QuestionsError(f"读不了 {path}：{error.strerror}。请检查路径。") from error
    except ValidationError as error:
        raise QuestionsError(f"{path.name} 不是评测的 report.json，或出自太旧的版本。请重新跑一次评测。") from error


def compare(old: Report, new: Report, bound: float) -> Comparison:
    """Compare by question id. It is worse than allowed when the share of right answers falls by more than ``bound`` (a
    share), or a gate falls."""
    before, after = ({j.id: j for j in report.questions} for report in (old, new))
    both = [(before[number], after[number]) for number in before if number in after]
    worse = [o.id for o, n in both if o.passed and not n.passed]
    passed = _shares("全对", both, lambda j: j.passed)
    found = [(o, n) for o, n in both if o.ranks and len(o.ranks) == len(n.ranks)]
    retrieval: list[tuple[str, Callable[[Judgement], float]]] = [
        ("召回@10", lambda j: recall_at(j.ranks, 10)),
        ("MRR@10", lambda j: reciprocal(j.ranks)),
        ("nDCG@10", lambda j: ndcg(j.ranks)),
    ]
    held = {gate.id for gate in old.gates if gate.passed}
    fell = [gate.name for gate in new.gates if gate.id in held and gate.passed is False]
    lost = (passed.old - passed.new) if both else 0.0
    return Comparison(
        better=[o.id for o, n in both if n.passed and not o.passed],
        worse=worse,
        reasons={number: after[number].wrong for number in worse},
        only_old=[number for number in before if number not in after],
        only_new=[number for number in after if number not in before],
        changes=[passed, *(_means(name, found, value) for name, value in retrieval)],
        fell=fell,
        bound=bound,
        worse_than_allowed=bool(fell) or lost > bound,
    )


Pairs = Sequence[tuple[Judgement, Judgement]]


def _shares(name: str, pairs: Pairs, right: Callable[[Judgement], bool]) -> Change:
    """McNemar: of the questions that changed, how unlikely the split is if either way were as likely."""
    from scipy.stats import binomtest

    gained = sum(right(n) and not right(o) for o, n in pairs)
    lost = sum(right(o) and not right(n) for o, n in pairs)
    p = float(binomtest(gained, gained + lost, 0.5).pvalue) if gained + lost else 1.0
    return _change(name, pairs, lambda j: float(right(j)), p)


def _means(name: str, pairs: Pairs, value: Callable[[Judgement], float]) -> Change:
    """The signs of the differences are drawn anew (9999 times, fixed seed)."""
    import numpy as np

    differences = np.array([value(n) - value(o) for o, n in pairs])
    moved = differences[differences != 0]
    if not len(moved):
        return _change(name, pairs, value, 1.0)
    signs = np.random.default_rng(SEED).choice((-1, 1), (RESAMPLES, len(moved)))
    as_large = np.abs(signs @ moved) >= abs(moved.sum()) - 1e-12
    return _change(name, pairs, value, float((as_large.sum() + 1) / (RESAMPLES + 1)))


def _change(name: str, pairs: Pairs, value: Callable[[Judgement], float], p: float) -> Change:
    old, new = (Mean.over([value(pair[side]) for pair in pairs]).value or 0.0 for side in (0, 1))
    difference = Mean.over([value(n) - value(o) for o, n in pairs])
    return Change(name=name, questions=len(pairs), old=old, new=new, difference=difference, p=p)


def as_text(found: Comparison) -> str:
    """The comparison in Chinese Markdown."""
    lines = ["| 指标 | 题数 | 以前 | 现在 | 差（95% 区间） | p |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    for c in found.changes:
        mark = "，显著" if c.p < SIGNIFICANT else ""
        lines.append(
            f"| {c.name} | {c.questions} | {c.old:.3f} | {c.new:.3f} | {mean(c.difference)} | {c.p:.3f}{mark} |"
        )
    lines += ["", f"好了 {len(found.better)} 题：{'、'.join(found.better) or '无'}"]
    lines += [f"差了 {len(found.worse)} 题：{'、'.join(found.worse) or '无'}"]
    lines += [f"- {number}：{'；'.join(why) or '没有记下原因'}" for number, why in found.reasons.items()]
    if found.only_old or found.only_new:
        lines.append(f"只有以前问过 {len(found.only_old)} 题，只有现在问过 {len(found.only_new)} 题，都不比。")
    lines += [f"门槛以前过、现在没过：{name}" for name in found.fell]
    lines.append("退步超出允许的范围。" if found.worse_than_allowed else f"没有超出允许的退步（{found.bound:.1%}）。")
    return "\n".join(lines)
