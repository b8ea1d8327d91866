"""Writes the next step of ``assistant/migrations/versions`` from what the tables have become: read it before it goes in.

python scripts/new_migration.py "what changed"     a new step
python scripts/new_migration.py --renew            the newest step anew, as long as no release holds it
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from assistant import migrations


def main() -> None:
    """Bring an empty SQLite database to the last step and let Alembic compare it with the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("message", nargs="?", help="what changed, in a sentence")
    parser.add_argument("--renew", action="store_true", help="write the newest step again")
    options = parser.parse_args()
    folder = migrations.HERE / "versions"
    message = options.message
    if options.renew:
        newest = next(folder.glob(f"{migrations.versions()[-1]}_*.py"))
        message = message or newest.read_text("utf-8").split('"""')[1].rstrip(".")
        newest.unlink()
    if not message:
        parser.error("say what changed, or --renew")
    number = f"{int(migrations.versions()[-1]) + 1:04d}"
    with tempfile.TemporaryDirectory() as place:
        engine = create_engine(f"sqlite:///{place}/empty.db")
        migrations.upgrade(engine)
        config = Config()
        config.set_main_option("script_location", str(migrations.HERE))
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            made = command.revision(config, f"{message.rstrip('.')}.", autogenerate=True, rev_id=number)
        engine.dispose()
    path = Path(made.path) if made and not isinstance(made, list) else next(folder.glob(f"{number}_*.py"))
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.lstrip().startswith("# ###")), "utf-8")
    subprocess.run(["ruff", "check", "--fix", "-q", str(path)], check=False)
    subprocess.run(["ruff", "format", "-q", str(path)], check=True)
    assert ScriptDirectory.from_config(config).get_current_head() == number
    print(path)


if __name__ == "__main__":
    main()
