"""The learned reranking stage: a small network over the features of ``features`` and a prior of titles, in numpy.

Which works lay people's questions are about (a code rather than a provisional measure of a ministry) is learned as one
weight for each bigram of a title, so that it carries over to other collections whose titles are made of the same words.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from indexing.errors import IndexBroken
from indexing.learned.counts import Floats, terms
from indexing.learned.features import Pool

SHIPPED = Path(__file__).with_name("data") / "rank.npz"
SPREAD = (
    "bm25", "coverage_", "neighbour_", "sentence", "density", "title", "work_best", "work_together", "work_dense",
    "in_work", "dense",
)  # fmt: skip
"""Features, by the beginning of their names, that also count by how far they stand out among a query's candidates."""
LIMIT = 5.0
TINY = 1e-6


@dataclass(frozen=True)
class RankModel:
    """Weights of one or several networks, whose scores are averaged. ``layers``: matrix and bias in turn."""

    names: list[str]
    mean: Floats
    deviation: Floats
    networks: list[list[Floats]]
    title_terms: list[str]
    title_weights: Floats

    def score(self, pool: Pool, prior: Floats) -> Floats:
        """One score a candidate. ``prior``: that of each candidate's title, see ``title_prior``.

        Raises IndexBroken when the model was trained on other features.
        """
        if pool.names != self.names:
            raise IndexBroken("重排模型和这个版本的特征对不上。请用 tiaoli model train 重新训练，或重新安装 tiaoli。")
        values = ((inputs(pool) - self.mean) / self.deviation).clip(-LIMIT, LIMIT)
        return self.forward(values) + prior

    def forward(self, values: Floats) -> Floats:
        """The networks' mean score of inputs that are scaled already."""
        return np.asarray(np.mean([_forward(network, values) for network in self.networks], axis=0), np.float32)

    def title_prior(self, titles: Sequence[str]) -> Floats:
        """The prior of every title."""
        weight = dict(zip(self.title_terms, self.title_weights.tolist(), strict=True))
        return np.array([_scaled([weight.get(t, 0.0) for t in title_terms(title)]) for title in titles], np.float32)

    def save(self, path: Path) -> None:
        """Write the weights as one ``.npz`` file."""
        layers: dict[str, Any] = {
            f"network_{n}_{k}": layer for n, net in enumerate(self.networks) for k, layer in enumerate(net)
        }
        np.savez_compressed(
            path, names=np.array(self.names), mean=self.mean, deviation=self.deviation,
            title_terms=np.array(self.title_terms), title_weights=self.title_weights.astype(np.float16), **layers,
        )  # fmt: skip

    @classmethod
    def load(cls, path: Path = SHIPPED) -> RankModel:
        """Read what ``save`` wrote; the shipped model unless a file is named. Raises IndexBroken when it is damaged."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
                layers = [key.split("_")[1:] for key in data.files if key.startswith("network_")]
                networks: list[list[Floats]] = [[] for _ in {n for n, _ in layers}]
                for n, k in sorted((int(n), int(k)) for n, k in layers):
                    networks[n].append(data[f"network_{n}_{k}"])
                return cls(
                    [str(n) for n in data["names"]], data["mean"], data["deviation"], networks,
                    [str(t) for t in data["title_terms"]], data["title_weights"].astype(np.float32),
                )  # fmt: skip
        except (OSError, ValueError, KeyError, IndexError, EOFError, BadZipFile, zlib.error) as error:
            raise IndexBroken(
                f"重排模型 {path.name} 读不出来。请重新安装 tiaoli，或用 tiaoli model train 训练。"
            ) from error


def inputs(pool: Pool) -> NDArray[np.float32]:
    """The network's inputs before scaling: every feature, then those of ``SPREAD`` in deviations from the mean."""
    chosen = pool.features[:, :, [n for n, name in enumerate(pool.names) if name.startswith(SPREAD)]]
    spread = (chosen - chosen.mean(1, keepdims=True)) / (chosen.std(1, keepdims=True) + TINY)
    return np.concatenate([pool.features, spread], axis=-1).astype(np.float32)


def title_terms(title: str) -> list[str]:
    """The bigrams of a title, each once, in order; words and numbers whole."""
    return list(dict.fromkeys(term for term in terms(title) if len(term) == 2 or not "\u3400" <= term[0] <= "\u9fff"))


def _scaled(weights: Sequence[float]) -> float:
    return sum(weights) / np.sqrt(len(weights)) if weights else 0.0


def _forward(network: Sequence[Floats], values: Floats) -> Floats:
    for n in range(0, len(network), 2):
        values = values @ network[n] + network[n + 1]
        if n + 2 < len(network):
            values = np.maximum(values, 0)
    return values[..., 0]
