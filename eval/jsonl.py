"""Questions from JSONL, one object a line, as people exchange them: facts in free words, clauses by their labels.

Policy questions: ``persona``, ``question`` (or ``turns``), ``region``, ``type``, ``gold`` (``file``, ``doc``,
``clause``), ``answer_facts``, ``must_not``. Pre-checks: ``level``, ``apply_type``, ``question``,
``expected_verdict``, ``failing``, ``missing``, ``as_of``. What is written so freely that no rule can judge it is left
out, never guessed.
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from cn2an import cn2an
from pydantic import ValidationError

from corpus.load import Corpus, load_corpus
from corpus.places import COUNTRY, resolve
from corpus.support import document_numbers
from eval.questions_model import JUDGED_ON, Gold, QuestionsError

PERSONAS = {"企业主": "owner", "服务专员": "specialist", "培训讲师": "trainer"}
TITLES = ("小巨人", "专精特新", "创新型", "科技型")
TRACKS = {"首次": "first", "复核": "review"}
STATUSES = {"abstain": "not_found", "adversarial": "declined"}
ROUND = re.compile(r"^第(\d+)轮[:：]")
NUMBER = re.compile(r"(\d+)")
ARTICLE = re.compile(r"^第([一二三四五六七八九十百]+)条")
ITEM = re.compile(r"^([一二三四五六七八九十]+)(?:[（(]|$)")
SIDE_NOTE = re.compile(r"[（(][^（）()]*[）)]")


def load_jsonl(paths: Iterable[Path]) -> list[Gold]:
    """The questions of these files. Raises QuestionsError with file and line for what cannot be used."""
    corpus = load_corpus()
    questions = []
    for path in paths:
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise QuestionsError(f"题目文件 {path.name} 读不了，请检查路径，并存成 UTF-8 文本。") from error
        for number, line in enumerate(lines, 1):
            if line.strip():
                questions.append(_question(line, path, number, corpus))
    if not questions:
        raise QuestionsError("给的 JSONL 文件里没有题目。")
    return questions


def _question(line: str, path: Path, number: int, corpus: Corpus) -> Gold:
    where = f"题目文件 {path.name} 第 {number} 行"
    try:
        record = json.loads(line)
        written = _precheck(record) if "expected_verdict" in record else _policy(record, corpus)
        return Gold.model_validate({**written, "set": path.stem, "id": _id(record)})
    except json.JSONDecodeError as error:
        raise QuestionsError(f"{where}不是 JSON：{error.msg}。") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise QuestionsError(f"{where}缺了要有的一项，或写法不对：{error}。") from error
    except ValidationError as error:
        raise QuestionsError(f"{where}不合规格：{error.errors()[0]['msg'].removeprefix('Value error, ')}。") from error


def _id(record: dict[str, Any]) -> str:
    letters = re.sub(r"[^a-z]", "", str(record["id"]).lower()) or "q"
    digits = NUMBER.search(str(record["id"]))
    return f"{letters}-{digits[1] if digits else 0}"


def _policy(record: dict[str, Any], corpus: Corpus) -> dict[str, Any]:
    kind = str(record.get("type", ""))
    region = str(record.get("region") or COUNTRY)
    written: dict[str, Any] = {
        "persona": PERSONAS.get(record.get("persona", ""), "owner"),
        "place": None if region == COUNTRY else resolve(region) or region,
        "turns": record.get("turns") or [record["question"]],
        "kind": kind,
        "status": STATUSES.get(kind, "answered"),
        "forbidden": [said for said in record.get("must_not", []) if not SIDE_NOTE.search(said)],
    }
    if written["status"] == "answered":
        written["words"] = list(_last_turn(record.get("answer_facts", []), len(written["turns"])))
        written["gold"] = [refs for gold in record.get("gold", []) if (refs := _refs(gold, corpus))]
    return written


def _last_turn(facts: Iterable[str], turns: int) -> Iterator[str]:
    """The facts of the last turn, on which an answer is judged: those marked for an earlier one are left out."""
    for fact in facts:
        marked = ROUND.match(fact)
        if marked is None or int(marked[1]) == turns:
            yield fact[marked.end() if marked else 0 :]


def _refs(gold: dict[str, Any], corpus: Corpus) -> list[str]:
    """The clauses that a label means: in the document of that number or title, by label, or the article it begins with.

    Empty where the collection has no such document: the question is then judged without clauses.
    """
    named = str(gold.get("doc", ""))
    numbers = document_numbers(named)
    documents = [
        d.id for d in corpus.documents.values()
        if d.included and (
            (d.number and numbers & document_numbers(d.number)) or d.title in named or d.short_title in named
            or _same_title(named, d.title)
        )
    ]  # fmt: skip
    label = _bare(str(gold["clause"]))
    inside = [(ref, _bare(clause.label)) for ref, clause in corpus.clauses.items() if ref.split("#")[0] in documents]
    exact = [ref for ref, own in inside if own == label]
    return exact or [ref for ref, own in inside if own and label.startswith(own)]


def _same_title(named: str, title: str) -> bool:
    """A title with a year or a number beside it."""
    return bool(named) and _bare(SIDE_NOTE.sub("", named)) == _bare(title)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _precheck(record: dict[str, Any]) -> dict[str, Any]:
    level = str(record.get("level", ""))
    written: dict[str, Any] = {
        "persona": PERSONAS.get(record.get("persona", ""), "owner"),
        "turns": record.get("turns") or [record["question"]],
        "kind": "资格预检",
        "as_of": _day(str(record.get("as_of") or "")),
    }
    if record["expected_verdict"] == "qa_only":
        return written | {"route": "policy", "kind": "路由"}
    return written | {
        "verdict": record["expected_verdict"],
        "title": next((title for title in TITLES if title in _core(level)), None),
        "track": TRACKS.get(record.get("apply_type", "")),
        "failing": [name for said in record.get("failing", []) if (name := _criterion(said))],
        "missing": [name for said in record.get("missing", []) if (name := _criterion(said))],
    }


def _core(level: str) -> str:
    return level if "小巨人" not in level else "小巨人"


def _criterion(said: str) -> str | None:
    """``四（…）`` is item 4 of the standard's annex, ``第二十条`` article 20; anything else names no criterion."""
    if match := ARTICLE.match(said):
        return f"art_{int(cn2an(match[1], 'smart'))}"
    if match := ITEM.match(said):
        return f"item_{int(cn2an(match[1], 'smart'))}"
    return None


def _day(said: str) -> date:
    """A day as written; of a month alone, the questions' own day where it lies in it, else the last."""
    parts = [int(n) for n in said.split("-") if n.isdigit()]
    if len(parts) == 3:
        return date(*parts)
    if len(parts) != 2 or tuple(parts) == (JUDGED_ON.year, JUDGED_ON.month):
        return JUDGED_ON
    return date(parts[0], parts[1], calendar.monthrange(parts[0], parts[1])[1])
