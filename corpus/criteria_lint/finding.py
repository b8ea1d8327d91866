"""What a careful reviewer would say of one place in a standard's file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong: the file, the place in it, what is wrong, and how to mend it.

    ``todo`` marks a gap that a template left on purpose: it has to be filled in, but nothing is wrong yet.
    """

    file: str
    where: str
    wrong: str
    mend: str
    todo: bool = False

    def __str__(self) -> str:
        return f"{self.file} {self.where}：{self.wrong}。{self.mend}。"
