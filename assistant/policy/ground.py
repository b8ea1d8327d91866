"""Does a sentence say only what its clauses say? Checked before anything is shown, composed or worded by a model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.policy.draft import Draft
from assistant.policy.evidence import Evidence, Library, folded
from assistant.policy.polarity import bounds_turned, turned
from corpus.support import document_numbers, unsupported, without_figures

BODY = re.compile(
    r"[\u4e00-\u9fff]{2,14}?(?:委员会|委|局|部|厅|办公厅|海关|协会|联合会|银行|服务云|法院|检察院|人民政府|服务中心|工作站)"
    r"(?![\u4e00-\u9fff]?(?:门|分|内))"
)
TITLE = re.compile(r"《([^《》]{2,60})》")
NO_BODY = re.compile(r"省部|全部|布局|委托|内部|外部|干部|部分|当局|局面|格局|总部")
NEGATION = re.compile(r"不得|不能|不可|不予|不准|禁止|不考[察查]|不需要|不用|无需|不要求|不包括|不算|不含|除外|免")
ANY_NEGATION = re.compile(r"[不未无非免禁]|除外|停止|取消|没")
VERDICT = re.compile(
    r"(?:您|你|贵)(?:们|的)?(?:公司|企业|单位|司|厂|家)?[^，。；！？]{0,16}"
    r"(?:符合|达标|满足|够条件|够格|有资格|没资格|可以申报|能申报|能报|可以报|能通过|已经通过|会通过|获批|批准)"
)
COVERED = 0.3
"""Share of a sentence's terms that its clauses have to contain; our own wordings paraphrase freely."""
COVERED_BY_MODEL = 0.45
"""The same for a model, which was handed the clauses: of sentences set against a wrong clause, 4 in 100 reach it."""


def faults(sentence: str, evidence: Sequence[Evidence], library: Library, *, by_model: bool = False) -> list[str]:
    """Why a sentence may not be shown, in words for the trace; empty when it is grounded.

    Figures in any spelling, document numbers, titles and bodies must occur in the cited clauses, most content words
    must be covered, and a prohibition needs a clause that denies something. A sentence ``by_model`` must also keep
    the polarity and the bounds of the clauses' parts that it resembles, and cover more of its words.
    """
    if not evidence:
        return ["没有引用条款"]
    texts = [e.text for e in evidence]
    together = folded("\n".join(texts))
    found = [f"数字“{q.text}”不在所引条款里" for q in unsupported(sentence, texts)]
    missing_numbers = document_numbers(sentence) - document_numbers("\n".join(texts))
    found += [f"文号〔{year}〕{n}号不在所引条款里" for year, n in sorted(missing_numbers)]
    found += [f"文件《{t}》不在所引条款里" for t in TITLE.findall(sentence) if folded(t) not in together]
    found += [f"机构“{b}”不在所引条款里" for b in _bodies(sentence) if not _body_known(b, together)]
    if _covered(sentence, "\n".join(texts), library) < (COVERED_BY_MODEL if by_model else COVERED):
        found.append("多数词语不在所引条款里")
    if NEGATION.search(sentence) and not ANY_NEGATION.search(together):
        found.append("所引条款没有这样的否定")
    if by_model and VERDICT.search(sentence):
        found.append("判断企业是否符合，不归语言模型")
    if by_model:
        found += [*turned(sentence, texts), *bounds_turned(sentence, texts)]
    return found


def _covered(sentence: str, text: str, library: Library) -> float:
    """Share of the terms that the clauses contain; figures are compared by value and may be spelled otherwise."""
    return max(library.overlap(sentence, text), library.overlap(without_figures(sentence), text))


def _bodies(sentence: str) -> list[str]:
    return [m[0] for m in BODY.finditer(NO_BODY.sub("　", TITLE.sub("", sentence)))]


def _body_known(body: str, together: str) -> bool:
    """A body is known when its name, or its last four characters and more, stands in the clauses: a greedy match
    takes words before the name along."""
    return any(body[start:] in together for start in range(0, max(1, len(body) - 2)))


def ground(draft: Draft, evidence: dict[str, Evidence], library: Library) -> list[str]:
    """Remove from ``draft`` what is not grounded and say what was removed. An answer without a conclusion left
    becomes ``lost_grounding``."""
    removed: list[str] = []
    kept = []
    for sentence in draft.sentences:
        cited = [evidence[r] for r in sentence.refs if r in evidence]
        why = [] if sentence.own else faults(sentence.text, cited, library)
        if why:
            removed.append(f"{sentence.text}（{'；'.join(why)}）")
        else:
            kept.append(replace(sentence, refs=tuple(r for r in sentence.refs if r in evidence)))
    rows = []
    for row in draft.rows:
        cited = [evidence[r] for r in row.refs if r in evidence]
        why = faults("，".join(row.cells), cited, library)
        (
            removed.append(f"{row.cells[0]}（{'；'.join(why)}）")
            if why
            else rows.append(replace(row, refs=tuple(e.ref for e in cited)))
        )
    draft.rows = rows
    draft.sentences = kept
    answered = draft.reason in ("answered", "answered_partly")
    if answered and not any(s.part in ("conclusion", "point") for s in kept):
        draft.reason = "lost_grounding"
    return removed
