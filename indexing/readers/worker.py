"""The process that reads one file: ``python -m indexing.readers.worker MEMORY SECONDS JOB PATH ARGS…``.

Each line of its output is a message (JSON); the last one is ``{"done": true}`` or ``{"error": sentence}``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from indexing.errors import DocumentError
from indexing.readers.sandbox import limit, say

THREADS = 2
SPARE = 5

Job = Callable[..., Iterator[dict[str, Any]]]


def job(name: str) -> Job:
    """The reader of this name. Each is imported only when it is asked for."""
    if name == "pdf":
        from indexing.readers.pdf_pages import pages

        return pages
    if name == "ocr":
        from indexing.readers.ocr import pages as recognised

        return recognised
    if name == "docx":
        from indexing.readers.docx import lines

        return lines
    if name == "html":
        from indexing.readers.html import lines as html_lines

        return html_lines
    if name == "picture":
        from indexing.pictures import pages as pictures

        return pictures
    from indexing.readers.markdown import lines as markdown_lines

    return markdown_lines


def main() -> None:
    """Read, and say what was read."""
    memory, seconds, name, path, *args = sys.argv[1:]
    # The clock of the one who waits ends first; this one is for a reader that nobody waits for any more.
    pages = len(args[0].split(",")) if name == "ocr" else 1
    limit(int(memory), int(seconds) * pages * THREADS + SPARE)
    try:
        for message in job(name)(Path(path), *args):
            say(message)
        say({"done": True})
    except DocumentError as error:
        say({"error": str(error).strip()})
    except MemoryError:
        say({"error": f"读起来要用的内存超过 {int(memory) / 2**30:.0f} GB，没有导入。请拆小后再试。"})
    except RecursionError:
        say({"error": "里面的结构套得太深，没有导入。请用原来的软件打开另存一份再试。"})
    except Exception as error:  # parsers of damaged files raise whatever they like; the sentence is for the person
        say({"error": f"读不下去（{type(error).__name__}），文件可能损坏，没有导入。请用原来的软件打开另存一份再试。"})


if __name__ == "__main__":
    main()
