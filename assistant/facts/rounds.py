"""The round asked about, where the message names one: 要报2027年那一轮, 明年二季度那批."""

from __future__ import annotations

import re

from assistant.facts.reading import Reading
from assistant.facts.values import Statement, Value, key
from corpus.facts_models import load_dictionary, split_key

_WHEN = r"(?:第?[一二三四1-4]季度?|[上下]半年|年?[初中底]|\d{1,2}月份?)"
_REPORT = r"(?:申报|报(?![告表价酬])|申请|冲刺?|参评|参加|复核)"
_ROUND = re.compile(
    rf"(?:{_REPORT}|等|赶|上|走)[^，。；！？\d]{{0,6}}(?P<y>20[2-9]\d)年?度?的?{_WHEN}?的?(?:那|这)?一?[轮批次年]"
    rf"|(?P<y2>20[2-9]\d)年?度?的?{_WHEN}?的?(?:那|这)?一?[轮批](?:次)?"
    rf"|(?P<y3>20[2-9]\d)年{_WHEN}?(?:再|要|想|准备|打算|计划|去|来|首次|第一次|可以|能不能|能|才)*{_REPORT}(?![了过])"
    rf"|(?P<next>明年)的?{_WHEN}?的?(?:那|这)?一?[轮批](?:次)?"
)


def read_round(reading: Reading) -> int | None:
    """The year of the round, from this year to three years on."""
    for match in _ROUND.finditer(reading.text):
        told = match["y"] or match["y2"] or match["y3"]
        year = int(told) if told else reading.as_of.year + 1
        if reading.as_of.year <= year <= reading.as_of.year + 3 and not re.search(
            r"不是|没有?|[去前]年$", reading.text[max(0, match.start() - 3) : match.start()]
        ):
            reading.hear(*match.span())
            return year
    return None


def not_closed(reading: Reading, round_year: int | None, found: list[Statement]) -> list[Statement]:
    """For a round to come, the figures of a year that is not over: unknown where only the year before was told."""
    if round_year is None or round_year <= reading.as_of.year:
        return []
    last, keys = round_year - 1, {s.key for s in found}
    wanting: list[Statement] = []
    for statement in found:
        fact, year = split_key(statement.key)
        name = key(fact, last)
        if year is None or year != last - 1 or fact == "development_score" or name in keys:
            continue
        if load_dictionary()[fact].period == "year":
            keys.add(name)
            value = Value.uncertain(statement.text)
            wanting.append(reading.said(name, value, statement.start, statement.end))
    return wanting
