"""Nudges that fall due at once, in small: ``python -m tests.faults.nudges`` does it in large.

MEM_TEST_NUDGES changes how many.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.faults.nudges import run

PEOPLE = int(os.environ.get("MEM_TEST_NUDGES", "300"))


async def test_everybody_is_nudged_once_and_who_talks_is_answered_meanwhile(
    database_url: str, tmp_path: Path
) -> None:
    # Other tests may have the machine: the run in large says how long they wait.
    result = await run(database_url, tmp_path, many=PEOPLE, peace=3.0, may_wait=20.0)
    print(result.told())
    assert not result.problems, result.told()
    assert result.busy
