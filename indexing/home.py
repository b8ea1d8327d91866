"""Where the product keeps what it makes: index, imported originals, conversations. ``TIAOLI_HOME`` decides."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path


def home() -> Path:
    """The data folder, made when it is missing. Raises OSError when it cannot be written."""
    chosen = os.environ.get("TIAOLI_HOME")
    folder = Path(chosen) if chosen else user_data_path("tiaoli")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
