"""A company's titles and events from a mapping (a file of facts), as written by hand::

    place: 上海市
    titles:
      - {title: 专精特新, granted: 2024-03-01}
      - {title: 创新型, granted: 2023-12, expires: 2026-11-30}
    events:
      - {kind: 更名, date: 2026-10-08, also: [主导产品变化]}
      - {kind: move, date: 2026-09-01, from: 上海市青浦区, to: 江苏省}

Kinds of events may be named by id or by label. Without ``titles``, the facts that say which titles are held count.
"""

from __future__ import annotations

import difflib
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from assistant.criteria.facts_file import facts_from_mapping
from assistant.criteria.standards import standards
from assistant.duties.dates import Said, read_day
from assistant.duties.model import RANK, Event, Holding, Profile
from assistant.errors import BadInput
from corpus.duty_models import Duties, Scope, load_duties
from corpus.load import WORDS
from corpus.models import Title
from corpus.places import COUNTRY, chain, find_places, resolve

HELD: dict[str, Title] = {
    "holds_xjr": "小巨人",
    "holds_zjtx": "专精特新",
    "holds_innovative": "创新型",
    "holds_tech": "科技型",
}
GRADES = {"一般": "minor", "较大": "larger", "重大": "major", "特别重大": "major"}
MONTH_ONLY = "只写到月，按当月1日算"
DAYS = ("granted", "expires", "date", "reported")


class _Written(BaseModel):
    """Keys that are not known are errors, so a typo never passes."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    @field_validator(*DAYS, mode="before", check_fields=False)
    @classmethod
    def _day(cls, value: object) -> object:
        return value.isoformat() if isinstance(value, date) else value


class _Title(_Written):
    title: str
    granted: str | None = None
    expires: str | None = None
    standard: str = ""


class _Event(_Written):
    kind: str
    date: str
    note: str = ""
    title: str | None = None
    also: list[str] = []
    reported: str | None = None
    from_: str | None = None
    to: str | None = None
    grade: str | None = None
    cause: str | None = None


def profile_from_mapping(data: dict[str, Any], *, as_of: date, place: str = "上海市") -> Profile:
    """The titles and events of a mapping; its other keys are facts of the company and are read as such.

    ``place`` is the full name of the company's place. Raises BadInput with one sentence for the first thing that
    cannot be read.
    """
    rules = load_duties()
    rest = {key: value for key, value in data.items() if key not in ("titles", "events")}
    facts, _ = facts_from_mapping(rest, last_year=as_of.year - 1)
    titles = [holding(raw) for raw in _list(data, "titles")]
    if not data.get("titles"):
        titles = [Holding(title=title) for fact, title in HELD.items() if (v := facts.get(fact)) and v.flag]
    events = [_event(raw, rules, place) for raw in _list(data, "events")]
    titles += [Holding(title=title) for title in _cancelled_only(titles, events)]
    if len({one.title for one in titles}) != len(titles):
        raise BadInput("titles 里同一个称号写了两次，只留现在这个有效期的。")
    return Profile(titles=tuple(titles), events=tuple(events), place=place)


def _list(data: dict[str, Any], name: str) -> list[Any]:
    raw = data.get(name)
    if raw is None:
        return []
    if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
        raise BadInput(f"{name} 要写成列表，每行一项，例如 {_EXAMPLES[name]}。")
    return raw


_EXAMPLES = {"titles": "{title: 专精特新, granted: 2024-03-01}", "events": "{kind: 更名, date: 2026-10-08}"}


def holding(raw: dict[str, Any]) -> Holding:
    """One title with its dates as written. Raises BadInput where it cannot be read."""
    written = _read(_Title, {str(key): value for key, value in raw.items()}, "titles")
    title = title_named(written.title)
    granted, expires = _said(written.granted, title), _said(written.expires, title)
    if granted and expires and expires.day <= granted.day:
        raise BadInput(f"{title}的到期日 {expires.day} 不能早于认定日 {granted.day}，请核对。")
    how = [
        f"{name}{MONTH_ONLY}" for name, said in (("认定日", granted), ("到期日", expires)) if said and said.whole_month
    ]
    return Holding(
        title=title, granted=granted.day if granted else None, expires=expires.day if expires else None,
        standard=written.standard, how="；".join(how),
    )  # fmt: skip


def _event(raw: dict[str, Any], rules: Duties, place: str) -> Event:
    written = _read(_Event, {("from_" if key == "from" else str(key)): value for key, value in raw.items()}, "events")
    kind = _kind(written.kind, rules)
    label = rules.events[kind].label
    day = _said(written.date, label)
    assert day is not None
    reported = _said(written.reported, f"{label}的报告日期")
    if reported and reported.day < day.day:
        raise BadInput(f"{label}的报告日期 {reported.day} 早于发生日期 {day.day}，请核对。")
    cause = _kind(written.cause, rules) if written.cause else None
    if cause and not rules.events[cause].cause:
        raise BadInput(f"“{written.cause}”不会是取消认定的原因，请核对 cause。")
    grade = _grade(written.grade)
    return Event(
        kind=kind, date=day.day, note=written.note, title=title_named(written.title) if written.title else None,
        also=tuple(_kind(one, rules) for one in written.also), reported=reported.day if reported else None,
        scope=move_scope(written.from_ or place, written.to), grade=grade, cause=cause,
        how=f"日期{MONTH_ONLY}。" if day.whole_month else "",
    )  # fmt: skip


def _read(kind: Any, raw: dict[str, Any], where: str) -> Any:
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        name = "/".join(str(part) for part in first["loc"]).replace("from_", "from")
        raise BadInput(f"{where} 里的“{name}”不对：{WORDS.get(first['type'], first['msg'])}。") from error


def _said(text: str | None, what: str) -> Said | None:
    if text is None:
        return None
    try:
        return read_day(text)
    except ValueError as error:
        raise BadInput(f"{what}的日期“{text}”看不懂：{error}。") from error


def title_named(name: str) -> Title:
    """The short name of a title. Raises BadInput where there is none such."""
    known = {full: s.title for s in standards() for full in (s.title, *s.names)}
    known |= {title: title for title in RANK} | {f"{title}中小企业": title for title in RANK[1:]}
    found = known.get(name.strip().replace('"', "").replace("“", "").replace("”", ""))
    if found is None:
        raise BadInput(f"没有叫“{name}”的称号，titles 里可以写：{'、'.join(RANK)}。")
    return found


def _kind(name: str, rules: Duties) -> str:
    names = {word: entry.id for entry in rules.events.values() for word in (entry.label, *entry.called)}
    found = names.get(name.strip(), name.strip())
    if found not in rules.events:
        near = difflib.get_close_matches(name, [*names, *rules.events], 3, cutoff=0.4)
        known = near or [entry.label for entry in rules.events.values()]
        raise BadInput(f"没有叫“{name}”的事件，{'是不是' if near else '可以写'}：{'、'.join(known)}。")
    return found


def _grade(name: str | None) -> Any:
    if name is None:
        return "unknown"
    if (found := GRADES.get(name, name)) not in GRADES.values():
        raise BadInput(f"事故等级“{name}”认不得，可以写：{'、'.join(GRADES)}。")
    return found


def move_scope(start: str, end: str | None) -> Scope:
    """How far a move goes, by the provinces of both ends; unknown where an end is not known."""
    provinces = [_province(name) for name in (start, end or "")]
    if None in provinces:
        return "unknown"
    return "within_province" if provinces[0] == provinces[1] else "cross_province"


def _province(name: str) -> str | None:
    full = resolve(name) or next(iter(find_places(name)), None)
    if full is None or full == COUNTRY:
        return None
    return chain(full)[-2]


def _cancelled_only(titles: list[Holding], events: list[Event]) -> list[Title]:
    """Titles that are known only by their cancellation. A cancellation has to say which of several it is about."""
    held = [one.title for one in titles]
    named: list[Title] = []
    for event in events:
        if event.kind != "cancellation":
            continue
        if event.title is None and len(held) != 1:
            raise BadInput("取消认定要写明是哪个称号，例如 {kind: 取消认定, date: 2026-06-01, title: 专精特新}。")
        if event.title is not None and event.title not in held:
            named.append(event.title)
    return list(dict.fromkeys(named))
