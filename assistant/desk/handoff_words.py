"""A conversation in a few sentences, put together from its parts; no model takes part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.answer import Verdict
from corpus.validity import chinese_date

OUTCOMES = {
    "eligible": "预检符合",
    "not_eligible": "预检不符合",
    "needs_info": "还不能判断",
    "invalid_input": "给的数对不上，没法判断",
}
TRACKS = {"first": "首次申报", "review": "复核", "unknown": ""}
MOST_NAMED, LONGEST = 4, 36


def outcome_in_words(verdict: Verdict) -> str:
    """``"专精特新（首次申报）：还不能判断，差3项；没过的是附件1（二）"``."""
    track = f"（{TRACKS[verdict.track]}）" if TRACKS[verdict.track] else ""
    failing = [c.clause for c in verdict.criteria if c.outcome == "not_met"]
    open_ones = [c.clause for c in verdict.criteria if c.outcome == "unknown"]
    parts = [OUTCOMES[verdict.outcome]]
    if verdict.outcome == "needs_info" and open_ones:
        parts.append(f"差{len(open_ones)}项")
    if failing:
        parts.append(f"没过的是{'、'.join(failing)}")
    return f"{verdict.title}{track}：{'，'.join(parts)}"


def summary_of(
    *,
    asked: Sequence[str],
    unanswered: Sequence[str],
    facts: Sequence[str],
    verdict: str,
    missing: Sequence[str],
    clauses: Sequence[str],
    place: str,
    day: date,
) -> str:
    """What was asked, what stayed open, what is known, where it stands; one sentence each, what is empty left out."""
    said = [f"地区{place}，按{chinese_date(day)}的规定。"]
    if asked:
        said.append(f"问了{len(asked)}次：{_named(asked, last=True)}。")
    if unanswered:
        said.append(f"没答上的：{_named(unanswered)}。")
    if facts:
        said.append(f"企业情况{len(facts)}项：{_named(facts)}。")
    if verdict:
        said.append(f"{verdict}。")
    if missing:
        said.append(f"还要弄清：{_named(missing)}。")
    if clauses:
        said.append(f"给看过{len(clauses)}条条款：{_named(clauses)}。")
    return "".join(said)


def _named(items: Sequence[str], last: bool = False) -> str:
    """The first few (or the last few), shortened."""
    chosen = items[-MOST_NAMED:] if last else items[:MOST_NAMED]
    rest = f"等{len(items)}项" if len(items) > MOST_NAMED else ""
    return "；".join(_short(item) for item in chosen) + rest


def _short(text: str) -> str:
    plain = " ".join(text.split()).rstrip("。？！?!")
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"
