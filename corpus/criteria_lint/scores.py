"""Score tables: points that fall from band to band, maxima that are reached and add up, items that count somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from corpus.criteria_lint.finding import Finding
from corpus.criteria_lint.read import Draft
from corpus.criteria_tree import Compare, Score, ScoreItem, leaves

WHOLE = Fraction(100)


def check_scores(draft: Draft) -> Iterator[Finding]:
    """What is wrong with the table itself; which bands can hold is looked at where intervals are known."""
    standard = draft.standard
    if not standard.scores:
        return
    yield from _names(draft)
    for item in standard.scores:
        yield from _points(draft, item)
    total = sum((item.max.value for item in standard.scores), Fraction(0))
    if total != WHOLE:
        yield draft.finding(
            "scores", f"各项满分加起来是{float(total):g}分，不是100分", "核对每一项的 max，或补上漏掉的项"
        )
    trees = [tree for c in standard.criteria for tree in (c.test, c.exempt_if) if tree is not None]
    compared = [leaf for tree in trees for leaf in leaves(tree) if isinstance(leaf, Compare)]
    counted = {item.id for leaf in compared if isinstance(leaf.left, Score) for item in leaf.left.items}
    for item in standard.scores:
        if item.id not in counted:
            yield draft.finding(item.id, "这一项得分没有一个条件用到", "在 criteria 里写上 total 或它的组，或删去")
    for leaf in compared:
        if isinstance(leaf.left, Score):
            most = sum((item.max.value for item in leaf.left.items), Fraction(0))
            if leaf.right.value > most:
                wrong = f"{leaf.left.label}要到 {leaf.right.text}，可满分只有{float(most):g}分"
                yield draft.finding("scores", wrong, "核对门槛和各项满分")


def _names(draft: Draft) -> Iterator[Finding]:
    standard = draft.standard
    ids = [item.id for item in standard.scores]
    groups = {item.group for item in standard.scores if item.group}
    for twice in {i for i in ids if ids.count(i) > 1}:
        yield draft.finding(twice, "评分项编号用了两次", "改成不同的编号")
    for clash in sorted({*groups, "total"} & set(ids)):
        yield draft.finding(clash, "评分项和组（或 total）同名，分不清说的是哪一个", "改掉其中一个名字")
    for group in sorted(groups - standard.score_labels.keys()):
        yield draft.finding(group, "这一组没有中文名", "在 score_labels 里补上")
    for label in sorted(standard.score_labels.keys() - groups - set(ids) - {"total"}):
        yield draft.finding(label, "score_labels 里的名字没有一项属于它", "改正名字或删去")


def _points(draft: Draft, item: ScoreItem) -> Iterator[Finding]:
    if bool(item.bands) == bool(item.per):
        yield draft.finding(item.id, "要么写 bands（分档），要么写 per（逐项计分）", "只留一种")
        return
    if item.per:
        together = item.per.points.value * len(item.per.of)
        if together < item.max.value:
            wrong = f"每项{item.per.points.text}、共{len(item.per.of)}项，到不了满分 {item.max.text}"
            yield draft.finding(item.id, wrong, "核对 max 和每项的分")
        return
    for upper, lower in pairwise((*(band.points for band in item.bands), item.otherwise)):
        if lower.value >= upper.value:
            yield draft.finding(item.id, f"{upper.text} 的下一档是 {lower.text}，没有变低", "档次从高到低写")
    best = item.bands[0].points
    if best.value != item.max.value:
        yield draft.finding(item.id, f"最高一档是 {best.text}，满分却写 {item.max.text}", "改成一样")
