"""The quiz: questions from rules and clauses, each with one right option and others that are certainly wrong.

A question keeps its recipe, never its answer alone: whoever grades it works the answer out again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from assistant.criteria.local import HOME
from assistant.errors import BadInput
from assistant.library import full_place
from assistant.workshop import quiz_clauses, quiz_rules, quiz_samples
from assistant.workshop.asked import Asked, Desk, Maker, NotAskable
from assistant.workshop.models import TOPICS, Key, Option, Question, Quiz, QuizQuestion, Recipe, Topic
from corpus.load import Corpus

LETTERS = "abcd"
LEAST_OPTIONS = 3
MOST_QUESTIONS = 50
VOID = "资料有了变化，这一题现在没有唯一的正确答案，不计分。"


def makers() -> dict[str, Maker]:
    """Every topic."""
    return {**quiz_rules.makers(), **quiz_samples.makers(), **quiz_clauses.makers()}


def make_quiz(
    corpus: Corpus,
    *,
    as_of: date,
    seed: int,
    number: int = 10,
    place: str | None = None,
    topics: Sequence[Topic] = (),
    level: int | None = None,
) -> Quiz:
    """``number`` questions in turn over the topics (none: all of them), the same ones for the same seed.

    ``level`` 1 to 3 or None for all. Raises BadInput for an unknown place or more questions than there may be.
    """
    if not 1 <= number <= MOST_QUESTIONS:
        raise BadInput(f"一次出1到{MOST_QUESTIONS}题。")
    desk, random = Desk(corpus, full_place(place or HOME), as_of), Random(f"quiz {seed}")
    streams = [_questions(topic, desk, random.randrange(10**9), level) for topic in (topics or TOPICS)]
    found: list[QuizQuestion] = []
    while streams and len(found) < number:
        for stream in list(streams):
            one = next(stream, None)
            if one is None:
                streams.remove(stream)
            elif len(found) < number and one.question.stem not in {other.question.stem for other in found}:
                found.append(one.model_copy(update={"number": len(found) + 1}))
    return Quiz(
        place=desk.place, as_of=as_of, seed=seed, level=level, questions=found, short_of=number - len(found)
    )  # fmt: skip


def _questions(topic: Topic, desk: Desk, seed: int, level: int | None) -> Iterator[QuizQuestion]:
    """The questions of one topic in an order drawn by the seed."""
    random, maker = Random(seed), makers()[topic]
    recipes = [recipe for recipe in maker.recipes(desk, seed) if level in (None, maker.level(recipe))]
    random.shuffle(recipes)
    for recipe in recipes:
        try:
            asked = maker.ask(desk, recipe)
        except NotAskable:
            continue
        if len(asked.others) + 1 >= LEAST_OPTIONS:
            yield _question(recipe, asked, maker.level(recipe), random)


def _question(recipe: Recipe, asked: Asked, level: int, random: Random) -> QuizQuestion:
    texts = [asked.right, *asked.others[: len(LETTERS) - 1]]
    random.shuffle(texts)
    options = [Option(id=letter, text=text) for letter, text in zip(LETTERS, texts, strict=False)]
    question = Question(
        topic=recipe.topic, topic_label=TOPICS[recipe.topic], level=level, stem=asked.stem, facts=asked.facts,
        options=options,
    )  # fmt: skip
    return QuizQuestion(number=1, question=question, recipe=recipe, key=_key(asked, options))


def key_of(question: Question, recipe: Recipe, corpus: Corpus) -> Key:
    """The answer, worked out from the rules and clauses as they are now. Where no single option is right any more, or
    another cannot be proven wrong, the key has no right option."""
    try:
        asked = makers()[recipe.topic].ask(Desk(corpus, recipe.place, recipe.as_of), recipe)
    except (NotAskable, BadInput):
        return Key(right="", answer="", clause="", citation="", explanation=VOID)
    return _key(asked, question.options)


def _key(asked: Asked, options: Sequence[Option]) -> Key:
    right = [option.id for option in options if option.text == asked.right]
    others = [option for option in options if option.text != asked.right]
    sure = len(right) == 1 and all(asked.wrong(option.text) for option in others)
    return Key(
        right=right[0] if sure else "", answer=asked.right if sure else "", clause=asked.clause, citation=asked.ref,
        explanation=asked.explanation if sure else VOID,
    )  # fmt: skip
