"""Say what came of a criterion: the values and where they come from, the threshold, the margin, what is missing."""

from __future__ import annotations

from fractions import Fraction

from assistant.answer import CriterionResult
from assistant.criteria.ask import open_leaves
from assistant.criteria.derive import Table
from assistant.criteria.exact import NO, UNKNOWN, YES, Trace
from assistant.criteria.judge import Judged
from assistant.criteria.operands import Known
from assistant.criteria.words import difference, name_of, say, say_points, score_margin
from assistant.criteria.words import threshold as compared
from corpus.criteria_models import Criterion, Standard
from corpus.criteria_tree import (
    All,
    AnyOf,
    ChoiceAtLeast,
    ChoiceIn,
    Compare,
    Flag,
    NotExamined,
    Part,
    Reading,
    Score,
    ScoreItem,
    Term,
    terms,
)
from corpus.facts_models import Dictionary
from corpus.load import documents_with_text
from corpus.size_models import SizeStandard

CONFIDENCE = {"M": "这一条的门槛来自转引，待核对原文。", "L": "这一条的门槛没有可靠出处，待核对原文。"}
POINTS = "得分·"
"""Before the label of a score item, among the values of a criterion."""
QUOTE = 40
TINY = Fraction(1, 10**12)  # a root that is no fraction is known this closely
BLOCKED = {
    "uncertain": "您说还不清楚：{names}，查到以后才能判断。",
    "conflict": "{names}前后对不上，核对清楚以后才能判断。",
    "straddles": "{names}说的是个大概的数，正好跨着门槛，要准确的数才能判断。",
    "hinted": "{names}要单独说清楚，“其他都达标”不能带过。",
    "excluded": "{names}您说还没有定，这里没有算进“其他都达标”。",
    "estimate": "{names}是按比例估算的，年份也没有说明，要有实际金额才能判断。",
    "impossible": "{names}的数写得不对，改好以后才能判断。",
}


def explain(judged: Judged, standard: Standard | SizeStandard, table: Table, rest_words: str | None) -> CriterionResult:
    """The criterion's row of the verdict. ``rest_words``: what the asker said instead of "everything else is met"."""
    criterion, dictionary = judged.criterion, table.dictionary
    open_keys = [key for leaf, _ in open_leaves(judged) for key in _keys(leaf)]
    return CriterionResult(
        id=criterion.id,
        clause=criterion.clause,
        label=criterion.label,
        outcome=judged.outcome,
        values={**_values(judged, table), **_points(judged)},
        threshold=_threshold(judged, dictionary),
        margin=_margin(judged, dictionary),
        missing=list(dict.fromkeys(name_of(key, dictionary) for key in open_keys)),
        note="".join(_notes(judged, table, rest_words)),
        citation=_citation(criterion, standard),
    )


def _citation(criterion: Criterion, standard: Standard | SizeStandard) -> str:
    """The clause behind the criterion; empty where the corpus does not hold the document, so that no link leads nowhere."""
    document = criterion.document or standard.document
    return f"{document}#{criterion.eid}" if document in documents_with_text() else ""


def _keys(leaf: Trace) -> list[str]:
    return [*sorted(leaf.unsaid), *(key for key, _ in leaf.blocked)]


def _values(judged: Judged, table: Table) -> dict[str, str]:
    found: dict[str, str] = {}
    for leaf in judged.leaves:
        for term in terms(leaf.node):
            known = table.get(term.key)
            limit = leaf.node.right.value if isinstance(leaf.node, Compare) else None
            if known is not None:
                entry = table.dictionary[term.fact]
                words = say(known.value, entry, limit) + _origin(term, known, table)
                found[name_of(term.key, table.dictionary)] = words
            elif table.blocked.get(term.key) == "uncertain":
                found[name_of(term.key, table.dictionary)] = "还不清楚"
    return found


def _score_items(judged: Judged) -> list[tuple[Trace, ScoreItem]]:
    """The score items that the test looked at, each once."""
    found = {
        item.node.id: (item, item.node)
        for test in judged.test.tests()
        for item in test.children
        if isinstance(item.node, ScoreItem)
    }
    return list(found.values())


def _points(judged: Judged) -> dict[str, str]:
    """Every score item with its points: 得分·研发强度 15分（满分20分）; none where another way in made the score idle."""
    scores = [test for test in judged.test.tests() if isinstance(test.node, Compare) and test.children]
    if judged.value == YES and any(test.value != YES and not test.covered for test in scores):
        return {}
    return {
        f"{POINTS}{item.label}": f"{say_points(trace.points)}（满分{item.max.text}）"
        for trace, item in _score_items(judged)
    }


def _origin(term: Term, known: Known, table: Table) -> str:
    if known.assumed:
        return "（您没有提到，先这样处理）"
    said = table.said.get(term.key)
    if "either" in known.marks and said is not None:
        return f"（您说的是{_said(term.key, table)}，与别的数对不上，两种可能都考虑）"
    if said is not None and (not known.how or known.used == (term.key,)):
        source = said.source.strip()
        if not source or source == _said(term.key, table):
            return ""
        return f"（原话“{source if len(source) <= QUOTE else source[:QUOTE] + '…'}”）"
    parts = [f"{name_of(k, table.dictionary)}：{_said(k, table)}" for k in known.used if k != term.key]
    if not parts:
        return ""
    by = "推断" if known.value.lo is None and known.value.hi is None else "算出"
    return f"（由{'、'.join(parts)}{by}{'，您说的是' + _said(term.key, table) if term.key in known.used else ''}）"


def _said(key: str, table: Table) -> str:
    return say(table.said[key], table.dictionary.of_key(key))


def _threshold(judged: Judged, dictionary: Dictionary) -> str:
    words = judged.criterion.words or describe(judged.test.node, dictionary)
    if judged.exemption is not None:
        node = judged.exemption.node
        words += f"；以下情形不考察：{describe(node, dictionary, inside=isinstance(node, All))}"
    return words


def describe(node: Part, dictionary: Dictionary, *, inside: bool = False) -> str:
    """A bound node in words."""
    match node:
        case All(of=of):
            parts = [w for part in of if (w := describe(part, dictionary, inside=True))]
            words = ("且" if inside else "；").join(parts)
            return f"（{words}）" if inside and len(of) > 1 else words
        case AnyOf(of=of):
            shown = [w for part in of if (w := describe(part, dictionary, inside=True))]
            words = "，或".join(shown)
            return f"（{words}）" if inside and len(shown) > 1 else words
        case Reading(of=one):
            return describe(one, dictionary, inside=inside)
        case NotExamined(why=why):
            return why
        case Compare():
            return compared(node, dictionary)
        case Flag(term=term, holds=holds):
            label = dictionary[term.fact].label
            return label if holds else f"没有“{label}”"
        case ChoiceAtLeast(term=term, level=level, holds=holds):
            entry = dictionary[term.fact]
            name = entry.choice_labels.get(level, level)
            return f"{entry.label}在{name}以上" if holds else f"{entry.label}不到{name}"
        case ChoiceIn(term=term, choices=choices, holds=holds):
            entry = dictionary[term.fact]
            names = "、".join(entry.choice_labels.get(choice, choice) for choice in choices)
            return f"{entry.label}{'是' if holds else '不是'}{names}"
    return ""


def _margin(judged: Judged, dictionary: Dictionary) -> str:
    failing: list[str] = []
    passing: list[str] = []
    for leaf in judged.test.tests():
        node, known = leaf.node, leaf.known
        if isinstance(node, Compare) and isinstance(node.left, Score) and known is not None:
            (failing if leaf.value == NO else passing).append(score_margin(node, known.range))
            continue
        if not isinstance(node, Compare) or not isinstance(node.left, Term) or known is None or known.assumed:
            continue
        number = known.value.lo
        if number is None or known.value.hi is None or known.value.hi - number > TINY or leaf.value == UNKNOWN:
            continue
        words = name_of(node.left.key, dictionary) + difference(number, node, dictionary[node.left.fact])
        (failing if leaf.value == NO else passing).append(words)
    return "；".join([*failing, *passing])


def _notes(judged: Judged, table: Table, rest_words: str | None) -> list[str]:
    criterion = judged.criterion
    notes = [criterion.note, *judged.remarks]
    notes += [_sentence(note) for note in judged.test.notes]
    if judged.outcome == "exempt" and judged.exemption is not None:
        notes.append("符合豁免情形，这一项不考察。")
    if judged.covered and rest_words:
        notes.append(f"没有说到的部分按您说的“{rest_words}”计入。")
    if judged.outcome == "unknown" and judged.exemption is not None and judged.test.value == NO:
        notes.append("这一项本身不够，但有没有豁免情形还不清楚。")
    if judged.outcome == "unknown":
        notes += _blocked(judged, table)
    notes += _on_the_line(judged, table)
    notes += [note for _, item in _score_items(judged) for note in (item.note, CONFIDENCE.get(item.confidence, ""))]
    notes.append(CONFIDENCE.get(criterion.confidence, ""))
    return [note for note in dict.fromkeys(notes) if note]


def _sentence(note: str) -> str:
    return note if note.endswith("。") else note + "。"


def _blocked(judged: Judged, table: Table) -> list[str]:
    reasons: dict[str, list[str]] = {}
    for leaf, _ in open_leaves(judged):
        for key, reason in leaf.blocked:
            reasons.setdefault(reason, []).append(name_of(key, table.dictionary))
    return [BLOCKED[r].format(names="、".join(dict.fromkeys(names))) for r, names in reasons.items() if r in BLOCKED]


def _on_the_line(judged: Judged, table: Table) -> list[str]:
    """A ratio said in round figures that equals its threshold: rounding may hide that it falls short."""
    names = [
        name_of(leaf.node.left.key, table.dictionary)
        for leaf in judged.test.tests()
        if isinstance(leaf.node, Compare) and isinstance(leaf.node.left, Term) and leaf.value == YES
        and leaf.node.right.kind == "ratio" and leaf.known is not None and not leaf.known.how
        and leaf.known.value.is_exact and leaf.known.value.lo == leaf.node.right.value
    ]  # fmt: skip
    if not names:
        return []
    return [f"{'、'.join(names)}正好在线上，申报前请按金额再算一遍，四舍五入可能掩盖差额。"]
