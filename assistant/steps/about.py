"""The flow for courtesies and for questions about the assistant itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.policy.draft import Draft, Sentence

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from assistant.house import House

LEFT = "好的，先放下。说过的情况都还记着，想接着做的时候说“继续预检”。"


def about(turn: Turn, house: House) -> None:
    """What the assistant does, from which documents, and where its limits are; a courtesy is returned in one
    sentence."""
    if turn.act is not None and turn.act.kind in ("courtesy", "leave"):
        sentence = turn.act.sentence or LEFT
        turn.draft = Draft(sentences=[Sentence(sentence, (), "conclusion", own=True)])
        return
    documents = [d for d in house.corpus.documents.values() if d.included]
    names = "；".join(f"《{d.title}》" + (f"（{d.number}）" if d.number else "") for d in documents)
    lines: list[tuple[str, str]] = [
        ("我是条理，帮您查优质中小企业政策、按标准做预检，每句话都带着条款。", "conclusion"),
        ("可以问：专精特新和小巨人的条件、申报流程、奖补金额、每年更新和到期复核、更名迁移怎么报。", "point"),
        ("也可以把营收、研发、负债率、知识产权等情况告诉我，我逐条对标准，说明还差什么。", "point"),
        (f"目前收录：{names}。", "point"),
        ("结论是预检，不代替主管部门的认定；文件里没有的，我会直说没有。", "caution"),
    ]
    sentences = [Sentence(text, (), part, own=True) for text, part in lines]  # type: ignore[arg-type]
    asks = ["专精特新现在要满足什么条件？", "上海对专精特新有哪些奖补？", "去年营收3000万，研发占4%，能报专精特新吗？"]
    turn.draft = Draft(sentences=sentences, follow_ups=asks)
