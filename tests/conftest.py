"""Fixtures that several rooms share: real databases, migrated."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import Engine, text

from newsroom.database import migrate, open_database
from newsroom.render.templates import Templates, default_templates

# How long an example takes on a shared machine, to make or to try, proves nothing. Each run has
# the same examples, so that none is blamed for what luck finds; EXPLORE=1 draws new ones.
hypothesis.settings.register_profile(
    "newsroom",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize="EXPLORE" not in os.environ,
)
hypothesis.settings.load_profile("newsroom")

# Whatever is started in the background may have Ctrl-C ignored, and its children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have the files with long tests begin first, so that no core is idle at the end of a run."""
    long = [item.get_closest_marker("slow") or item.get_closest_marker("browser") for item in items]
    files = {item.path for item, marker in zip(items, long, strict=True) if marker}
    items.sort(key=lambda item: item.path not in files)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged templates as they are kept in compiled form: a third of a second each time."""
    folder: Path = tmp_path_factory.mktemp("compiled")
    Templates((default_templates(),), folder).make_ready()
    return folder


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty SQLite database: to migrate a thousand of them takes a minute."""
    file = tmp_path_factory.mktemp("migrated") / "newsroom.db"
    engine = open_database(f"sqlite:///{file}")
    migrate(engine)
    engine.dispose()
    return file


@pytest.fixture
def database(tmp_path: Path, migrated: Path) -> Iterator[Engine]:
    """A migrated SQLite database of the test's own."""
    file = shutil.copy(migrated, tmp_path / "newsroom.db")
    engine = open_database(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server that lives as long as the test run."""
    from tests.postgres import postgres  # as root it makes a system user

    with postgres(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[Engine]:
    """An empty migrated PostgreSQL database."""
    engine = open_database(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture(params=["database", "postgres_database"], ids=["sqlite", "postgresql"])
def either_database(request: pytest.FixtureRequest) -> Engine:
    """The same test on SQLite and on PostgreSQL, each time on an empty migrated database."""
    engine: Engine = request.getfixturevalue(request.param)
    return engine
