"""Does a sentence deny what its clauses affirm, or allow what they forbid? And does it turn a bound around?

Compared part by part (between punctuation marks): where the clauses have parts with nearly the same words, one of them
has to agree. What no part resembles is left to the other checks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.quantities import Quantity, fold
from corpus.support import figures, same
from indexing.grams import bigrams

PARTS = re.compile(r"[，。；：！？、,;:!?\n（）()]+")
# Words with a 不 or 无 in them that deny nothing; bounds are compared apart.
HARMLESS = re.compile(
    r"不(?:断|同|仅|但|少于|低于|小于|超过|高于|大于|多于|足|满|管|论|一样|过|限于|久|少|妨|只是)|[无毋]论|差不多|要不要|能不能|是不是"
    r"|算不算|有没有|可不可以|该不该|未来|无形|无线|尚未明确"
)
DENIAL = re.compile(r"[不未没勿别]|无(?!锡)|禁止|严禁|除外|以外|停止|(?<![避难])免(?!费|申)")
MODAL = re.compile(r"不(?:得|能|可以|可|准|许|予|应|必)|可以|可|能够|能|应当|应|必须|须|允许|准许|得以")
ALIKE, NEARLY = 0.75, 0.2
LEAST_WORDS = 3
FLOOR = re.compile(r"(?:不(?:得)?(?:少于|低于|小于)|至少|最低|达到|达|满|(?<![不得])(?:超过|高于|大于|多于))$")
CEILING = re.compile(
    r"(?:不(?:得|能)?(?:超过|高于|大于|多于)|最高|最多|上限为?|封顶|不足|不到|(?<![不得])(?:低于|少于|小于))$"
)
AFTER_LOWER = re.compile(r"^(?:及以上|\(含\)以上|以上|起步)")
AFTER_UPPER = re.compile(r"^(?:及以下|以下|以内|封顶)")


def turned(sentence: str, texts: Sequence[str]) -> list[str]:
    """Parts of ``sentence`` that say the opposite of its clauses, in words for the trace."""
    known = [part for text in texts for part in _parts(text)]
    found = []
    for words, denies, said in _parts(sentence):
        if len(words) < LEAST_WORDS:
            continue
        scored = [(len(words & other) / len(words), other_denies) for other, other_denies, _ in known]
        best = max((score for score, _ in scored), default=0.0)
        if best < ALIKE:
            continue
        alike = {other for score, other in scored if score >= max(ALIKE, best - NEARLY)}
        if denies not in alike:
            found.append(f"“{said}”和所引条款的肯定否定不一致")
    return found


@lru_cache(maxsize=2048)
def _parts(text: str) -> tuple[tuple[frozenset[str], bool, str], ...]:
    """Per part its terms without words of denial, whether it denies, and its text."""
    found = []
    for part in PARTS.split(fold(text)):
        plain = HARMLESS.sub("", part)
        words = bigrams(DENIAL.sub("", MODAL.sub("", part)))
        if words:
            found.append((words, bool(DENIAL.search(plain)), part))
    return tuple(found)


def bounds_turned(sentence: str, texts: Sequence[str]) -> list[str]:
    """Figures that the clauses give as a floor and the sentence as a ceiling, or the other way round."""
    stated = [(q, bound(q, text)) for text in texts for q in figures(text)]
    found = []
    for q in figures(sentence):
        own = bound(q, sentence)
        others = {b for other, b in stated if same(q, other)}
        if own and others and own not in others and "" not in others:
            found.append(f"“{q.text}”的上下限和所引条款相反")
    return found


def bound(q: Quantity, text: str) -> str:
    """``floor`` (at least), ``ceiling`` (at most) or nothing, from the words around a figure."""
    before, after = fold(text[max(0, q.start - 5) : q.start]), fold(text[q.end : q.end + 5])
    if CEILING.search(before) or AFTER_UPPER.match(after):
        return "ceiling"
    if FLOOR.search(before) or AFTER_LOWER.match(after):
        return "floor"
    return ""
