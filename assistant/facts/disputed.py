"""Facts on which those who know contradict each other: 老板说证还有效，会计说早过期了. Neither is taken for true."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.facts.reading import Reading
from assistant.facts.text import Clause
from assistant.facts.unknowns import no_figure
from assistant.facts.values import Statement, Value

_SAYS = re.compile(
    r"^(?:想首次报[^，。；]{0,8}|可是?|但是?|而|结果|不过)?(?P<who>[^，。；说讲\d]{1,9}?)(?:却|又|也|都|跟我|非|硬|一直|坚持|倒是?)?(?:说|讲|认为|坚称|记得|告诉我)(?!明|法|起|好)"
)
_TURNED = re.compile(
    r"没|不|未|无|早|已经?|过期|失效|取消|撤|摘|移出|解除|还(?=在|有|没)|仍|不是|反而|相反|另一(?:回事|套|个)"
)
_SPLIT = re.compile(
    r"说法(?:不一|不同|不一致|打架|对不上|矛盾)|(?:两|几|各)[种个]说法|各[说执讲](?:各的?|一词)|意见不一|口径不一|对不上口径|有争议|争不清|众说纷纭"
)
_UNCHECKED = re.compile(
    r"(?:没|未|还没|谁也没|都没)(?:有)?(?:人)?(?:去|真|仔细|来得及)*[^，。；]{0,6}(?:查|核实|核对|确认|问过|看过)|谁(?:说的)?(?:对|真|准)|到底(?:怎样|怎么样|哪个|谁|如何|有没有|是不是|在不在)|以谁为准"
)
_OF_CANCELLING = ("title_cancelled", "cancelled_for")
_SOME = re.compile(r"一[个边方头]|有[人的]|这[边头]|那[边头]")
_NO_SPEAKER = re.compile(r"我$|听|别人|人家|据|你|政策|网上|标准|规定|文件|老实|不好|要|再|换句话|比如|总的")
_NEAR = 3


def undisputed(reading: Reading, found: list[Statement]) -> list[Statement]:
    """The statements, with those on which two people disagree as facts that are not known."""
    for one, other in _disputes(reading):
        held = [s for s in found if _inside(s, one) or _inside(s, other)]
        open_ = {s.key for s in held if not s.key.startswith(_OF_CANCELLING)}
        if not open_:
            continue
        _hear(reading, one, other)
        words = Value.uncertain(reading.message[one.start : other.end])
        kept = [s for s in found if s.key not in open_ and not (s in held and s.key.startswith(_OF_CANCELLING))]
        found = [*kept, *(reading.said(name, words, one.start, other.end) for name in sorted(open_))]
    return found


def _disputes(reading: Reading) -> Iterator[tuple[Clause, Clause]]:
    """Two clauses of different speakers, the second against the first; or one that says that they differ."""
    speakers: list[tuple[str, Clause]] = []
    for index, clause in enumerate(reading.clauses):
        words = reading.words(clause)
        if _SPLIT.search(words):
            before = reading.clauses[index - 1] if index else clause
            yield (before if not reading.mentions_in(clause.start, clause.end) else clause), clause
            continue
        match = _SAYS.match(words)
        if match is None:
            continue
        for who, earlier in speakers[-1:]:
            near = index - reading.clause_index(earlier.start) <= _NEAR
            another = who != match["who"] or bool(_SOME.match(who))
            against = bool(_TURNED.search(words[match.end() :])) and _same_matter(reading, earlier, clause, match.end())
            if near and another and against:
                yield earlier, clause
        if not _NO_SPEAKER.search(match["who"]):
            speakers.append((match["who"], clause))


def _same_matter(reading: Reading, one: Clause, other: Clause, spoken: int) -> bool:
    """Whether the second clause names nothing that the first does not; that a title was taken away is said of it."""
    spans = (one.start, one.end), (other.start + spoken, other.end)
    named = ([m for m in reading.mentions_in(*span) if not m.decoy] for span in spans)
    first, second = ({f for m in ms for f in m.facts if not f.startswith(_OF_CANCELLING)} for ms in named)
    return not second or bool(first & second)


def _inside(statement: Statement, clause: Clause) -> bool:
    return clause.start <= statement.start < clause.end


def _hear(reading: Reading, one: Clause, other: Clause) -> None:
    """The dispute, and the words behind it that nobody has looked it up."""
    index = reading.clause_index(other.start)
    reading.hear(one.start, other.end)
    for clause in reading.clauses[index + 1 : index + 3]:
        words = reading.words(clause)
        if (_UNCHECKED.search(words) or no_figure(words)) and not reading.amounts_in(clause.start, clause.end):
            reading.hear(clause.start, clause.end)
