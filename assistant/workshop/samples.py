"""Made companies to work through: one of every outcome, put together from the rules themselves.

A company is made again from its id alone (standard, kind, seed, place); its verdict is the checker's. No real company is
meant, and the name of each says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

from assistant.answer import Verdict
from assistant.criteria.local import HOME
from assistant.criteria.words import name_of, say
from assistant.errors import BadInput
from assistant.facts.values import Facts
from assistant.library import full_place
from assistant.workshop import changes
from assistant.workshop.compare import standard_named
from assistant.workshop.demands import theme_of_fact, themes
from assistant.workshop.models import SAMPLE_KINDS, SampleCompany, SampleFact, SampleKind
from assistant.workshop.verdicts import Setting, failing, judged_of, rests_on_assumptions, verdict_of
from corpus.criteria_models import Track
from corpus.facts_models import load_dictionary, split_key
from corpus.load import read_yaml
from corpus.models import Model
from corpus.places import places

TRIES = 60
SHORT = 0.6
"""How often a company fails by a figure, rather than as in one of the tests beside the rules."""
BETWEEN = "~"
UNKNOWN = "没有编号为“{id}”的示例企业，请重新生成一家。"
NONE_MADE = "这份标准做不出“{kind}”的示例企业，请换一种。"


class Product(Model):
    """What a made company makes, and its trade."""

    word: str
    trade: str


class Words(Model):
    """The words of made names."""

    first: list[str]
    second: list[str]
    products: list[Product]


@dataclass(frozen=True)
class Made:
    """A made company with what it is checked against."""

    company: SampleCompany
    facts: Facts
    setting: Setting
    verdict: Verdict


def sample(standard: str, kind: SampleKind, seed: int, place: str | None = None) -> Made:
    """The company of a kind for a standard. Raises BadInput for an unknown standard or place, or a kind that cannot be
    made for the standard."""
    return made(BETWEEN.join([standard, kind, str(seed), full_place(place or HOME)]))


@lru_cache(maxsize=512)
def made(id_: str) -> Made:
    """The company of an id. Raises BadInput where it is none."""
    parts = id_.split(BETWEEN)
    if len(parts) != 4 or parts[1] not in SAMPLE_KINDS or not parts[2].isdigit() or len(parts[2]) > 9:
        raise BadInput(UNKNOWN.format(id=id_[:80]))
    kind = parts[1]
    setting, random = _setting(parts[0], kind, parts[3]), Random(id_)
    fault = _found(kind, setting, random)
    if fault is None:
        raise BadInput(NONE_MADE.format(kind=SAMPLE_KINDS[kind]))
    facts = _unspoken(changes.varied(fault.on(changes.base(setting)), setting, random, fault.sets))
    verdict = verdict_of(facts, setting)
    return Made(_company(id_, kind, facts, verdict, setting, random), facts, setting, verdict)


def _unspoken(facts: Facts) -> Facts:
    """The facts without words to quote: nobody spoke of a made company."""
    return {key: value.model_copy(update={"source": ""}) for key, value in facts.items()}


@lru_cache(maxsize=64)
def kinds_of(standard: str, place: str | None = None) -> tuple[SampleKind, ...]:
    """The kinds of company that can be made for a standard. Raises BadInput for an unknown standard or place."""
    where = full_place(place or HOME)
    return tuple(kind for kind in SAMPLE_KINDS if _found(kind, _setting(standard, kind, where), Random(1)) is not None)


def _setting(standard: str, kind: SampleKind, place: str) -> Setting:
    track: Track = "review" if kind == "review" else "first"
    return Setting(standard_named(standard), track, full_place(place))


def _found(kind: SampleKind, setting: Setting, random: Random) -> changes.Fault | None:
    """What has to change in the passing company so that it becomes one of the kind; None where nothing is found."""
    passing = changes.base(setting)
    for fault in _attempts(kind, setting, random):
        facts = fault.on(passing)
        if _fits(kind, facts, fault, verdict_of(facts, setting), setting):
            return fault
    return None


def _attempts(kind: SampleKind, setting: Setting, random: Random) -> Iterator[changes.Fault]:
    """Changes that may lead to a company of the kind, drawn by chance."""
    limits = changes.limits(setting)
    passing = sorted(changes.base(setting))
    settled = _faults(setting, "eligible")
    failing_ = _faults(setting, "not_eligible")
    for _ in range(TRIES):
        match kind:
            case "eligible":
                yield changes.Fault({})
            case "review":
                yield random.choice([changes.Fault({}), *settled, *failing_])
            case "one_reason":
                yield _fault(limits, failing_, random)
            case "several":
                yield changes.together(_fault(limits, failing_, random) for _ in range(random.randint(2, 3)))
            case "exempt":
                yield random.choice([changes.Fault({}), *settled])
            case "needs_info":
                yield changes.Fault({}, frozenset(random.sample(passing, k=random.randint(1, 2))))
            case "near_miss" if limits:
                near = changes.short_of(random.choice(limits), random, near=True)
                yield near or changes.Fault({})
            case "boundary" if limits:
                chosen = random.sample(limits, k=min(len(limits), random.randint(1, 3)))
                yield changes.together(changes.on_the_line(leaf) for leaf in chosen)


def _faults(setting: Setting, outcome: str) -> list[changes.Fault]:
    return [changes.from_case(case, setting) for case in changes.cases(setting, outcome)]


def _fault(limits: list[changes.Limit], known: list[changes.Fault], random: Random) -> changes.Fault:
    """A way to fail: a figure that falls short, or one of the tests beside the rules."""
    short = changes.short_of(random.choice(limits), random, near=False) if limits else None
    if short is not None and (not known or random.random() < SHORT):
        return short
    return random.choice(known) if known else changes.Fault({})


def _fits(kind: SampleKind, facts: Facts, fault: changes.Fault, verdict: Verdict, setting: Setting) -> bool:
    """Whether a company is what its kind promises, with nothing contradictory and nothing only assumed."""
    if verdict.conflicts or rests_on_assumptions(facts, setting):
        return False
    fails = len(failing(verdict))
    if any(row.outcome == "unknown" for row in verdict.criteria):
        return kind == "needs_info" and verdict.outcome == "needs_info" and bool(verdict.missing)
    match kind:
        case "eligible":
            return verdict.outcome == "eligible"
        case "one_reason" | "near_miss":
            return verdict.outcome == "not_eligible" and fails == 1
        case "several":
            return verdict.outcome == "not_eligible" and fails > 1
        case "exempt":
            return verdict.outcome == "eligible" and any(_exempt(facts, setting))
        case "boundary":
            strict = any(one.leaf.op in ("gt", "lt") and one.key in fault.sets for one in changes.limits(setting))
            return verdict.outcome == "eligible" or (strict and fails == 1)
        case "review":
            return verdict.outcome in ("eligible", "not_eligible")
    return False


def _exempt(facts: Facts, setting: Setting) -> Iterator[bool]:
    """For every criterion, whether an exemption decides it."""
    judged, _ = judged_of(facts, setting)
    for one in judged.values():
        yield one.outcome == "exempt" and one.exemption is not None


def _company(
    id_: str, kind: SampleKind, facts: Facts, verdict: Verdict, setting: Setting, random: Random
) -> SampleCompany:
    words: Words = read_yaml(Path(__file__).with_name("names.yaml"), Words)
    product = random.choice(words.products)
    short = places()[setting.place].names[0] if places()[setting.place].names else setting.place
    name = f"{short}{random.choice(words.first)}{random.choice(words.second)}{product.word}有限公司（虚构）"
    standard = setting.standard
    return SampleCompany(
        id=id_, name=name, trade=product.trade, place=setting.place, standard=standard.id,
        standard_name=standard.name, title=standard.title, track=setting.track, round=setting.round, kind=kind,
        kind_label=SAMPLE_KINDS[kind], facts=shown(facts), steps=len(verdict.criteria),
    )  # fmt: skip


def shown(facts: Facts) -> list[SampleFact]:
    """The figures in words, in the order of the matters of a comparison."""
    dictionary, of_fact = load_dictionary(), theme_of_fact()
    order = [theme.id for theme in themes()]
    rank = {key: order.index(of_fact.get(split_key(key)[0], order[-1])) for key in facts}
    keys = sorted(facts, key=lambda key: (rank[key], key))
    return [
        SampleFact(key=key, label=name_of(key, dictionary), value=say(facts[key], dictionary.of_key(key)))
        for key in keys
    ]
