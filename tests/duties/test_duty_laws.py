"""Laws that hold for every company: order, the limits of a title, and what an unrelated event leaves alone."""

from __future__ import annotations

from datetime import date, timedelta

from duties_made import TODAY
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.duties import Duty, Event, Holding, Profile, duties
from assistant.duties.model import RANK
from corpus.duty_models import load_duties

EVENTS = load_duties().events
DAYS = st.dates(date(2021, 1, 1), date(2029, 12, 31))
PLACES = st.sampled_from(["上海市", "上海市青浦区", "江苏省"])
SIDE = ("change", "incident")
CAUSES = sorted(e.id for e in EVENTS.values() if e.cause)


@st.composite
def holdings(draw: st.DrawFn) -> tuple[Holding, ...]:
    """Some titles, with the day of the grant, of the end, both or neither."""
    found = []
    for title in draw(st.lists(st.sampled_from(RANK), unique=True)):
        granted = draw(st.none() | DAYS)
        length = draw(st.none() | st.integers(1, 2200))
        expires = (granted or TODAY) + timedelta(days=length) if length else None
        found.append(Holding(title=title, granted=granted, expires=expires))
    return tuple(found)


def events(
    groups: tuple[str, ...] = ("change", "incident", "upkeep", "cancellation", "repair"),
) -> st.SearchStrategy[Event]:
    """Any event of these groups."""
    kinds = [e.id for e in EVENTS.values() if e.group in groups]
    return st.builds(
        Event,
        kind=st.sampled_from(kinds),
        date=DAYS,
        title=st.none() | st.sampled_from(RANK),
        scope=st.sampled_from(["cross_province", "within_province", "unknown"]),
        grade=st.sampled_from(["larger", "major", "minor", "unknown"]),
        cause=st.none() | st.sampled_from(CAUSES),
        reported=st.none() | DAYS,
    )


PROFILES = st.builds(
    Profile, titles=holdings(), events=st.lists(events(), max_size=5).map(tuple), place=PLACES
)  # fmt: skip


@given(PROFILES, DAYS)
@settings(max_examples=150)
def test_sorted_by_date_and_each_id_once(profile: Profile, as_of: date) -> None:
    profile = profile.model_copy(update={"events": tuple({(e.kind, e.date): e for e in profile.events}.values())})
    found = duties(profile, as_of=as_of).duties
    assert [d.date or date.max for d in found] == sorted(d.date or date.max for d in found)
    assert len({d.id for d in found}) == len(found)


@given(PROFILES, DAYS)
@settings(max_examples=150)
def test_no_duty_of_a_title_after_its_end(profile: Profile, as_of: date) -> None:
    found = duties(profile, as_of=as_of)
    ends = {state.title: state.end for state in found.titles}
    for duty in found.duties:
        end = ends[duty.title]
        if duty.kind != "ban" and duty.date and end:
            assert duty.date <= end
        if duty.from_date and duty.date:
            assert duty.from_date <= duty.date


@given(PROFILES, DAYS)
@settings(max_examples=100)
def test_every_entry_says_what_whom_and_why(profile: Profile, as_of: date) -> None:
    for duty in duties(profile, as_of=as_of).duties:
        assert all([duty.what, duty.whom, duty.missed, duty.basis, duty.clauses])
        assert duty.date or duty.status == "needs_info"
        assert duty.verify == (duty.confidence != "H")
        assert duty.refs or duty.verify


@given(PROFILES, events(SIDE), DAYS)
@settings(max_examples=150)
def test_an_unrelated_event_changes_no_other_entry(profile: Profile, event: Event, as_of: date) -> None:
    days = {e.date for e in profile.events}
    while event.date in days:
        event = event.model_copy(update={"date": event.date + timedelta(days=1)})
    before = {d.id: d for d in duties(profile, as_of=as_of).duties}
    more = profile.model_copy(update={"events": (*profile.events, event)})
    after = {d.id: d for d in duties(more, as_of=as_of).duties}
    assert {key: after.get(key) for key in before} == before
    added = set(after) - set(before)
    assert all(key.endswith(f"/{event.kind}-{event.date.isoformat()}") for key in added)


@given(PROFILES, DAYS)
@settings(max_examples=100)
def test_the_order_in_which_things_are_told_is_irrelevant(profile: Profile, as_of: date) -> None:
    backwards = profile.model_copy(update={"titles": profile.titles[::-1], "events": profile.events[::-1]})

    def plain(found: list[Duty]) -> list[str]:
        return sorted(d.model_dump_json() for d in found)

    assert plain(duties(profile, as_of=as_of).duties) == plain(duties(backwards, as_of=as_of).duties)
