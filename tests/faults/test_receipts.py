"""Status callbacks: before our own commit, out of order, twice, unknown, and about dead numbers."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import func, select

from bot.channels.base import Receipt
from bot.rehearsal import Rehearsal
from storage.tables import addresses, outbox, receipts

SPEAKER = "whatsapp:+212600000001"
Status = Literal["queued", "sent", "delivered", "read", "undelivered", "failed"]


async def _tell(rehearsal: Rehearsal, id: str, *statuses: Status, error: str = "") -> None:
    told = [Receipt("whatsapp", id, status, error) for status in statuses]
    await rehearsal.app.intake.store(told)
    await rehearsal.app.apply_receipts()


async def _one(rehearsal: Rehearsal, query: Any) -> Any:
    async with rehearsal.app.database.read() as connection:
        return (await connection.execute(query)).one()


async def _sent(rehearsal: Rehearsal) -> str:
    await rehearsal.write(SPEAKER, text="bonjour")
    return str((await _one(rehearsal, select(outbox.c.provider_id))).provider_id)


async def _status(rehearsal: Rehearsal) -> str | None:
    status: str | None = (await _one(rehearsal, select(outbox.c.status))).status
    return status


async def test_out_of_order_and_twice(rehearsal: Rehearsal) -> None:
    id = await _sent(rehearsal)
    await _tell(rehearsal, id, "delivered")
    await _tell(rehearsal, id, "sent", "queued", "delivered")
    assert await _status(rehearsal) == "delivered"
    await _tell(rehearsal, id, "read", "delivered")
    assert await _status(rehearsal) == "read"
    assert (await _one(rehearsal, select(func.count()).select_from(receipts)))[0] == 0


async def test_before_our_own_commit(rehearsal: Rehearsal) -> None:
    """The provider may report before the sender has written the message's id."""
    early = f"whatsapp-1-{rehearsal.clock.now().timestamp():.0f}"
    await _tell(rehearsal, early, "sent", "delivered")
    assert await _sent(rehearsal) == early
    await rehearsal.app.apply_receipts()
    assert await _status(rehearsal) == "delivered"


async def test_unknown_ids_block_nobody(rehearsal: Rehearsal) -> None:
    for number in range(3):
        await _tell(rehearsal, f"SM-of-nobody-{number}", "delivered", "failed", error="63024")
    id = await _sent(rehearsal)
    await _tell(rehearsal, id, "delivered")
    assert await _status(rehearsal) == "delivered"


async def test_a_dead_number_is_not_written_to_until_it_writes(rehearsal: Rehearsal) -> None:
    id = await _sent(rehearsal)
    await _tell(rehearsal, id, "failed", error="63024")
    assert (await _one(rehearsal, select(addresses.c.state))).state == "unreachable"
    assert len(await rehearsal.write(SPEAKER, text="1")) == 1
    assert (await _one(rehearsal, select(addresses.c.state))).state == "ok"
