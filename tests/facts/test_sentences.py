"""What people say → facts: every sentence of eval/facts/, every key of it and no other."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.facts.extract import extract
from assistant.facts.values import Value
from corpus.facts_models import load_dictionary

SENTENCES: list[dict[str, Any]] = [
    sentence
    for path in sorted((Path(__file__).parents[2] / "eval/facts").glob("*.yaml"))
    for sentence in yaml.safe_load(path.read_text("utf-8"))
]
UNITS = {
    "万元": Fraction(10_000),
    "元": Fraction(1),
    "%": Fraction(1, 100),
    "年": Fraction(1),
    "分": Fraction(1),
    "": Fraction(1),
}


def in_words(words: str | bool | int, key: str) -> Value:
    """The value that the YAML writes. Reads nothing with the code under test."""
    kind = load_dictionary().of_key(key).type
    if isinstance(words, bool):
        return Value.yes(words)
    if words == "uncertain":
        return Value.uncertain()
    text = str(words)
    if kind == "choice":
        return Value.one_of(text)
    if kind == "date":
        match = re.fullmatch(r"(\d{4})年(?:(\d+)月)?", text)
        assert match, text
        return Value.exact(int(match[1]) * 10000 + int(match[2] or 0) * 100)
    if text[0] in "[(":
        low, high = text[1:-1].split(",")
        return Value.interval(_number(low), _number(high), lo_closed=text[0] == "[", hi_closed=text[-1] == "]")
    number = _number(text)
    assert number is not None
    return Value.exact(number)


def _number(text: str) -> Fraction | None:
    match = re.fullmatch(r"(-?[\d./]+)(万元|元|%|年|分)?", text)
    return Fraction(match[1]) * UNITS[match[2] or ""] if match else None


def plain(value: Value) -> tuple[Any, ...]:
    """What counts of a value: ends that are open anyway are neither closed nor not."""
    if value.state == "uncertain":
        return ("uncertain",)
    low = None if value.lo is None else (value.lo, value.lo_closed)
    high = None if value.hi is None else (value.hi, value.hi_closed)
    return value.flag, value.choice, low, high


def test_there_are_enough_of_them() -> None:
    assert len(SENTENCES) >= 930
    given = ("expecting", "place", "as_of", "title", "about", "known")
    assert len({(s["ask"], *(str(s.get(name)) for name in given)) for s in SENTENCES}) == len(SENTENCES)


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: str(case["ask"])[:40])
def test_sentence(case: dict[str, Any]) -> None:
    found = extract(
        str(case["ask"]),
        as_of=case.get("as_of") or date(2026, 11, 21),
        expecting=case.get("expecting", []),
        title=case.get("title"),
        track=case.get("track"),
        place=case.get("place", "上海市"),
        about=case.get("about"),
        known={key: in_words(words, key) for key, words in case.get("known", {}).items()},
    )
    assert found.round == case.get("round")
    got = {key: plain(value) for key, value in found.facts.items()}
    assert got == {key: plain(in_words(words, key)) for key, words in case["facts"].items()}
    assert bool(found.rest_affirmed) == case.get("rest", False)
    assert sorted(found.excluded) == sorted(case.get("excluded", []))
    assert sorted({p.kind for p in found.problems}) == sorted(case.get("problems", []))
    assert sorted({s.key for s in found.statements if s.correction}) == sorted(case.get("corrections", []))
    assert sorted({s.key for s in found.supposed}) == sorted(case.get("supposed", []))
    for absent in case.get("absent", []):
        assert absent not in found.facts
    if "asks" in case:
        assert found.title == case["asks"]
    if "procedure" in case:
        assert found.track == case["procedure"]
    for statement in found.statements:
        assert statement.text == str(case["ask"])[statement.start : statement.end] != ""
