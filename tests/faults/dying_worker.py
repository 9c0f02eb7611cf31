"""A worker that begins to drain a partition and never ends: to be killed by a test.

python -m tests.faults.dying_worker URL PARTITION
"""

from __future__ import annotations

import asyncio
import sys

from sqlalchemy.engine import make_url

from bot.runtime.distributed import Distributed
from bot.turns import Drained


async def main(url: str, partition: int) -> None:
    async def turn(_: int | None) -> Drained:
        print("drains", flush=True)
        await asyncio.sleep(3600)
        return Drained()

    async def waiting() -> tuple[set[int], set[str]]:
        return {partition}, set()

    runtime = Distributed(make_url(url), turn, {}, {}, waiting, sweep=1, concurrency=4)
    await runtime.start()
    await asyncio.sleep(3600)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
