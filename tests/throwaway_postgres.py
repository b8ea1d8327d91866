"""A throw-away PostgreSQL cluster for tests, where a server is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

BINARIES = [Path("/usr/lib/postgresql")]


def postgres_binaries() -> Path | None:
    """The folder of initdb and pg_ctl."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(p for base in BINARIES if base.is_dir() for p in base.glob("*/bin") if (p / "initdb").exists())
    return versions[-1] if versions else None


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a throw-away cluster, reached over a socket in its own folder. The server refuses to run as root,
    so it runs as the user postgres where these tests run as root. Skips the test where no cluster can be started."""
    binaries = postgres_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server on this machine")
    pytest.importorskip("psycopg", reason="the extra postgres is not installed", exc_type=ImportError)
    folder = Path(subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip())
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres")

    def run(*command: str) -> None:
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)}
        done = subprocess.run(
            [*as_user, *command], capture_output=True, text=True, env=environment, cwd=folder, check=False
        )
        if done.returncode:
            pytest.skip(f"PostgreSQL does not start here: {done.stderr[-200:]}")

    run(str(binaries / "initdb"), "-D", f"{folder}/data", "-U", "tiaoli", "--auth=trust", "-E", "UTF8", "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    run(str(binaries / "pg_ctl"), "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", options, "start")
    try:
        yield f"postgresql+psycopg://tiaoli@/postgres?host={folder}"
    finally:
        run(str(binaries / "pg_ctl"), "-D", f"{folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
