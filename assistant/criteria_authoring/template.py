"""A new standard's file from a few answers: commented, and clean for the linter but for the places still to fill in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from assistant.errors import BadInput
from corpus.criteria_lint import Shelf, read_shelf
from corpus.criteria_models import Standard
from corpus.load import ROOT

TEMPLATE = Path(__file__).with_name("standard.yaml.template")


@dataclass(frozen=True)
class Answers:
    """What a new version needs to be told: title (any of its names), document, first day in force, and, where they do
    not follow from an earlier version of the title, the folder and the fact that says that the title is held."""

    title: str
    document: str
    start: date
    version: str = ""
    name: str = ""
    folder: str = ""
    held: str = ""


def new_standard(answers: Answers, root: Path = ROOT) -> Path:
    """Write ``criteria/<folder>/<version>.yaml`` under ``root`` and return its path.

    Raises BadInput for a title or document that is not known, for what cannot be told from earlier versions, and where
    the file is already there.
    """
    shelf, _ = read_shelf(root)
    earlier = _earlier(answers, shelf)
    document = shelf.corpus.documents.get(answers.document)
    if document is None:
        raise BadInput(f"目录里没有编号为“{answers.document}”的文件。请先在 corpus/catalogue 里写上它，再建标准。")
    held = answers.held or earlier.held
    if held not in shelf.dictionary:
        raise BadInput(f"没有叫“{held}”的事实。--held 要写持有这个称号的事实，例如 {earlier.held}。")
    folder = answers.folder or _folder(earlier, shelf)
    version = answers.version or str(answers.start.year)
    if not folder.isidentifier() or not version.replace("-", "").isalnum():
        raise BadInput("文件夹和版本只能用字母、数字和连字符，例如 --folder xjr --version 2027。")
    path = root / "criteria" / folder / f"{version}.yaml"
    first = next((c for ref, c in shelf.corpus.clauses.items() if ref.startswith(f"{answers.document}#")), None)
    text = Template(TEMPLATE.read_text("utf-8")).substitute(
        id=f"{folder}-{version}", title=earlier.title, names=f"[{', '.join(earlier.names)}]", held=held,
        name=answers.name or f"{earlier.title}认定标准（{document.number or document.title}）",
        document=answers.document, start=answers.start.isoformat(), round=answers.start.year,
        clause=first.label if first else "待填", eid=first.eid if first else "art_1",
    )  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise BadInput(f"{folder}/{version}.yaml 已经有了，没有改动它。请用 --version 换一个版本名。") from error
    return path


def _earlier(answers: Answers, shelf: Shelf) -> Standard:
    """The newest version of the title, whose names and facts the new one takes over."""
    found = [s for s in shelf.all_standards if answers.title in (s.title, s.id, *s.names)]
    if not found:
        known = "、".join(dict.fromkeys(s.title for s in shelf.all_standards))
        raise BadInput(f"没有叫“{answers.title}”的称号。现在有的是：{known}。")
    return found[-1]


def _folder(earlier: Standard, shelf: Shelf) -> str:
    return next(draft.file.partition("/")[0] for draft in shelf.drafts if draft.standard.id == earlier.id)
