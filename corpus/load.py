"""Read the corpus from its folders. Errors name the file, the place in it and what is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from corpus.models import Clause, Digest, Document, Gap, Relation, Topic, natural_key, split_ref

ROOT = Path(__file__).parent
T = TypeVar("T")
Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Loader(Base):  # type: ignore[misc]
    """YAML as people read it: only true and false are booleans (``on`` and ``no`` stay words, as in YAML 1.2)."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in rules if tag != "tag:yaml.org,2002:bool"]
    for first, rules in Base.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def _mapping(loader: Any, node: Any) -> dict[Any, Any]:
    """A mapping whose keys occur once; plain YAML would keep the last of two without a word."""
    seen: set[str] = set()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode):
            if key.value in seen:
                raise yaml.YAMLError(f"第 {key.start_mark.line + 1} 行的“{key.value}”在同一段里写了两次")
            seen.add(key.value)
    found: dict[Any, Any] = Base.construct_mapping(loader, node, deep=True)
    return found


Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
WORDS = {
    "missing": "缺这一项", "extra_forbidden": "没有这个名字的项", "string_type": "应当是文字", "list_type": "应当是列表",
    "dict_type": "应当是一组“名字: 内容”", "model_type": "应当是一组“名字: 内容”", "model_attributes_type": "应当是一组“名字: 内容”",
    "bool_type": "应当是 true 或 false", "bool_parsing": "应当是 true 或 false", "literal_error": "不是允许的写法",
    "string_pattern_mismatch": "写法不合规则", "date_from_datetime_parsing": "应当是 2026-04-01 这样的日期",
    "date_type": "应当是 2026-04-01 这样的日期", "date_parsing": "应当是 2026-04-01 这样的日期",
    "too_short": "太少", "int_parsing": "应当是整数", "int_type": "应当是整数",
}  # fmt: skip
"""What pydantic's kinds of error mean, in words for people."""


class CorpusError(Exception):
    """A file of the corpus cannot be used; the message says which, where and why."""


def read_yaml(path: Path, kind: Any) -> Any:
    """One YAML file as ``kind`` (a pydantic model or a list of one). Raises CorpusError with file and field."""
    try:
        data = yaml.load(path.read_text("utf-8"), Loader=Loader)
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:  # ValueError: no UTF-8, or no such date
        raise CorpusError(f"语料文件 {_name(path)} 读不了：{_one_line(error)}。请修好或恢复这个文件。") from error
    try:
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = "/".join(str(part) for part in first["loc"])
        what = WORDS.get(first["type"], first["msg"].removeprefix("Value error, "))
        given = "" if first["type"] == "missing" else f"（现在是 {_one_line(repr(first['input']))[:60]}）"
        raise CorpusError(f"语料文件 {_name(path)} 的 {where or '开头'} 不合规格：{what}{given}。") from error


def _name(path: Path) -> str:
    """The end of a path, enough to find the file by."""
    return "/".join(path.parts[-3:])


def _one_line(error: object) -> str:
    return " ".join(str(error).split())[:200]


@dataclass(frozen=True, eq=False)
class Corpus:
    """The whole of the knowledge: documents, their clauses, topics and gaps, each by id. One corpus equals only itself,
    so that what is derived from it can be kept."""

    documents: dict[str, Document]
    digests: dict[str, Digest]
    topics: dict[str, Topic]
    gaps: dict[str, Gap]

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        """Every clause by its reference ``document#eId``, in the documents' order."""
        return {
            f"{digest.document}#{clause.eid}": clause
            for digest in self.digests.values()
            for clause in sorted(digest.clauses, key=lambda c: _document_order(c.eid))
        }

    @cached_property
    def places_now(self) -> frozenset[str]:
        """Places of which documents are included that are not historical."""
        return frozenset(d.place for d in self.documents.values() if d.included and not d.historical)

    @cached_property
    def places_then(self) -> frozenset[str]:
        """Places whose included documents are all historical."""
        return frozenset(d.place for d in self.documents.values() if d.included and d.historical) - self.places_now

    @cached_property
    def relations_to(self) -> dict[str, list[tuple[Document, Relation]]]:
        """What other documents do to each document, by its id, in the catalogue's order."""
        found: dict[str, list[tuple[Document, Relation]]] = {}
        for other in self.documents.values():
            for relation in other.relations:
                found.setdefault(relation.target, []).append((other, relation))
        return found

    def document_of(self, ref: str) -> Document:
        """The catalogue entry of a reference. Raises KeyError when the document is unknown."""
        return self.documents[split_ref(ref)[0]]


def _document_order(eid: str) -> tuple[int, list[int | str]]:
    return (1 if eid.startswith("annex") else 0, natural_key(eid))


def load_corpus(root: Path = ROOT) -> Corpus:
    """Load everything under ``root``. Raises CorpusError on the first file that cannot be used."""
    documents: dict[str, Document] = {}
    for path in sorted((root / "catalogue").rglob("*.yaml")):
        document = read_yaml(path, Document)
        _new(documents, document.id, document, path)
    if not documents:
        raise CorpusError(f"{_name(root)} 里没有语料（catalogue 是空的）。请重新安装或取回完整的代码。")
    digests: dict[str, Digest] = {}
    for path in sorted((root / "digests").rglob("*.yaml")):
        digest = read_yaml(path, Digest)
        if digest.document not in documents:
            raise CorpusError(f"语料文件 {_name(path)} 写的是 {digest.document}，目录（catalogue）里没有这份文件。")
        earlier = digests.get(digest.document)  # a long document may be spread over several files
        clauses = [*(earlier.clauses if earlier else []), *digest.clauses]
        eids = [c.eid for c in clauses]
        if twice := next((eid for eid in eids if eids.count(eid) > 1), None):
            raise CorpusError(f"语料文件 {_name(path)} 里的条款 {digest.document}#{twice} 已经写过，每条只能写一次。")
        digests[digest.document] = Digest(document=digest.document, clauses=clauses)
    topics: dict[str, Topic] = {}
    for path in sorted((root / "topics").rglob("*.yaml")):
        for topic in read_yaml(path, list[Topic]):
            _new(topics, topic.id, topic, path)
    gaps: dict[str, Gap] = {}
    for path in sorted((root / "gaps").rglob("*.yaml")):
        for gap in read_yaml(path, list[Gap]):
            _new(gaps, gap.id, gap, path)
    return Corpus(documents, digests, topics, gaps)


@cache
def documents_with_text(root: Path = ROOT) -> frozenset[str]:
    """Ids of the documents whose clauses the corpus holds; of the others it knows the name and the effects only."""
    entries: list[Document] = [read_yaml(path, Document) for path in sorted((root / "catalogue").rglob("*.yaml"))]
    return frozenset(document.id for document in entries if document.included)


def _new(table: dict[str, T], key: str, value: T, path: Path) -> None:
    if key in table:
        raise CorpusError(f"语料文件 {_name(path)} 里的编号 {key} 已经用过，每个编号只能出现一次。")
    table[key] = value
