"""Finished pieces of a run, kept beside its output until the whole is done, so that a run that was cut off goes on.

The folder belongs to one input, one setting and one state of the rules: their fingerprint is written first, and where
it differs everything starts anew. A piece is written under another name and renamed, so that half a piece never counts.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from assistant.errors import BadInput
from corpus.load import ROOT

RULES = ("facts/*.yaml", "criteria/**/*.yaml", "derivations.yaml")
BLOCK = 2**20
CONTINUED = "接着上次没有做完的往下做：前 {done} 批已经做好。"
STARTED_ANEW = "上次没有做完的那次，输入文件、设置或规则与这次不同，从头开始。"


def fingerprint(source: Path, settings: dict[str, object]) -> str:
    """A digest of the input's content, the settings and the rules."""
    digest = hashlib.blake2b(digest_size=20)
    digest.update(json.dumps(settings, ensure_ascii=False, sort_keys=True, default=str).encode())
    for pattern in RULES:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    with source.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


class Workplace:
    """The folder of finished pieces for one output. ``note`` says whether an earlier run goes on or is dropped."""

    def __init__(self, target: Path, mark: str, *, resume: bool) -> None:
        self.folder = target.with_name(f".{target.name}.parts")
        self.note = ""
        stamp = self.folder / "fingerprint"
        try:
            if self.folder.exists():
                same = stamp.is_file() and stamp.read_text("utf-8") == mark
                if resume and same:
                    done = len(list(self.folder.glob("*.result.parquet")))
                    self.note = CONTINUED.format(done=done) if done else ""
                else:
                    self.note = STARTED_ANEW if resume else ""
                    shutil.rmtree(self.folder)
            self.folder.mkdir(parents=True, exist_ok=True)
            stamp.write_text(mark, "utf-8")
        except OSError as error:
            where = self.folder.parent
            raise BadInput(f"结果写不进 {where}：{error.strerror or error}。请检查路径、权限和磁盘空间。") from error

    def has(self, number: int) -> bool:
        """Whether a piece is finished."""
        return self._path(number, "result").is_file()

    def keep(self, number: int, result: pl.DataFrame, lines: pl.DataFrame) -> None:
        """A finished piece: its results and what is said of its cells."""
        for name, frame in (("lines", lines), ("result", result)):  # the results last: they mark it as finished
            path = self._path(number, name)
            part = path.with_suffix(".part")
            frame.write_parquet(part, compression="lz4")
            os.replace(part, path)

    def results(self) -> Iterator[pl.DataFrame]:
        """The results of every piece, in order."""
        return (pl.read_parquet(path) for path in sorted(self.folder.glob("*.result.parquet")))

    def lines(self) -> Iterator[pl.DataFrame]:
        """What is said of cells, piece by piece, in order."""
        return (pl.read_parquet(path) for path in sorted(self.folder.glob("*.lines.parquet")))

    def clear(self) -> None:
        """The whole is done."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, number: int, name: str) -> Path:
        return self.folder / f"{number:06d}.{name}.parquet"
