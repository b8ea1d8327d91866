"""May a model's sentence be shown? Beyond grounding: what a composed sentence never holds and a model's may.

Markup is taken out; links, foreign words and letters, private numbers, verdicts, the model's own instructions and secrets
cost the sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from assistant.policy.contexts import displaced
from assistant.policy.evidence import Evidence, Library, folded
from assistant.policy.ground import faults
from corpus.quantities import fold

OTHER_TOKEN = re.compile(r"〔(?!\d{4}〕)[^〔〕]{0,12}〕|\[\d+\]|【\d+[^【】]{0,10}】")
LIST_MARK = re.compile(r"^(?:[-•·–—+、]\s*|\d{1,2}(?:[.．、)）](?!\d))\s*|[（(]\d{1,2}[)）]\s*)+")
MARKUP = re.compile(r"<[^<>]{0,200}>|!?\[([^\[\]]{0,200})\]\([^()]{0,500}\)|[*_`#>|]+")
BARE_END = re.compile(r"[\w）”》%]$")
SHORTEST, LONGEST = 4, 240
"""Characters of one sentence; the longest in the composed answers has about 150."""
WORD = re.compile(r"[a-z]{2,}")
SEPARATORS = re.compile(r"(?<=[\d〇零一二三四五六七八九])[\s\-()·.、]+(?=[\d〇零一二三四五六七八九])")
NUMBER = re.compile(r"\d{7,}|[〇零一二三四五六七八九]{5,}")
ORDINARY = re.compile(
    r"[\u3400-\u9fffA-Za-z0-9\s，。、；：？！（）《》〈〉“”‘’〔〕【】「」·—…～％,.;:?!()\"'%~+\-/×÷=≥≤﹪℃㎡²¥￥]"
)
RUN = 9
"""Characters in a row that a sentence may share with the instructions by chance; clauses are not counted."""
SHARE = 0.6
"""Share of a sentence's runs of four characters that may stand in the instructions."""
VERDICT = re.compile(
    r"(?:(?<!如果)(?<!若)(?:该|这家|贵|咱们?|我们|你们|您们)(?:公司|企业|单位|司|厂)?|结论|预检结果)[^，。；！？若如是否]{0,12}"
    r"(?:符合(?!下列|以下)|达标|够条件|够格|有资格|没资格|可以申报|能申报|能报|能通过|会通过|获批|不合格|合格)"
    r"|(?:^|[，：:])(?:完全|已经?|肯定|一定|显然|应该|确实|基本|都)(?:是)?(?:符合|满足|达标|够格|够条件|可以申报|能报|能通过|没问题)"
)


def cleaned(text: str) -> str:
    """A model's sentence without markup, list marks and marks of its own."""
    text = MARKUP.sub(lambda m: m[1] or "", text)
    text = LIST_MARK.sub("", OTHER_TOKEN.sub("", text).strip()).strip()
    return text + "。" if BARE_END.search(text) else text


def unfit(
    text: str,
    evidence: Sequence[Evidence],
    library: Library,
    *,
    question: str,
    instructions: str,
    secrets: Sequence[str],
) -> list[str]:
    """Why a cleaned sentence may not be shown, in words for the trace; empty when it may."""
    if not evidence:
        return ["没有标出手头的条款"]
    if not SHORTEST <= len(text) <= LONGEST:
        return ["太短或太长"]
    if any(secret in text for secret in secrets if secret):
        return ["含有密钥"]
    sources = "\n".join(e.text for e in evidence)
    found = [*_strange(text, sources), *_foreign(text, sources), *_private(text, sources)]
    if repeats(text, instructions, sources + question):
        found.append("复述了给模型的要求")
    if VERDICT.search(text):
        found.append("判断企业是否符合，不归语言模型")
    return found or [*faults(text, evidence, library, by_model=True), *displaced(text, evidence)]


def _strange(text: str, sources: str) -> list[str]:
    """Letters of other scripts, signs, invisible and broken characters that no source has."""
    odd = {ch for ch in unicodedata.normalize("NFC", text) if not ORDINARY.match(ch) and ch not in sources}
    return ["有不该有的字符"] if odd else []


def _foreign(text: str, sources: str) -> list[str]:
    """Words in Latin letters (links, addresses, code and keys among them) that no source has."""
    known = set(WORD.findall(fold(sources).lower()))
    return [f"“{word}”不在所引条款里" for word in WORD.findall(fold(text).lower()) if word not in known]


def _private(text: str, sources: str) -> list[str]:
    """Rows of figures as long as a telephone number, in either script, that no source has."""
    known = SEPARATORS.sub("", fold(sources))
    rows = NUMBER.findall(SEPARATORS.sub("", fold(text)))
    return ["有私人号码"] if any(row not in known for row in rows) else []


def repeats(text: str, instructions: str, sources: str) -> bool:
    """Whether a sentence repeats the instructions: a long run of them, or most of its short runs, that are in no
    source."""
    said, told, known = (re.sub(r"\W+", "", folded(t)) for t in (text, instructions, sources))
    if any(run in told and run not in known for run in _runs(said, RUN)):
        return True
    short = [run for run in _runs(said, 4) if run not in known]
    return len(short) >= 4 and sum(run in told for run in short) >= SHARE * len(short)


def _runs(text: str, length: int) -> list[str]:
    return [text[i : i + length] for i in range(len(text) - length + 1)]
