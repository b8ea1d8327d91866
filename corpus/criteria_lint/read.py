"""Read the files of standards one by one, so that what is wrong with one does not hide what is wrong with another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml
from pydantic import ValidationError

from corpus.criteria_lint.finding import Finding
from corpus.criteria_models import Criterion, Gate, Standard, complete, load_gates, standard_files
from corpus.facts_models import Dictionary, load_dictionary
from corpus.load import ROOT, WORDS, Corpus, CorpusError, Loader, load_corpus

TODO = re.compile(r"TODO[：:]?\s*(?P<what>.*)$")


@dataclass(frozen=True)
class Draft:
    """One standard as its file has it, made complete; ``gates`` tells which criteria come from a shared file."""

    file: str
    standard: Standard
    gates: dict[str, str] = field(default_factory=dict)

    def finding(self, criterion: Criterion | str, wrong: str, mend: str) -> Finding:
        """A finding on a criterion, or on another named part of the file."""
        name = criterion if isinstance(criterion, str) else criterion.id
        return Finding(self.gates.get(name, self.file), name, wrong, mend)


@dataclass(frozen=True)
class Shelf:
    """The standards to be looked at, and what they are looked at against."""

    drafts: list[Draft]
    dictionary: Dictionary
    corpus: Corpus

    @cached_property
    def all_standards(self) -> list[Standard]:
        """The standards, oldest first as far as their dates are known."""
        return sorted((draft.standard for draft in self.drafts), key=lambda s: str(s.in_force.from_ or ""))


def read_shelf(root: Path = ROOT, more: Sequence[Path] = ()) -> tuple[Shelf, list[Finding]]:
    """Every standard under ``root`` and the files in ``more``, with what keeps files from being read.

    Raises CorpusError where the facts, the gates or the documents themselves cannot be read.
    """
    gates = load_gates(root)
    homes = _homes(root)
    drafts: list[Draft] = []
    findings: list[Finding] = []
    inside = standard_files(root)
    known = {path.resolve() for path in inside}
    for path in (*inside, *(p for p in more if p.resolve() not in known)):
        draft, found = read_draft(path, gates, homes)
        findings += found
        drafts += [draft] if draft else []
    return Shelf(drafts, load_dictionary(root), load_corpus(root)), findings


def read_draft(path: Path, gates: dict[str, Gate], homes: dict[str, str]) -> tuple[Draft | None, list[Finding]]:
    """One file: its standard where it has the right shape, and every place where it has not (TODO lines too)."""
    file = name_of(path)
    try:
        text = path.read_text("utf-8")
        raw = yaml.load(text, Loader=Loader)
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        why = " ".join(str(error).split())[:200]
        return None, [Finding(file, "开头", f"读不了：{why}", "请改成 UTF-8 的 YAML")]
    findings = _todos(file, text)
    try:
        standard = Standard.model_validate(raw)
    except ValidationError as error:
        return None, findings + [_shape(file, one) for one in error.errors()]
    own = {criterion.id for criterion in standard.criteria}
    shared = {c.id: homes[name] for name in standard.include if name in gates for c in gates[name].criteria}
    try:
        standard = complete(standard, gates)
    except ValueError as error:
        return None, [*findings, Finding(file, "开头", str(error), "请改成已有的名字，或先补上")]
    return Draft(file, standard, {i: home for i, home in shared.items() if i not in own}), findings


def name_of(path: Path) -> str:
    """The end of a path, enough to find the file by: ``xjr/2026.yaml``."""
    return "/".join(path.parts[-2:])


def _homes(root: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((root / "criteria").glob("gate/*.yaml")):
        match = re.search(r"^id:\s*(\S+)", path.read_text("utf-8"), re.MULTILINE)
        if match is None:
            raise CorpusError(f"语料文件 {name_of(path)} 没有写 id，请补上。")
        found[match[1]] = name_of(path)
    return found


def _todos(file: str, text: str) -> list[Finding]:
    """The places that a template left open, by line."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        match = TODO.search(line)
        if match:
            what = match["what"].strip(" '\"。") or "这一处还没有填"
            found.append(Finding(file, f"第{number}行", f"待填：{what}", "填好后把 TODO 删掉", todo=True))
    return found


def _shape(file: str, error: object) -> Finding:
    assert isinstance(error, dict)
    where = "/".join(str(part) for part in error["loc"]) or "开头"
    what = WORDS.get(error["type"], str(error["msg"]).removeprefix("Value error, "))
    given = "" if error["type"] == "missing" else f"（现在是 {' '.join(repr(error['input']).split())[:60]}）"
    return Finding(file, where, f"{what}{given}", "请照同一文件夹里已有的标准改")
