"""What can never happen: leaves outside their bounds, alternatives that others swallow, exemptions that exempt nobody.

Everything is decided on boxes (see ``sets``), so what is reported is certain; what hangs on derived facts is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.criteria.mutate import TRACKS, plain
from assistant.criteria.tree import bind, negate
from assistant.criteria_authoring.sets import Box, TooManyBoxes, both, boxes, implies, room_of, values
from corpus.criteria_lint import Draft, Finding
from corpus.criteria_models import Criterion, Track
from corpus.criteria_tree import (
    All,
    AnyOf,
    ByTrack,
    Leaf,
    NotExamined,
    Part,
    Reading,
    children,
    leaves,
)
from corpus.facts_models import Dictionary

Said = tuple[str, str]
TRACK_NAMES: dict[Track, str] = {"first": "首次申报时", "review": "复核时"}


def check_reach(draft: Draft, dictionary: Dictionary) -> Iterator[Finding]:
    """Findings on every criterion; what holds for one track only names it."""
    for criterion in draft.standard.criteria:
        said = {track: dict.fromkeys(_criterion(draft, criterion, track, dictionary)) for track in TRACKS}
        for track in TRACKS:
            for wrong, mend in said[track]:
                everywhere = all((wrong, mend) in said[other] for other in TRACKS)
                if not everywhere or track == TRACKS[0]:
                    yield draft.finding(criterion, wrong if everywhere else TRACK_NAMES[track] + wrong, mend)
        for part in criterion.parts:
            if any(isinstance(node, ByTrack) and node.first == node.review for node in _all_nodes(part)):
                yield draft.finding(criterion, "首次和复核写的是一样的条件", "不必写 by_track")


def brief(node: Part) -> str:
    """A condition as it is written, shortened."""
    found = [plain(leaf) for leaf in leaves(node)] or [plain(node)]
    return "“" + "、".join(found[:3]) + ("…”" if len(found) > 3 else "”")


def _all_nodes(node: Part) -> Iterator[Part]:
    yield node
    for child in children(node):
        yield from _all_nodes(child)


def _criterion(draft: Draft, criterion: Criterion, track: Track, dictionary: Dictionary) -> Iterator[Said]:
    def bound(node: Part) -> Part:
        return bind(node, track=track, round_year=draft.standard.tests.round)

    try:
        test = bound(criterion.test)
        yield from _node(test, dictionary)
        if criterion.exempt_if is not None:
            yield from _exemption(test, bound(criterion.exempt_if), dictionary)
        for remark in criterion.remarks:
            if not boxes(bound(remark.when), dictionary):
                yield f"提示“{remark.note[:16]}…”的条件自相矛盾，永远不会显示", "改条件或删去提示"
            elif boxes(bound(remark.when), dictionary) == [{}]:
                yield f"提示“{remark.note[:16]}…”永远会显示", "写成 note"
    except TooManyBoxes:
        return
    except ValueError as error:
        yield str(error), "改写这一条的 test 或 exempt_if"


def _exemption(test: Part, exempt: Part, dictionary: Dictionary) -> Iterator[Said]:
    yield from _node(exempt, dictionary)
    tests, exemptions = boxes(test, dictionary), boxes(exempt, dictionary)
    if isinstance(test, NotExamined):
        yield "本来就不考察，又写了豁免，两个豁免同时成立", "删去 exempt_if，或把它写进要考察的那一种申报"
        return
    if implies(exemptions, tests):
        yield "豁免的条件达到时，这一条本来就达标，豁免永远用不上", "核对 exempt_if"
    elif implies(tests, exemptions):
        yield "达标的企业都会先被豁免，“达标”永远不会出现", "核对 exempt_if 和 test"
    ways = [boxes(part, dictionary) for part in exempt.of] if isinstance(exempt, AnyOf) else []
    for i, one in enumerate(ways):
        for other in ways[:i]:
            if _same_facts(one, other) and not implies(one, other) and not implies(other, one) and _meet(one, other):
                yield "两种豁免看同一件事，又会同时成立", "把两种豁免分开，或并成一种"


def _same_facts(one: list[Box], other: list[Box]) -> bool:
    return {key for box in one for key in box} == {key for box in other for key in box}


def _meet(one: list[Box], other: list[Box]) -> bool:
    return any(both(a, b) is not None for a in one for b in other)


def _node(node: Part, dictionary: Dictionary) -> Iterator[Said]:
    if isinstance(node, Leaf):
        yield from _leaf(node, dictionary)
        return
    for child in (node.of, node.other) if isinstance(node, Reading) else children(node):
        yield from _node(child, dictionary)
    if isinstance(node, All):
        yield from _all(node, dictionary)
    if isinstance(node, AnyOf):
        yield from _any(node, dictionary)


def _leaf(leaf: Leaf, dictionary: Dictionary) -> Iterator[Said]:
    if not boxes(leaf, dictionary):
        yield f"{brief(leaf)}超出了这个事实可能的范围，永远不成立", "核对门槛，或 corpus/facts 里的 bounds"
    elif values(leaf, dictionary) == room_of(leaf, dictionary):
        yield f"{brief(leaf)}在这个事实可能的范围里永远成立", "核对门槛，或删去这一条"


def _all(node: All, dictionary: Dictionary) -> Iterator[Said]:
    parts = [(part, found) for part in node.of if (found := boxes(part, dictionary)) not in ([], [{}])]
    if len(parts) == len(node.of) and not boxes(node, dictionary):
        yield f"{brief(node)}不能同时成立", "核对门槛的方向"
        return
    for i, j in _swallowed([found for _, found in parts], smaller=False):
        yield f"{brief(parts[i][0])}已经包含在{brief(parts[j][0])}里，不起作用", "删去，或核对门槛"


def _any(node: AnyOf, dictionary: Dictionary) -> Iterator[Said]:
    parts = [(part, found) for part in node.of if (found := boxes(part, dictionary)) not in ([], [{}])]
    for i, j in _swallowed([found for _, found in parts], smaller=True):
        yield f"这条路{brief(parts[i][0])}走不到：凡是它成立，{brief(parts[j][0])}也成立", "删去，或核对门槛"
    if len(node.of) > 1 and all(isinstance(part, Leaf) for part in node.of) and not boxes(negate(node), dictionary):
        yield f"{brief(node)}合起来什么情况都成立", "核对门槛的方向"


def _swallowed(found: list[list[Box]], *, smaller: bool) -> Iterator[tuple[int, int]]:
    """Pairs (i, j): i adds nothing beside j. ``smaller``: i lies in j (an alternative), else j lies in i (a demand)."""
    for i, one in enumerate(found):
        for j, other in enumerate(found):
            inside, around = (one, other) if smaller else (other, one)
            if i != j and implies(inside, around) and (j < i or not implies(around, inside)):
                yield i, j
                break
