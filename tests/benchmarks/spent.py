"""Where the time of a drain goes: understanding, engine, rendering, database."""

from __future__ import annotations

import functools
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

import flows.engine
import flows.hearing
from bot import turns as turns_module
from flows.book import BOOK
from nlu import readers
from storage.database import Database


@dataclass
class Spent:
    """Seconds by what they were spent on; only the outermost call of a kind counts."""

    seconds: dict[str, float]
    _open: str = ""

    @contextmanager
    def on(self, name: str) -> Any:
        began = time.perf_counter()
        outside, self._open = self._open, name
        try:
            yield
        finally:
            self._open = outside
            took = time.perf_counter() - began
            self.seconds[name] += took
            if outside:
                self.seconds[outside] -= took

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def wrapper(*args: Any, **named: Any) -> Any:
            if self._open == name:
                return function(*args, **named)
            with self.on(name):
                return function(*args, **named)

        return wrapper

    def timed_async(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        async def wrapper(*args: Any, **named: Any) -> Any:
            with self.on(name):
                return await function(*args, **named)

        return wrapper


@contextmanager
def measured() -> Any:
    """Watch one drain after the other; nothing else runs meanwhile."""
    spent, undo = Spent(defaultdict(float)), ExitStack()

    def replace(where: Any, name: str, new: Any) -> None:
        # Steps are frozen, classes are not; only the right one of the two sets works on each.
        put = setattr if isinstance(where, type) else object.__setattr__
        undo.callback(put, where, name, getattr(where, name))
        put(where, name, new)

    for module in (flows.engine, flows.hearing):
        for name in ("command", "correction", "facts", "detect", "nearest_place"):
            if hasattr(module, name):
                replace(module, name, spent.timed("understanding", getattr(module, name)))
    for name in ("choice", "choices", "levels", "yes_no"):
        replace(readers, name, spent.timed("understanding", getattr(readers, name)))
    for flow in BOOK.values():
        for step in flow.steps:
            if getattr(step, "reader", None) is not None:
                replace(step, "reader", spent.timed("understanding", step.reader))  # type: ignore[union-attr]
    replace(turns_module, "advance", spent.timed("engine", turns_module.advance))
    replace(turns_module, "in_words", spent.timed("rendering", turns_module.in_words))
    for name in ("execute", "scalar", "scalars"):
        replace(
            AsyncConnection, name, spent.timed_async("database", getattr(AsyncConnection, name))
        )
    replace(Database, "write", _timed_write(spent, Database.write))
    with undo:
        yield spent


def _timed_write(spent: Spent, write: Any) -> Any:
    @asynccontextmanager
    async def timed(self: Database) -> AsyncIterator[AsyncConnection]:
        inner = write(self)
        with spent.on("database"):
            connection = await inner.__aenter__()
        try:
            yield connection
        except BaseException as error:
            await inner.__aexit__(type(error), error, error.__traceback__)
            raise
        with spent.on("database"):
            await inner.__aexit__(None, None, None)

    return timed
