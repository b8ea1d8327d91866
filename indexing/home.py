"""Where the product keeps what it makes: index, imported originals, conversations. ``TIAOLI_HOME`` decides."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

from indexing.errors import storage_error


def home() -> Path:
    """The data folder, made when it is missing. Raises StorageFull when it cannot be made."""
    chosen = os.environ.get("TIAOLI_HOME")
    return _made(Path(chosen) if chosen else user_data_path("tiaoli"))


def room(name: str) -> Path:
    """A folder inside the data folder, made when it is missing. Raises StorageFull when it cannot be made."""
    return _made(home() / name)


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, "数据文件夹") from error
    return folder
