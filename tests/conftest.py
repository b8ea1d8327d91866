"""Fixtures that several rooms share: a data folder of the tests' own, the real index built once, house and assistant."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import small_corpus
from browser import ARGUMENTS, chromium
from hypothesis import settings

from corpus.load import Corpus, load_corpus

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from assistant.conversation import Assistant
    from assistant.house import House

TODAY = date(2026, 11, 21)
settings.register_profile("patient", deadline=None)  # a busy machine is no fault of an example
settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder for the whole run, and no setting of the machine's own."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("TIAOLI_")]:
            patch.delenv(name)
        patch.setenv("TIAOLI_HOME", str(folder))
        yield folder


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder for one test."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("TIAOLI_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The corpus as it ships."""
    return load_corpus()


@pytest.fixture
def small_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the small corpus, taken by the index for the corpus."""
    root = small_corpus.write(tmp_path / "corpus", small_corpus.files())
    monkeypatch.setattr("indexing.build.ROOT", root)
    return root


@pytest.fixture(scope="session")
def house(home: Path) -> House:
    """Everything opened once, on the day of these tests, with the index of the shipped corpus."""
    from assistant.house import open_house

    return open_house(today=lambda: TODAY)


@pytest.fixture(scope="session")
def assistant(house: House) -> Assistant:
    """The one door, over the shared house. Tests use threads of their own."""
    from assistant.conversation import Assistant

    return Assistant(house)


@pytest.fixture(scope="session")
def originals() -> Path:
    """The folder of the original documents; tests that need it are skipped where it is not there."""
    if not small_corpus.ORIGINALS.is_dir():
        pytest.skip("the original documents are not part of the repository; ../shared/corpus is not here")
    return small_corpus.ORIGINALS


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """A Spark session for the whole run: two threads, little memory; skipped with a reason where Spark cannot run."""
    from assistant.batch.spark import open_session, why_not

    if why := why_not():
        pytest.skip(why)
    session = open_session(
        "local[2]", spark_driver_memory="1g", spark_sql_shuffle_partitions="2", spark_log_level="ERROR"
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium for one module: Playwright keeps an event loop running, in which other modules' own could not start."""
    playwright = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine (looked for chromium, chromium-browser, google-chrome)")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()
