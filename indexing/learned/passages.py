"""What the place of a text says about it: which work it belongs to, where it stands there, how often others cite it.

A work is all texts of one title (a law, a guide); texts without a title are works of their own. Inside a work the texts
keep their order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexing.learned.counts import Floats, Ints

SENTENCE = re.compile(r"[。；;\n]")
CITED = re.compile(r"《([^》]{2,60})》((?:第[一二三四五六七八九十百千零]+条[、和及或至]?)*)")
ITSELF = re.compile(r"本(?:法|条例|规定|解释|办法|规则|细则)((?:第[一二三四五六七八九十百千零]+条[、和及或至]?)+)")
ARTICLE = re.compile(r"第[一二三四五六七八九十百千零]+条")
NUMBERED = re.compile(r"第[一二三四五六七八九十百千零]+条$")
COUNTRY = "中华人民共和国"
KINDS = ("法", "法典", "条例", "解释", "规定", "办法", "细则", "规则", "通知", "指南")
"""What a title may end with, a bracket after it aside."""
PROVISIONAL = ("试行", "暂行")
BRACKET = re.compile(r"[（(][^（）()]*[）)]$")


@dataclass(frozen=True)
class Passages:
    """Texts, grouped by work. ``ids`` may end with the number of an article (第三条), which citations then reach."""

    ids: list[str]
    titles: list[str]
    texts: list[str]

    @classmethod
    def grouped(cls, ids: Sequence[str], titles: Sequence[str], texts: Sequence[str]) -> tuple[Passages, Ints]:
        """The texts with those of a work side by side, and for each its position in what was given."""
        first: dict[str, int] = {}
        work = [first.setdefault(title or f"\0{n}", n) for n, title in enumerate(titles)]
        order = np.argsort(np.array(work), kind="stable")
        return cls([ids[n] for n in order], [titles[n] for n in order], [texts[n] for n in order]), order

    @cached_property
    def starts(self) -> Ints:
        """Where each work begins."""
        same = [bool(b) and a == b for a, b in zip(self.titles, self.titles[1:], strict=False)]
        return np.flatnonzero([True, *(not s for s in same)])

    @cached_property
    def work(self) -> Ints:
        """The number of each text's work."""
        return np.repeat(np.arange(len(self.starts)), self.sizes)

    @cached_property
    def sizes(self) -> Ints:
        """How many texts each work has."""
        return np.diff(np.append(self.starts, len(self.texts)))

    @property
    def names(self) -> list[str]:
        """The title of each work."""
        return [self.titles[n] for n in self.starts]

    @cached_property
    def citations(self) -> tuple[Floats, Floats]:
        """How many texts of others cite each work; how many texts cite each text by its article."""
        works, texts = np.zeros(len(self.starts), np.float32), np.zeros(len(self.texts), np.float32)
        named = {name.replace(COUNTRY, ""): n for n, name in enumerate(self.names)}
        numbered = {(int(w), m[0]): n for n, w in enumerate(self.work) if (m := NUMBERED.search(self.ids[n]))}
        for own, text in zip(self.work, self.texts, strict=True):
            cited = [(named.get(m[1].replace(COUNTRY, "")), m[2]) for m in CITED.finditer(text)]
            for other in {w for w, _ in cited if w is not None and w != own}:
                works[other] += 1
            cited += [(int(own), m[1]) for m in ITSELF.finditer(text)]
            reached = {(w, a) for w, articles in cited if w is not None for a in ARTICLE.findall(articles)}
            for key in reached & numbered.keys():
                texts[numbered[key]] += 1
        return works, texts

    @cached_property
    def sentences(self) -> tuple[list[str], Ints]:
        """Every sentence, and where those of each text begin; each text has at least one."""
        found: list[str] = []
        begin = []
        for text in self.texts:
            begin.append(len(found))
            found.extend([part for part in SENTENCE.split(text) if len(part) > 3] or [text])
        return found, np.array(begin, np.int64)

    def of_works(self) -> dict[str, Floats]:
        """What a work is like, one value a work."""
        names = [BRACKET.sub("", name) for name in self.names]
        found = {
            "work_size": np.log1p(self.sizes).astype(np.float32),
            "work_cited": np.log1p(self.citations[0]),
            "work_full_name": np.array([name.startswith(COUNTRY) for name in names], np.float32),
            "work_name_length": np.log1p(np.array([len(name) for name in names], np.float32)),
            "work_court": np.array(["人民法院" in name for name in names], np.float32),
            "work_provisional": np.array([any(p in name for p in PROVISIONAL) for name in self.names], np.float32),
        }
        for n, kind in enumerate(KINDS):
            found[f"work_kind_{n}"] = np.array([name.endswith(kind) for name in names], np.float32)
        return found

    def of_texts(self) -> dict[str, Floats]:
        """What a text is like by its place, one value a text."""
        place = np.arange(len(self.texts)) - self.starts[self.work]
        return {
            "cited": np.log1p(self.citations[1]),
            "place": np.log1p(place).astype(np.float32),
            "place_share": (place / self.sizes[self.work]).astype(np.float32),
        }
