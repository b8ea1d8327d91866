"""Laws: a benefit hangs on nothing but its own facts, and what is decided stays decided when more is said."""

from __future__ import annotations

from fractions import Fraction

from checkup_made import TODAY, shipped
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from assistant.checkup.models import BenefitRow
from assistant.checkup.run import benefit_rows
from assistant.criteria.derive import build
from assistant.facts.values import Facts, Value
from corpus.benefit_models import load_benefits
from corpus.criteria_tree import terms
from corpus.facts_models import load_dictionary

FLAGS = [
    "holds_zjtx", "holds_xjr", "holds_innovative", "internet_services", "credit_loan",
    "renovation_financed", "renovation_major", "industrial_aeo", "bids_public_works", "in_qp_pool", "plans_title", "is_sme",
]  # fmt: skip
AMOUNTS = ["digital_contract", "service_contract", "renovation_investment"]
GROWTH = ["revenue_growth@2025", "revenue_growth@2024", "output_growth@2025", "output_growth@2024"]
SIZE = {"size_class", "industry", "staff", "revenue", "total_assets"}
INDUSTRIES = ["工业", "软件和信息技术服务业", "信息传输业", "餐饮业"]

values = st.fixed_dictionaries(
    {},
    optional={
        **{fact: st.booleans().map(Value.yes) for fact in FLAGS},
        **{fact: st.integers(0, 10**9).map(Value.exact) for fact in AMOUNTS},
        **{fact: st.sampled_from([0, 19, 20, 21, 40]).map(lambda n: Value.exact(Fraction(n, 100))) for fact in GROWTH},
        "industry": st.sampled_from(INDUSTRIES).map(Value.one_of),
        "above_scale": st.sampled_from(["below", "first", "before"]).map(Value.one_of),
    },
)


def rows(facts: Facts) -> dict[str, BenefitRow]:
    table = build(facts, load_dictionary(), round_year=TODAY.year)
    found = benefit_rows(table, as_of=TODAY, place="上海市青浦区", corpus=shipped())
    return {one.id: one for one in found}


def closure(benefit: str) -> set[str]:
    """The facts of a benefit's tree and amount, and all that they can follow from."""
    loaded, dictionary = load_benefits(), load_dictionary()
    one = next(b for b in loaded.all if b.id == benefit)
    tree = loaded.tree(one)
    found = {term.fact for term in (terms(tree) if tree else [])}
    found |= {one.amount.base.fact} if one.amount and one.amount.base else set()
    while True:
        more = set(found)
        for fact in found:
            more |= {t.fact for d in dictionary.derivations.get(fact, []) for t in terms(d.from_)}
            more |= set(dictionary.unions.get(fact, []))
            more |= {n for i in dictionary.links.implied if i.fact == fact for n in i.needs}
            more |= {whole for whole, parts in dictionary.unions.items() if fact in parts}
        if "is_sme" in more:
            more |= SIZE
        if more == found:
            return found
        found = more


CLOSURES = {benefit.id: closure(benefit.id) for benefit in load_benefits().all}
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # examples are small; shrinking them takes minutes
POSITIVE = {"entitled", "likely"}


@settings(max_examples=1500, deadline=None, phases=PHASES)
@given(facts=values, more=values)
def test_what_is_decided_stays_and_other_facts_do_not_matter(facts: Facts, more: Facts) -> None:
    added = {key: value for key, value in more.items() if key not in facts}
    before, after = rows(facts), rows({**facts, **added})
    names = {key.partition("@")[0] for key in added}
    for benefit, row in before.items():
        now = after[benefit].status
        if not names & CLOSURES[benefit]:
            assert now == row.status, benefit
        if row.status == "no":
            assert now == "no", benefit
        if row.status in POSITIVE:
            assert now in POSITIVE, benefit
        if row.status == "expired":
            assert now == "expired", benefit


@settings(max_examples=1500, deadline=None, phases=PHASES)
@given(facts=values)
def test_open_rows_ask_or_say_why_and_decided_rows_need_nothing(facts: Facts) -> None:
    for benefit, row in rows(facts).items():
        if row.status == "needs_info":
            assert row.missing, benefit
            assert {m.fact for m in row.missing}.isdisjoint(facts), benefit
        if row.status in ("no", "expired"):
            assert not row.missing, benefit
            assert all(line.startswith("✗") for line in row.reasons), benefit


@settings(max_examples=1500, deadline=None, phases=PHASES)
@given(facts=values, contract=st.integers(1, 10**10))
def test_a_rate_is_exact_and_never_above_its_base(facts: Facts, contract: int) -> None:
    row = rows({**facts, "holds_zjtx": Value.yes(True), "digital_contract": Value.exact(contract)})["digital-contract"]
    assert row.amount_max == contract * 3 // 10
