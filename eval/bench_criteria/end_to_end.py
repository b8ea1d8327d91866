"""Parquet to verdicts with reasons, in a process of its own: ``python -m eval.bench_criteria.end_to_end IN OUT``.

Prints one JSON object: the seconds from opening the file to the finished result, and the peak memory of the process.
"""

from __future__ import annotations

import json
import sys
import time

import polars as pl

from assistant.batch.screen import screen_frame
from eval.bench_criteria.rule import ROUND, TRACK, annex_1
from indexing.peak import peak_bytes


def main(source: str, target: str) -> None:
    """Screen one file as a stream: pieces are read, judged and written one after the other."""
    started = time.perf_counter()
    screen_frame(pl.scan_parquet(source), annex_1(), track=TRACK, round_year=ROUND).sink_parquet(target)
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "peak_bytes": peak_bytes()}))


if __name__ == "__main__":
    main(*sys.argv[1:3])
