"""Sessions after a country changed its clock: the agreed hour stands, and both are told what moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.sessions import set_reminders
from storage import mentoring, sessions
from storage.programme import Pending
from storage.recompute import Moved, recompute


async def retime(connection: AsyncConnection, now: datetime) -> Sequence[Moved]:
    """Derive all coming sessions anew, set their reminders, and tell those whose clock moved.

    Doing it again does nothing.
    """
    moved = await recompute(connection, now)
    if not moved:
        return ()
    rows = await sessions.load(connection, [one.session.id for one in moved])
    pending = Pending()
    for one in moved:
        row = rows[one.session.id]
        subject = f"session:{row.id}.{row.sequence}"
        if not one.displaced:
            set_reminders(pending, row, now)
        event = "displaced" if one.displaced else "clock_moved"
        for person in (row.mentee_id, row.mentor_id) if one.displaced or one.shift.seen else ():
            await mentoring.tell(connection, person, event, "retimed", now, subject)
    await pending.write(connection)
    return moved
