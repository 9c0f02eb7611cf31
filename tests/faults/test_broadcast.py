"""An announcement to many under fire, in small: ``python -m tests.faults.broadcast`` does it in large.

MEM_TEST_PEOPLE changes how many.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.faults.broadcast import run

PEOPLE = int(os.environ.get("MEM_TEST_PEOPLE", "1500"))


async def test_nobody_twice_nobody_lost_nobody_after_their_stop(
    database_url: str, tmp_path: Path
) -> None:
    result = await run(database_url, tmp_path, many=PEOPLE)
    print(result.told())
    assert not result.problems, result.told()
    assert result.kills or database_url.startswith("sqlite")
    assert result.looks > 3
