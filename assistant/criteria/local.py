"""Conditions that one place adds to a standard hold only for companies there."""

from __future__ import annotations

from corpus.criteria_models import Standard
from corpus.criteria_tree import terms
from corpus.places import chain

HOME = "上海市"
"""The place that is meant where none is named."""
LEFT_OUT = "{place}自己的条件没有收录，这里只核对了全国统一的部分（{there}的地方条件没有算进来），请再问当地主管部门。"


def in_place(standard: Standard, place: str | None) -> tuple[Standard, list[str]]:
    """The standard as it holds in ``place`` (None: Shanghai), and what has to be said where local criteria fell away.

    What was only assumed for the sake of a criterion that fell away is no longer assumed.
    """
    named = place or HOME
    here = chain(named)
    kept = [criterion for criterion in standard.criteria if not criterion.place or criterion.place in here]
    if len(kept) == len(standard.criteria):
        return standard, []
    there = "、".join(dict.fromkeys(c.place for c in standard.criteria if c.place and c.place not in here))
    facts = {term.fact for criterion in kept for part in criterion.parts for term in terms(part)}
    assume = tuple(one for one in standard.assume if one.fact.fact in facts)
    note = LEFT_OUT.format(place="各地" if named == "国家" else named, there=there)
    return standard.model_copy(update={"criteria": kept, "assume": assume}), [note]
