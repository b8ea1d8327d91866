"""/calls: a call is begun, saved, told, finished, found again. Whoever took it writes; colleagues read it with names masked."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import BaseModel, Field

from assistant.answer import Verdict
from assistant.desk.call_models import Call, CallBrief, Draft, Strict
from assistant.desk.caller import Chip, Heard, Told, Track, chips, drop, hear, put, understood, verdict_of
from assistant.desk.calls import CallConflict, Calls
from assistant.desk.masking import company_masked, name_masked
from assistant.desk.next_questions import NextQuestion, next_questions
from assistant.desk.summary import Summary, reasons, summary
from assistant.errors import BadInput
from assistant.library import full_place
from web.api.desk import Specialist
from web.api.inputs import Text, service_of
from web.problems import Problem, documented
from web.service import Service

router = APIRouter(tags=["坐席"])
READ = documented("unauthorised", "forbidden", "unknown-item", "unavailable")
WRITE = READ | documented("malformed-body", "conflict", "too-large", "invalid-request")
CallId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{8,64}$", description="电话编号，由开始这通电话的一方起。")]
NOT_THERE = "没有这通电话，或者是同事接的，您只能看记录。"


class SaveCall(Strict):
    """A draft, and the version of the call that it starts from (0 begins the call)."""

    version: int = Field(ge=0)
    draft: Draft


class TellCall(Strict):
    """What the caller says: words (with the keys just ``asked`` for), one typed ``fact`` with its ``value``, or a part that
    was not understood and has been ``cleared`` up."""

    text: Text | None = Field(default=None, max_length=2000, examples=["去年营收4800万，研发占6%"])
    asked: list[str] = Field(default=[], max_length=5)
    fact: Text | None = Field(default=None, max_length=100, examples=["revenue@2025"])
    value: Any = None
    cleared: Text | None = Field(default=None, max_length=2000)


class CallView(BaseModel):
    """A call with what follows from it: chips, the verdict so far (None while no title is chosen, or where ``trouble`` says
    why there is none) and why it fails, what to ask next, the record. ``mine``: may be written by who reads it."""

    call: Call
    mine: bool
    chips: list[Chip]
    verdict: Verdict | None
    reasons: list[str] = []
    trouble: str = ""
    questions: list[NextQuestion]
    summary: Summary
    heard: Heard | None = None


class CallList(BaseModel):
    """Calls, the newest first."""

    calls: list[CallBrief]


def calls_of(service: Annotated[Service, Depends(service_of)]) -> Calls:
    """The calls of this application."""
    return Calls(service.store)


Kept = Annotated[Calls, Depends(calls_of)]
Served = Annotated[Service, Depends(service_of)]


@router.get("/calls", summary="找通话记录", response_model=CallList, responses=READ)
def list_calls(
    account: Specialist,
    calls: Kept,
    q: Annotated[Text, Query(max_length=100, description="企业、客户、记录里的字，用空格分开。")] = "",
    everyone: Annotated[bool, Query(description="也看同事接的。")] = False,
    open_only: Annotated[bool, Query(alias="open", description="只看没有结束的，和答应了还没办的。")] = False,
    limit: Annotated[int, Query(ge=1, le=200, description="最多几条。")] = 50,
) -> CallList:
    """Names are masked in lists."""
    mine = None if everyone else account.id
    return CallList(calls=calls.listed(specialist=mine, words=q, open_only=open_only, limit=limit))


@router.put("/calls/{call_id}", summary="开始或保存一通电话", response_model=CallView, responses=WRITE)
def save(call_id: CallId, body: SaveCall, account: Specialist, calls: Kept, service: Served) -> CallView:
    """The same draft may be sent twice; a draft of an older version is refused."""
    try:
        draft = body.draft.model_copy(update={"place": full_place(body.draft.place)})
        return _view(calls.save(call_id, draft, version=body.version, specialist=account.id), service, calls)
    except CallConflict as error:
        raise Problem("conflict", str(error)) from error
    except KeyError as error:
        raise Problem("unknown-item", NOT_THERE) from error


@router.get("/calls/{call_id}", summary="一通电话", response_model=CallView, responses=READ)
def read(call_id: CallId, account: Specialist, calls: Kept, service: Served) -> CallView:
    """With verdict, questions and record."""
    try:
        call = calls.read(call_id)
    except KeyError as error:
        raise Problem("unknown-item", "没有这个编号的电话，可能已经删除。") from error
    if call.specialist == account.id:
        return _view(call, service, calls)
    draft = call.draft
    masked = {"caller": name_masked(draft.caller), "company": company_masked(draft.company), "contact": ""}
    hidden = call.model_copy(update={"draft": draft.model_copy(update=masked)})
    return _view(hidden, service).model_copy(update={"mine": False})


@router.post("/calls/{call_id}/facts", summary="客户说的情况", response_model=CallView, responses=WRITE)
def tell(call_id: CallId, body: TellCall, account: Specialist, calls: Kept, service: Served) -> CallView:
    """Reads what was said, and gives back facts, verdict so far and the next questions."""
    if sum(part is not None for part in (body.text, body.fact, body.cleared)) != 1:
        raise Problem("invalid-request", "text、fact、cleared 三样里写一样。")
    heard: list[Heard] = []

    def change(call: Call) -> Told:
        told, found = _told(call, body, service)
        heard[:] = [found]
        return told

    try:
        call = calls.tell(call_id, change, specialist=account.id)
    except KeyError as error:
        raise Problem("unknown-item", NOT_THERE) from error
    view = _view(call, service, calls, title=heard[0].title, track=heard[0].track)
    return view.model_copy(update={"heard": heard[0]})


@router.delete("/calls/{call_id}/facts/{key}", summary="去掉一项情况", response_model=CallView, responses=WRITE)
def untell(call_id: CallId, key: str, account: Specialist, calls: Kept, service: Served) -> CallView:
    """A fact that is not there is no mistake."""
    try:
        return _view(calls.tell(call_id, lambda call: drop(call.told, key), specialist=account.id), service, calls)
    except KeyError as error:
        raise Problem("unknown-item", NOT_THERE) from error


@router.post("/calls/{call_id}/finish", summary="结束一通电话", response_model=CallView, responses=WRITE)
def finish(call_id: CallId, account: Specialist, calls: Kept, service: Served) -> CallView:
    """Ending it twice is no mistake."""
    try:
        return _view(calls.finish(call_id, specialist=account.id), service, calls)
    except KeyError as error:
        raise Problem("unknown-item", NOT_THERE) from error


@router.delete("/calls/{call_id}", summary="删除一通电话", status_code=204, response_class=Response, responses=READ)
def forget(call_id: CallId, account: Specialist, calls: Kept) -> None:
    """With notes, facts and promises."""
    try:
        calls.forget(call_id, specialist=account.id)
    except KeyError as error:
        raise Problem("unknown-item", NOT_THERE) from error


def _told(call: Call, body: TellCall, service: Service) -> tuple[Told, Heard]:
    day = call.draft.as_of or service.today()
    if body.cleared is not None:
        return understood(call.told, body.cleared), Heard(keys=[])
    if body.fact is not None:
        return put(call.told, body.fact, body.value, as_of=day)
    draft = call.draft
    return hear(
        call.told, body.text or "", as_of=day, place=draft.place, title=draft.title, track=draft.track, asked=body.asked
    )


def _view(
    call: Call, service: Service, calls: Calls | None = None, *, title: str | None = None, track: Track | None = None
) -> CallView:
    """What follows from a call. A title and track that were just heard count until the draft names them."""
    draft, today = call.draft, service.today()
    verdict, trouble = None, ""
    try:
        verdict = verdict_of(
            call.told,
            title=draft.title or title,
            track=draft.track or track,
            as_of=draft.as_of or today,
            place=draft.place,
        )
    except BadInput as error:
        trouble = str(error)
    outcome = verdict.outcome if verdict else None
    if calls is not None and outcome != call.outcome:
        calls.note_outcome(call.id, outcome)
        call = call.model_copy(update={"outcome": outcome})
    return CallView(
        call=call, mine=True, chips=chips(call.told), verdict=verdict, trouble=trouble,
        reasons=reasons(verdict) if verdict else [],
        questions=[] if trouble else next_questions(call.told, verdict), summary=summary(call, verdict, today=today),
    )  # fmt: skip
