"""The most memory that a process has held."""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak_bytes() -> int:
    """The most memory, in bytes, that this process ever held.

    Where there is a ``/proc`` its high-water mark is read: the counter of ``getrusage`` begins with that of the process which
    started this one.
    """
    if STATUS.exists() and (found := re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text())):
        return int(found[1]) * 1024
    return _in_bytes(resource.RUSAGE_SELF)


def peak_with_children() -> int:
    """The most memory, in bytes, that this process or one it started and waited for ever held."""
    return max(peak_bytes(), _in_bytes(resource.RUSAGE_CHILDREN))


def _in_bytes(who: int) -> int:
    return resource.getrusage(who).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
