"""Whether a pattern may hang: a repeated group whose words can follow each other to the same text in two ways ("我们" beside "我"
and "们") makes the matcher try them all, and there are twice as many with every repetition.

The words of a group are spelled out and held against each other by the test of Sardinas and Patterson (1953). A possessive
group (``)*+``) gives nothing back and needs no test; of a repetition inside a group two rounds are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MOST = 6000
"""Words of a group beyond which it is not looked at."""
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
OTHER = "1"
"""Stands for every digit."""
BEHIND = "\x01"
"""Stands before a word that only comes behind certain signs."""


class TooLarge(Exception):
    """A group with more words than are looked at."""


def ambiguous(pattern: re.Pattern[str]) -> str:
    """A rest of a word that can be read in two ways in a repeated group of the pattern; empty where there is none. Raises
    TooLarge."""
    for body in _repeated(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)):
        signs = sorted(_signs(body) | {OTHER})
        if found := _read_twice([word for word in _words(body, signs) if word]):
            return found
    return ""


def _repeated(tree: Any) -> Iterator[Any]:
    """The bodies of all groups that may be repeated without end and give back what they took."""
    for kind, value in tree:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
            if value[1] == op.MAXREPEAT:
                yield value[2]
            yield from _repeated(value[2])
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield from _repeated(branch)
        elif kind is op.SUBPATTERN:
            yield from _repeated(value[3])
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from _repeated(value[1])


def _signs(tree: Any) -> set[str]:
    """The signs that are written out in a body."""
    found: set[str] = set()
    for kind, value in tree:
        if kind in (op.LITERAL, op.NOT_LITERAL):
            found.add(chr(value))
        elif kind is op.IN:
            found |= {chr(sign) for of, sign in value if of is op.LITERAL}
        else:
            for part in _parts(kind, value):
                found |= _signs(part)
    return found


def _parts(kind: Any, value: Any) -> list[Any]:
    if kind is op.BRANCH:
        return list(value[1])
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind in REPEATS:
        return [value[2]]
    return [value] if kind is op.ATOMIC_GROUP else []


def _words(tree: Any, signs: list[str]) -> list[str]:
    """Everything that a body matches, as far as its own signs go."""
    found = [""]
    for kind, value in tree:
        if kind is op.LITERAL:
            after = [chr(value)]
        elif kind is op.NOT_LITERAL:
            after = [sign for sign in signs if sign != chr(value)]
        elif kind is op.ANY:
            after = signs
        elif kind is op.IN:
            after = [sign for sign in signs if _in_class(value, sign)]
        elif kind in REPEATS:
            after = _rounds(value[0], value[1], _words(value[2], signs))
        elif kind is op.ASSERT and value[0] < 0:
            after = [BEHIND]
        else:
            after = [word for part in _parts(kind, value) for word in _words(part, signs)] or [""]
        found = [one + other for one in found for other in after]
        if len(found) > MOST:
            raise TooLarge
    return found


def _rounds(least: int, most: int, words: list[str]) -> list[str]:
    found, now = list[str](), [""]
    for number in range(min(most, max(least, 2)) + 1):
        if number >= least:
            found += now
        now = [one + other for one in now for other in words]
        if len(now) > MOST:
            raise TooLarge
    return found


def _in_class(parts: Any, sign: str) -> bool:
    inside = False
    for kind, value in parts:
        inside |= (
            (kind is op.LITERAL and sign == chr(value))
            or (kind is op.RANGE and value[0] <= ord(sign) <= value[1])
            or (kind is op.CATEGORY and value is op.CATEGORY_DIGIT and sign.isdigit())
            or (kind is op.CATEGORY and value is op.CATEGORY_SPACE and sign.isspace())
        )
    return inside != (parts[0][0] is op.NEGATE)


def _read_twice(words: list[str]) -> str:
    known = set(words)
    if len(known) < len(words):
        return next(word for word in words if words.count(word) > 1)
    rests, seen = _rests(known, known), set[frozenset[str]]()
    while rests and frozenset(rests) not in seen:
        if both := rests & known:
            return min(both)
        seen.add(frozenset(rests))
        rests = _rests(known, rests) | _rests(rests, known)
    return ""


def _rests(long: set[str], short: set[str]) -> set[str]:
    """What is left of words that begin with another."""
    return {word[n:] for word in long for n in range(1, len(word)) if word[:n] in short}
