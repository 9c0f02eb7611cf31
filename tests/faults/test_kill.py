"""kill -9 at random moments: the full figures of ``python -m tests.faults.kill``, on both databases.

2,000 turns on each take about a minute and a half; MEM_TEST_TURNS changes that (the script and
CI at night take more).
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.faults.kill import run

TURNS = int(os.environ.get("MEM_TEST_TURNS", "2000"))


async def test_nothing_lost_and_nothing_twice(database_url: str, tmp_path: Path) -> None:
    workers = 0 if database_url.startswith("sqlite") else 2
    result = await run(
        database_url, tmp_path, turns=TURNS, resets=0.05, workers=workers, pace=60, seed=7
    )
    print(result.told())
    assert not result.problems, result.told()
    assert result.kills, "nobody was killed: more turns, or a slower pace"
