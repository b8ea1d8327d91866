"""Questions about made companies: does it qualify, and which condition fails? The checker answers."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Literal

from assistant.errors import BadInput
from assistant.workshop.asked import CERTAIN, Asked, Desk, Maker, NotAskable, proven
from assistant.workshop.models import RESULTS, Recipe, SampleKind
from assistant.workshop.quiz_rules import in_force
from assistant.workshop.samples import BETWEEN, Made, made
from assistant.workshop.steps import conclusion
from corpus.criteria_models import Standard

ASKED: tuple[SampleKind, ...] = (
    "eligible", "one_reason", "several", "boundary", "near_miss", "exempt", "needs_info", "review",
)  # fmt: skip
EASY: tuple[SampleKind, ...] = ("eligible", "one_reason", "several")
SEEDS = 10**6
ROUNDS = 40


def _standards(desk: Desk) -> list[Standard]:
    """The standards in force of which every criterion is certain and its clause in the collection."""
    return [
        one
        for one in in_force(desk)
        if all(c.confidence == CERTAIN for c in one.criteria)
        and all(desk.holds(f"{c.document or one.document}#{c.eid}") for c in one.criteria)
    ]


def _recipes(desk: Desk, seed: int, topic: Literal["qualifies", "failing"]) -> Iterator[Recipe]:
    random = Random(f"{topic} {seed}")
    standards = _standards(desk)
    for _ in range(ROUNDS if standards else 0):
        kinds: tuple[SampleKind, ...] = ("one_reason", "near_miss") if topic == "failing" else ASKED
        for kind in random.sample(kinds, k=len(kinds)):
            parts = [random.choice(standards).id, kind, str(random.randrange(SEEDS)), desk.place]
            yield desk.recipe(topic, BETWEEN.join(parts))


def qualifies_recipes(desk: Desk, seed: int) -> Iterator[Recipe]:
    """Made companies of every kind."""
    return _recipes(desk, seed, "qualifies")


def failing_recipes(desk: Desk, seed: int) -> Iterator[Recipe]:
    """Made companies that fail for one reason."""
    return _recipes(desk, seed, "failing")


def _made(recipe: Recipe) -> Made:
    try:
        return made(recipe.subject)
    except BadInput as error:
        raise NotAskable from error


def ask_qualifies(desk: Desk, recipe: Recipe) -> Asked:
    """Whether a made company qualifies."""
    one = _made(recipe)
    company, verdict = one.company, one.verdict
    right = RESULTS[verdict.outcome]
    results = {RESULTS[name] for name in ("eligible", "not_eligible", "needs_info")}
    deciding = {"not_eligible": "not_met", "needs_info": "unknown"}.get(verdict.outcome, "")
    row = next((row for row in verdict.criteria if row.outcome == deciding), verdict.criteria[-1])
    return Asked(
        stem=f"{company.name}{_doing(company.track)}“{company.title}”，情况见表。按现在的标准，符合吗？",
        right=right, others=tuple(sorted(results - {right})), wrong=lambda text: text in results and text != right,
        clause=row.clause, ref=row.citation,
        explanation=conclusion(verdict) + (f"{row.margin}。" if row.margin and deciding else ""), facts=company.facts,
    )  # fmt: skip


def _level(recipe: Recipe) -> int:
    return 2 if recipe.subject.split(BETWEEN)[1] in EASY else 3


def ask_failing(desk: Desk, recipe: Recipe) -> Asked:
    """Which criterion a made company does not meet."""
    one = _made(recipe)
    company, rows = one.company, one.verdict.criteria
    bad = [row for row in rows if row.outcome == "not_met"]
    if len(bad) != 1:
        raise NotAskable
    row = bad[0]
    passed = {f"{r.clause} {r.label}" for r in rows if r.outcome in ("met", "exempt", "declared", "manual")}
    right = f"{row.clause} {row.label}"
    order = sorted(passed, key=lambda text: Random(f"{recipe.subject} {text}").random())
    return Asked(
        stem=f"{company.name}{_doing(company.track)}“{company.title}”，情况见表。哪一条没有达到？",
        right=right, others=tuple(proven(order, right, lambda text: text in passed)),
        wrong=lambda text: text in passed, clause=row.clause, ref=row.citation,
        explanation=conclusion(one.verdict) + (f"{row.margin}。" if row.margin else ""), facts=company.facts,
    )  # fmt: skip


def _doing(track: str) -> str:
    return "到期复核" if track == "review" else "首次申报"


def makers() -> dict[str, Maker]:
    """The topics of this module."""
    return {
        "qualifies": Maker(qualifies_recipes, ask_qualifies, _level),
        "failing": Maker(failing_recipes, ask_failing, lambda _: 2),
    }
