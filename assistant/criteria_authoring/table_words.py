"""A leaf of a standard in words for a reader of law: threshold, operator, period, meaning of the fact, evidence."""

from __future__ import annotations

from fractions import Fraction

from assistant.criteria.boundaries import comparisons, decided, only
from assistant.criteria.exact import NO, YES, evaluate
from assistant.criteria.intervals import Range
from assistant.criteria.tree import bind
from assistant.criteria.words import COMPARED, amount, decimal
from assistant.facts.values import Value
from corpus.criteria_tree import (
    SPANS,
    ChoiceAtLeast,
    ChoiceIn,
    Compare,
    Each,
    Flag,
    Leaf,
    Operand,
    Operator,
    Score,
    Term,
    terms,
)
from corpus.facts_models import Dictionary, FactEntry
from corpus.load import Corpus

PERIODS = {
    "NOW": "申报时", "THIS": "申报当年", "Y1": "上年度", "END": "上年度末", "Y2": "上年度的前一年", "Y3": "上年度的前两年",
    "Y4": "上年度的前三年", "L2Y": "近两年（上年度和前一年）", "L3Y": "近三年（上年度和前两年）", "YEAR": "其中每一年",
}  # fmt: skip
SIGNS: dict[Operator, str] = {"ge": "≥ 含本数", "gt": "＞ 不含本数", "le": "≤ 含本数", "lt": "＜ 不含本数"}
STEPS = {
    "money": Fraction(1), "ratio": Fraction(1, 10_000), "years": Fraction(1, 10), "points": Fraction(1, 10),
}  # fmt: skip
"""How far beside the threshold the examples are: 1元, 0.01个百分点, 0.1年, 0.1分; one piece of what is counted."""
RESULTS = {NO: "不成立", YES: "成立"}


def condition(leaf: Leaf, dictionary: Dictionary) -> str:
    """营业收入不低于5000万元; 是中小企业; 近三年科技奖的级别在省部级以上."""
    match leaf:
        case Compare(op=op, left=left, right=right):
            return f"{operand_words(left, dictionary)}{COMPARED[op]}{right.text}"
        case Flag(term=term, holds=holds):
            return f"{dictionary[term.fact].label}：{'是' if holds else '否'}"
        case ChoiceAtLeast(term=term, level=level, holds=holds):
            name = _choice(level, dictionary[term.fact])
            return (
                f"{dictionary[term.fact].label}：{name}及以上"
                if holds
                else f"{dictionary[term.fact].label}：{name}以下"
            )
        case ChoiceIn(term=term, choices=choices, holds=holds):
            names = "、".join(_choice(choice, dictionary[term.fact]) for choice in choices)
            return f"{dictionary[term.fact].label}：{names}" if holds else f"{dictionary[term.fact].label}：不是{names}"


def operand_words(operand: Operand, dictionary: Dictionary) -> str:
    """A fact by its label, a calculation as a formula, a score by its name."""
    if isinstance(operand, Term):
        return dictionary[operand.fact].label
    if isinstance(operand, Score):
        return operand.label
    parts = [operand_words(part, dictionary) + _when(part) for part in operand.of]
    joined = {"ratio": " ÷ ", "product": " × ", "difference": " − ", "sum": " ＋ "}
    if operand.op in joined:
        return f"（{joined[operand.op].join(parts)}）"
    names = {"mean": "的平均数", "growth": f"的{operand.years}年复合增长率", "compound": "合成的年均增长率"}
    return f"（{'、'.join(parts)}）{names[operand.op]}"


def _when(operand: Operand) -> str:
    return f"〔{PERIODS[operand.period]}〕" if isinstance(operand, Term) and operand.period in PERIODS else ""


def _choice(choice: str, entry: FactEntry) -> str:
    return entry.choice_labels.get(choice, choice)


def operator_words(leaf: Leaf) -> str:
    """The word of the source and what it stands for: 不低于（≥ 含本数）."""
    if not isinstance(leaf, Compare):
        return ""
    return f"{leaf.word}（{SIGNS[leaf.op]}）" if leaf.word else SIGNS[leaf.op]


def periods(leaf: Leaf) -> str:
    """The periods that a leaf looks at."""
    if isinstance(leaf, Compare) and isinstance(leaf.left, Score):
        return "见评分表"
    return "；".join(dict.fromkeys(PERIODS.get(term.period, term.period) for term in terms(leaf)))


def meaning(leaf: Leaf, dictionary: Dictionary, corpus: Corpus) -> str:
    """Every fact of a leaf: the clause that defines it and what proves it."""
    if isinstance(leaf, Compare) and isinstance(leaf.left, Score):
        return "由评分表算出"
    found = []
    facts = list(dict.fromkeys(term.fact for term in terms(leaf)))
    for fact in facts:
        entry = dictionary[fact]
        evidence = entry.evidence.format(year="该", prev="前一", first="前两")
        parts = [entry.label] if len(facts) > 1 else []
        parts += [part for part in (_defined(entry, corpus), f"证明：{evidence}" if evidence else "") if part]
        found.append("；".join(parts))
    return "。".join(found)


def _defined(entry: FactEntry, corpus: Corpus) -> str:
    if entry.definition is None:
        return ""
    clause, document = corpus.clauses.get(entry.definition), corpus.documents.get(entry.definition.partition("#")[0])
    name = (document.number or document.short_title) if document else ""
    return f"口径见{name}{clause.label if clause else ''}"


def examples(leaf: Leaf, each: Each | None, dictionary: Dictionary, round_year: int) -> str:
    """Just below, on and just above the threshold with what the checker makes of them; the answers of a question."""
    match leaf:
        case Compare(left=Score()):
            return _score_examples(leaf)
        case Compare():
            return _number_examples(leaf, each, dictionary, round_year)
        case Flag(term=term):
            values = [("是", Value.yes(True)), ("否", Value.yes(False))]
        case ChoiceAtLeast(term=term) | ChoiceIn(term=term):
            entry = dictionary[term.fact]
            values = [(_choice(choice, entry), Value.one_of(choice)) for choice in entry.choices]
    bound = bind(leaf, track="first", round_year=round_year)
    key = term.at(round_year).key
    found = []
    for words, value in values:
        result = evaluate(bound, only({key: value}, dictionary)).value
        found.append(f"{words} → {RESULTS.get(result, '待定')}")
    return "；".join(found)


def _number_examples(leaf: Compare, each: Each | None, dictionary: Dictionary, round_year: int) -> str:
    node = leaf if each is None else each.model_copy(update={"test": leaf})
    bound = comparisons(bind(node, track="first", round_year=round_year))[0]
    unit = dictionary[leaf.left.fact].unit if isinstance(leaf.left, Term) else ""
    step, limit = STEPS.get(leaf.right.kind, Fraction(1)), leaf.right.value
    found = []
    for number in (limit - step, limit, limit + step):
        words = amount(number, leaf.right.kind, unit, apart_from=limit)
        result = decided(bound, number, dictionary)
        found.append(f"{words} → {RESULTS.get(result, '待定')}")
    return "；".join(found)


def _score_examples(leaf: Compare) -> str:
    found = []
    for number in (leaf.right.value - 1, leaf.right.value, leaf.right.value + 1):
        result = Range.point(number).compare(leaf.op, leaf.right.value)
        found.append(f"{decimal(number)}分 → {RESULTS[result]}")
    return "；".join(found)


def span_years(each: Each) -> str:
    """近两年每一年都要."""
    return f"{PERIODS[each.over]}，{len(SPANS[each.over])}年每一年都要"
