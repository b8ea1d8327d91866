"""Files are read in a process of its own, with a limit on its memory and a limit on its time.

A file from anywhere may be broken or built to break its reader: it then costs this process, and nothing else.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import indexing
from indexing.errors import DocumentError

SECONDS = 60
MEMORY = 2 * 2**30
SMALL_MEMORY = 2**30
MODULE = "indexing.readers.worker"


def messages(
    job: str, path: Path, *args: str, seconds: float = SECONDS, memory: int = MEMORY, each: bool = False
) -> Iterator[dict[str, Any]]:
    """What the reader ``job`` says about the file, message by message.

    ``seconds`` is the time for all of it, with ``each`` the time for each message. ``memory`` is in bytes. Raises
    DocumentError where the file cannot be read within these limits.
    """
    command = [sys.executable, "-X", "utf8", "-m", MODULE, str(memory), str(int(seconds)), job, str(path), *args]
    # The file may be anything: what its reader prints for people is not for ours.
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment())
    try:
        yield from _answers(process, path, seconds, each)
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _environment() -> dict[str, str]:
    """The child finds our package where we found it; few threads and arenas, since each reserves memory."""
    home = str(Path(indexing.__path__[0]).parent)
    known = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([home, known] if known else [home])
    return {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"}


def _answers(process: subprocess.Popen[bytes], path: Path, seconds: float, each: bool) -> Iterator[dict[str, Any]]:
    lines: queue.Queue[bytes] = queue.Queue()
    assert process.stdout is not None
    threading.Thread(target=_pump, args=(process.stdout, lines), daemon=True).start()
    clock = _Clock(seconds, each)
    while True:
        try:
            line = lines.get(timeout=clock.left())
        except queue.Empty:
            raise DocumentError(
                f"{path.name} 在 {seconds:.0f} 秒内没有读完，没有导入。请检查文件是否损坏，或拆小后再试。"
            ) from None
        if not line:
            raise DocumentError(f"{path.name} {_ending(process.wait())}")
        message = json.loads(line)
        if "error" in message:
            raise DocumentError(f"{path.name} {message['error']}")
        if "done" in message:
            return
        yield message


def _pump(source: IO[bytes], lines: queue.Queue[bytes]) -> None:
    try:
        for line in source:
            lines.put(line)
    except (OSError, ValueError):  # closed because the reading was given up
        pass
    lines.put(b"")


class _Clock:
    """How long to wait for the next message."""

    def __init__(self, seconds: float, each: bool) -> None:
        self.seconds, self.each = seconds, each
        self.end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds, a hundredth at least."""
        return self.seconds if self.each else max(self.end - time.monotonic(), 0.01)


def _ending(code: int) -> str:
    if code in (-signal.SIGKILL, -getattr(signal, "SIGXCPU", signal.SIGKILL)):
        return "读的时候用尽了允许的时间或内存，没有导入。请检查文件是否损坏，或拆小后再试。"
    return "读的时候程序异常退出，文件可能损坏，没有导入。请用原来的软件打开另存一份再试。"


def limit(memory: int, seconds: int) -> None:
    """Set the limits of the process that calls (where the system knows them)."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def say(message: dict[str, Any]) -> None:
    """One message to whoever started this process."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()
