"""No pattern that reads messages can hang on one: no repeated group can be read in two ways."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from ambiguity import TooLarge, ambiguous

import assistant.facts
import assistant.policy
import assistant.understanding

CLOSED = {("assistant.policy.said", "SENTENCE")}
"""Groups too large to be spelled out; each round of these begins and ends with a bracket of its own."""


def patterns() -> Iterator[tuple[str, str, re.Pattern[str]]]:
    for package in (assistant.facts, assistant.policy, assistant.understanding):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(found.name)).items():
                if isinstance(value, re.Pattern) and (found.name, name) not in CLOSED:
                    yield found.name, name, value


def test_every_repeated_group_can_be_read_in_one_way_only() -> None:
    known = {(module, name): pattern for module, name, pattern in patterns()}
    assert len(known) > 500
    assert {where: rest for where, pattern in known.items() if (rest := ambiguous(pattern))} == {}


@pytest.mark.parametrize(
    ("pattern", "twice"),
    [
        ("(?:我们|我|们)*", "们"),
        ("(?:嗯+|啊)*", "嗯"),
        ("(?:也都?|都)+", "都"),
        (r"(?:[\d十]+年?|月)*", "1"),
        ("(?:我们|我|们)*+", ""),
        ("(?:我们|我|司)*", ""),
        ("(?:我们|我|们){0,3}", ""),
    ],
)
def test_the_test_sees_what_can_be_read_twice(pattern: str, twice: str) -> None:
    assert bool(ambiguous(re.compile(pattern))) is bool(twice)


def test_more_words_than_are_looked_at_are_said_to_be_too_many() -> None:
    with pytest.raises(TooLarge):
        ambiguous(re.compile(r"(?:[一二三四五六七八九十]{5})*"))
