"""A model words the answer from the composed draft's clauses; every sentence is checked before it is shown.

The model names the clauses behind each sentence. A clause that was not handed out does not count, so a citation cannot
be invented; a sentence that its clauses do not support is dropped too. Whatever the model does, the composed draft is
there: it takes over when nothing of substance is left.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from assistant.errors import ModelUnavailable
from assistant.policy.draft import Draft, DraftRow, Sentence
from assistant.policy.fit import cleaned, unfit
from assistant.policy.ground import ground
from assistant.policy.prompt import schema, system_prompt, user_prompt
from assistant.policy.render import Numbering, render
from assistant.policy.said import Said, said
from corpus.models import split_ref

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House
    from assistant.models.chat import ChatModel
    from assistant.models.exchange import Exchange

MOST_SENTENCES = 12
"""Sentences of a model that are shown; no answer of ours needs more."""
MOST_DROPPED = 40
"""After so many sentences that could not be shown nothing better is waited for."""


class ClientLeft(Exception):
    """Nobody takes the pieces any more."""


class Wording:
    """One answer in a model's words: what of it may be shown, piece by piece, and why the rest was dropped."""

    def __init__(self, turn: Turn, house: House, composed: Draft) -> None:
        self.turn, self.house, self.composed = turn, house, composed
        refs = dict.fromkeys(r for s in composed.sentences for r in s.refs)
        self.found = {r: e for r in refs if (e := house.library.evidence(r, turn.as_of))}
        self.sentences: list[Sentence] = []
        self.dropped: list[dict[str, str]] = []
        self.shown = ""
        self._numbering = Numbering()

    def hear(self, exchange: Exchange, instructions: str, key: str) -> None:
        """Take what the model says, as long as it makes sense to listen. Raises ModelUnavailable, ClientLeft."""
        handed = list(self.found)
        for sentence in said(exchange):
            refs = tuple(dict.fromkeys(handed[n - 1] for n in sentence.clauses if 1 <= n <= len(handed)))
            text = cleaned(sentence.text)
            why = self._objections(text, refs, instructions, key)
            if why:
                self._drop(sentence, why)
                if len(self.dropped) == MOST_DROPPED:
                    return
                continue
            self._show(Sentence(text, refs, "point" if self.sentences else "conclusion"))
            if len(self.sentences) == MOST_SENTENCES:
                return

    def _objections(self, text: str, refs: tuple[str, ...], instructions: str, key: str) -> list[str]:
        if any(text == s.text for s in self.sentences):
            return ["说过了"]
        return unfit(
            text, [self.found[r] for r in refs], self.house.library,
            question=self.turn.question, instructions=instructions, secrets=[key],
        )  # fmt: skip

    def _drop(self, sentence: Said, why: list[str]) -> None:
        if sentence.text.strip() and len(self.dropped) < MOST_DROPPED:
            self.dropped.append({"text": sentence.text.strip()[:200], "why": "；".join(why)})

    def _show(self, sentence: Sentence) -> None:
        before = "" if not self.sentences else "\n\n- " if len(self.sentences) == 1 else "\n- "
        piece = before + sentence.text + self._numbering.marks(sentence.refs)
        self.sentences.append(sentence)
        self.emit(piece)

    def emit(self, piece: str) -> None:
        """Hand a piece on. Raises ClientLeft where it is not taken."""
        if self.turn.emit is None:
            return
        try:
            self.turn.emit(piece)
        except Exception as error:
            raise ClientLeft from error
        self.shown += piece


def word(turn: Turn, house: House) -> Draft:
    """The draft in the model's words, or the composed one. Checked sentences are emitted as they come. A client that
    leaves ends the model's work; the turn is then completed with the composed draft."""
    composed = turn.draft
    if composed is None or house.model is None:
        raise ValueError("wording needs a composed draft and a model")
    wording = Wording(turn, house, composed)
    mode, instructions = house.model.settings.mode, system_prompt(house.model.settings.mode)
    form = schema(len(wording.found)) if mode == "json" else None
    exchange = None
    try:
        with house.model.ask(instructions, user_prompt(turn.question, wording.found), form) as exchange:
            wording.hear(exchange, instructions, house.model.settings.key)
    except ModelUnavailable as error:
        turn.log("model_failed", why=str(error))
        turn.notes.append(
            "语言模型没有答完，后面由条款直接整理。"
            if wording.sentences
            else "语言模型这次没有正常回答，以下由条款直接整理。"
        )
    except ClientLeft:
        turn.log("client_left")
        return composed
    finally:
        _log(turn, house.model, wording, exchange)
    if not wording.sentences:
        return composed
    draft = _joined(composed, wording.sentences, house.model.name)
    if turn.emit is None:
        return draft
    try:
        wording.emit(_whole(draft, turn, house).removeprefix(wording.shown))
        turn.log("streamed", sentences=len(wording.sentences))
    except ClientLeft:
        turn.log("client_left")
    return draft


def _log(turn: Turn, model: ChatModel, wording: Wording, exchange: Exchange | None) -> None:
    """What the model's work took and what came of it, for the trace; what the request taught is kept."""
    usage = asdict(exchange.usage) if exchange else {}
    if exchange:
        model.learn(exchange)
    turn.log("worded", model=model.name, kept=len(wording.sentences), dropped=wording.dropped, **usage)


def _whole(draft: Draft, turn: Turn, house: House) -> str:
    """The answer as it will be shown, so that what follows the model's sentences can be streamed too."""
    parts: list[Sentence | DraftRow] = [*draft.sentences, *draft.rows]
    refs = dict.fromkeys(r for part in parts for r in part.refs)
    evidence = {r: e for r in refs if (e := house.library.evidence(r, turn.as_of))}
    whole = replace(draft, sentences=list(draft.sentences), rows=list(draft.rows))
    ground(whole, evidence, house.library)
    return render(whole, evidence)[0]


def _joined(composed: Draft, spoken: list[Sentence], name: str) -> Draft:
    """The model's sentences in place of the composed conclusion and points; cautions, table and next steps stay.
    Clauses that the composed conclusion rests on and the model left out keep their composed sentence."""
    mentioned = {split_ref(r) for s in spoken for r in s.refs}
    kept = [s for s in composed.part("conclusion") if not any(split_ref(r) in mentioned for r in s.refs)]
    rest = [Sentence(s.text, s.refs, "point", s.own) for s in kept]
    tail = [s for s in composed.sentences if s.part in ("caution", "next")]
    return Draft(
        sentences=[*spoken, *rest, *tail], columns=composed.columns, rows=composed.rows, reason=composed.reason,
        notes=composed.notes, follow_ups=composed.follow_ups, model=name,
    )  # fmt: skip
