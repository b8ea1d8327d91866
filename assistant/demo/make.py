"""Makes the demo state, step by step, through the same functions as the pages. What is there already is left alone, so
that a run that was cut off goes on where it stopped."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import exists, select
from sqlalchemy.exc import SQLAlchemyError

from assistant.accounts.accounts import Accounts
from assistant.conversation import DEFAULT_PLACE, Assistant
from assistant.demo.desk import make_call, make_curated, make_ticket
from assistant.demo.story import Company, Story, story
from assistant.errors import BadInput, StoreUnavailable
from assistant.store import Conversation
from assistant.workshop.quiz import make_quiz
from assistant.workshop.rooms import Rooms

if TYPE_CHECKING:
    from assistant.accounts.model import Account
    from assistant.house import House
    from assistant.store import Store

OTHERS = "这里已经有别的账号或对话，演示数据会和它们混在一起。请换一个空的数据目录（TIAOLI_HOME），或者加上 --add。"
NO_STORE = "对话数据库打不开，做不了演示数据。请检查 TIAOLI_HOME 或 TIAOLI_DATABASE。"
NO_ACCOUNTS = "演示账号少了，请重新运行 tiaoli demo。"
NO_INDEX = "资料索引用不了，做不了演示对话：{why}"
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
Tell = Callable[[str], None]


def enrol(house: House, *, add: bool = False) -> dict[str, str]:
    """Make the accounts of the demo state that are missing: name → password, which is not to be had again afterwards.

    Raises BadInput where the store holds something else (unless ``add``) or there is no index, StoreUnavailable.
    """
    store = _store(house)
    if house.searcher is None:
        raise BadInput(NO_INDEX.format(why=house.why))
    accounts, passwords = Accounts(store), {}
    if not add and not is_there(store) and not _empty(store):
        raise BadInput(OTHERS)
    for person in story().people.values():
        if accounts.find(person.name) is None:
            word = "-".join("".join(secrets.choice(SIGNS) for _ in range(5)) for _ in range(3))
            accounts.create(person.name, list(person.roles), word)
            passwords[person.name] = word
    return passwords


def fill(house: House, tell: Tell = lambda _: None) -> None:
    """Make what is missing of everything else. ``tell`` gets a line for every step that changed something; none when all
    of it was there. Raises BadInput before ``enrol``, AssistantError."""
    plan, store = story(), _store(house)
    found = {part: Accounts(store).find(person.name) for part, person in plan.people.items()}
    people = {str(part): account for part, account in found.items() if account is not None}
    if len(people) < len(found):
        raise BadInput(NO_ACCOUNTS)
    assistant = Assistant(house)
    for company in plan.companies:
        thread = thread_of(company.company, people["admin"])
        _converse(assistant, store, company, thread, tell)
        if company.ticket is not None:
            made = make_ticket(house, store, thread, company.ticket, people["specialist"])
            _told(tell, made, f"工单：{company.company}（虚构）")
        if company.curated:
            made = make_curated(house, store, thread, company.curated, people["specialist"], people["reviewer"])
            _told(tell, made, f"整理好的回答：{company.curated[0]}")
    name = thread_of(plan.call.company, people["admin"])
    _told(tell, make_call(house, store, name, plan.call, people["specialist"]), f"通话记录：{plan.call.company}")
    _told(tell, _room(house, store, plan, people["trainer"]), f"测验房间：{plan.room.title}")


def is_there(store: Store) -> bool:
    """Whether the demo state was begun here: its first account is there."""
    return Accounts(store).find(story().people["specialist"].name) is not None


def thread_of(company: str, admin: Account) -> str:
    """The id of a company's conversation: the same at every run over a store, not to be guessed from outside."""
    return f"demo-{hashlib.sha256(f'{admin.id} {company}'.encode()).hexdigest()[:32]}"


def _store(house: House) -> Store:
    if house.store is None:
        raise StoreUnavailable(NO_STORE)
    return house.store


def _told(tell: Tell, made: bool, words: str) -> None:
    if made:
        tell(words)


def _empty(store: Store) -> bool:
    """Whether nobody has an account here and nobody has asked anything."""
    try:
        with store.sessions() as session:
            asked = session.scalar(select(exists().where(Conversation.id.is_not(None))))
    except SQLAlchemyError as error:
        raise StoreUnavailable.because(error) from error
    return not asked and not Accounts(store).everyone()


def _converse(assistant: Assistant, store: Store, company: Company, thread: str, tell: Tell) -> None:
    """Ask what was not asked yet; then say which answer was good."""
    asked = {message for _, message in store.messages(thread).values()}
    left = company.messages[sum(message in asked for message in company.messages) :]
    for message in left:
        assistant.ask(message, thread=thread, place=DEFAULT_PLACE)
    _told(tell, bool(left), f"对话：{company.company}（虚构），{company.about}")
    if left and company.liked is not None:
        store.feedback(store.turns(thread)[company.liked - 1].id, "up", "")


def _room(house: House, store: Store, plan: Story, trainer: Account) -> bool:
    """A room that has ended, in which everybody answered everything, not all of it rightly; True where it was made."""
    rooms, wanted = Rooms(store), plan.room
    if any(room.title == wanted.title and room.state == "ended" for room in rooms.list(trainer.id)):
        return False
    for room in rooms.list(trainer.id):  # one that was cut off
        if room.title == wanted.title:
            rooms.delete(room.code, trainer.id)
    quiz = make_quiz(house.corpus, as_of=house.today(), seed=wanted.seed, number=wanted.questions)
    code = rooms.create(trainer.id, wanted.title, quiz.questions)
    tokens = [rooms.join(code, name)[0] for name in wanted.participants]
    for question in quiz.questions:
        rooms.step(code, trainer.id, "open", question.number, house.corpus)
        wrong = [option.id for option in question.question.options if option.id != question.key.right]
        for n, token in enumerate(tokens):
            misses = (n + question.number) % (n + 2) == 0
            rooms.answer(code, token, question.number, wrong[n % len(wrong)] if misses else question.key.right)
        rooms.step(code, trainer.id, "close", question.number, house.corpus)
    rooms.step(code, trainer.id, "end", quiz.questions[-1].number, house.corpus)
    return True
