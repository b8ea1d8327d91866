"""Do our digests and short answers say only what their clause says? Needs the originals; reports every figure that
the clause lacks. Run as a module to check the corpus against a folder of originals."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from corpus.load import Corpus, load_corpus
from corpus.support import unsupported
from indexing.clauses import OriginalClause
from indexing.originals.take import take


def originals_in(folder: Path, corpus: Corpus) -> dict[str, dict[str, OriginalClause]]:
    """Clauses of every document in the text files of ``folder`` that has digests: document id → eId → clause. A
    compendium is taken apart first, as an import does it."""
    found: dict[str, dict[str, OriginalClause]] = {}
    for path in sorted(folder.glob("*.txt")):
        for record in take(path, str(path), corpus).records:
            if record.id in corpus.digests:
                found[record.id] = {clause.eid: clause for clause in record.clauses}
    return found


def unfaithful(corpus: Corpus, originals: dict[str, dict[str, OriginalClause]]) -> list[str]:
    """One line per figure of a digest, an answer or a topic that its clauses' originals do not state."""
    problems: list[str] = []

    def source(ref: str) -> list[str]:
        document, _, eid = ref.partition("#")
        clause = originals.get(document, {}).get(eid)
        if clause is None:
            return []
        inside = [c.text for e, c in originals[document].items() if e.startswith(eid + "__")]
        if eid == "intro" and (signed := originals[document].get("signature")):  # whoever issues it, and when
            inside.append(signed.text)
        entry = corpus.documents[document]
        return [entry.title, entry.number or "", clause.text, clause.label, *clause.path, *inside]

    def check(text: str, refs: list[str], where: str) -> None:
        known = [r for r in refs if r.partition("#")[0] in originals]
        if len(known) < len(refs):
            return
        for q in unsupported(text, [s for r in refs for s in source(r)]):
            problems.append(f"{where}：“{q.text}”不在原文 {'、'.join(refs)} 里")

    for ref, clause in corpus.clauses.items():
        if ref.partition("#")[0] in originals and not source(ref):
            problems.append(f"{ref}：原文里没有这一条")
            continue
        check(clause.digest, [ref], f"{ref} 摘要")
        for qa in clause.questions:
            check(qa.answer, [ref], f"{ref} 短答")
    for topic in corpus.topics.values():
        for qa in topic.questions:
            check(qa.answer, topic.refs, f"专题 {topic.id} 短答")
        for point in (*topic.points, *topic.cautions, *topic.next_steps):
            check(point.text, point.refs, f"专题 {topic.id} 要点")
        for row in topic.table.rows if topic.table else []:
            check(" ".join(row.cells), row.refs, f"专题 {topic.id} 表格")
    for gap in corpus.gaps.values():
        for point in gap.nearest:
            check(point.text, point.refs, f"空白 {gap.id}")
    return problems


PART_OF_ITS_CLAUSE = re.compile(r"__(?:para|sub|mark|table|form)_\d+$")
"""What the digest of the clause around it covers."""


def missing_clauses(corpus: Corpus, originals: dict[str, dict[str, OriginalClause]]) -> list[str]:
    """Clauses of the originals without a digest (headings that only introduce their items aside)."""
    problems: list[str] = []
    for document, clauses in originals.items():
        if corpus.documents[document].historical:  # only what carries something has a digest
            continue
        own = [eid for eid in clauses if not PART_OF_ITS_CLAUSE.search(eid)]
        problems += [
            f"{document}#{eid}：没有摘要"
            for eid in own
            if f"{document}#{eid}" not in corpus.clauses
            and eid not in ("intro", "closing", "annexes", "signature")
            and not any(other.startswith(eid + "__") for other in own)
        ]
    return problems


if __name__ == "__main__":
    corpus = load_corpus()
    found = originals_in(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpus"), corpus)
    lines = [*unfaithful(corpus, found), *missing_clauses(corpus, found)]
    sys.stdout.write("\n".join([*lines, f"{len(lines)} 处"]) + "\n")
