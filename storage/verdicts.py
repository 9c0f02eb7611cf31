"""What a provider's codes say of addresses, and how far it is believed.

Answers to a send and receipts of days later are written down here and nowhere else. A provider in
trouble may call everybody unreachable or opted out: more than so many in an hour are held for an
operator, and what we begin on that channel waits until it is decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, bindparam, exists, func, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from flows.rules.contact import GAVE_UP, PATIENCE, PURPOSES
from storage import reach
from storage.outbox import DECIDED_ANEW
from storage.tables import addresses, lanes, outbox, people

WAVE: Final = "wave"
"""Why a message waits whose provider is not believed (one of ``contact.HELD``)."""
WAITS: Final = PATIENCE
"""So long it waits for an operator, or for the person to write."""
HOUR: Final = timedelta(hours=1)
AWAITED: Final = tuple(name for name, purpose in PURPOSES.items() if purpose.by_sms)
"""What goes again where it could not be delivered."""
Key = tuple[str, str]
"""Channel and address."""

_here = and_(addresses.c.channel == bindparam("c"), addresses.c.address == bindparam("a"))
# Whoever blocked us is heard of only by writing again: `conversations.load` must still know it.
_TOLD = update(addresses).where(_here, addresses.c.state != "blocked")
_OPEN = _TOLD.values({"state": "ok", "error": bindparam("e"), "judged_at": None, "held": None})
_state: Any = bindparam("s")
_GONE = _TOLD.where(addresses.c.state != _state).values(
    {"state": _state, "error": bindparam("e"), "judged_at": bindparam("j"), "held": None}
)
_FAILED = update(addresses).where(_here, addresses.c.state == "ok")
_FAILED = _FAILED.values({"failures": addresses.c.failures + 1, "judged_at": bindparam("j")})
_HOLD = _TOLD.values({"held": bindparam("s"), "error": bindparam("e")})
_STOP = (
    update(people)
    .where(people.c.id.in_(select(addresses.c.person_id).where(_here)))
    .where(people.c.opted_out_at.is_(None))
    .values({"opted_out_at": bindparam("j")})
)
_TAKEN = select(func.count()).where(
    addresses.c.channel == bindparam("c"),
    addresses.c.judged_at > bindparam("since"),
    or_(addresses.c.state != "ok", addresses.c.failures >= GAVE_UP),
)
_SENT = select(func.count()).where(
    outbox.c.channel == bindparam("c"), outbox.c.sent_at > bindparam("since")
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one code says of an address: unreachable, blocked, or ok (with an error of its own).

    failed: the second one in a row takes it away too.
    """

    channel: str
    address: str
    state: str
    error: str | None

    @property
    def key(self) -> Key:
        return self.channel, self.address


@dataclass(frozen=True, slots=True)
class Wave:
    """How many addresses a channel may lose in an hour before an operator is asked (``reach.wave``)."""

    addresses: int = 50
    share: float = 0.1
    """Of the messages that it handed over in that hour."""


@dataclass(slots=True)
class Learnt:
    """What was not believed, and the channels of which it is so from now on."""

    held: set[Key]
    alarms: list[str]


async def learn(
    connection: AsyncConnection, told: Sequence[Verdict], wave: Wave, now: datetime
) -> Learnt:
    """Write down what is believed, and hold what would be too many."""
    learnt = Learnt(set(), [])
    # In order, so that two processes do not wait for one another's lanes.
    for channel in sorted({one.channel for one in told}):
        theirs = [one for one in told if one.channel == channel]
        takes = await _takes(connection, channel, theirs)
        if takes and await _is_wave(connection, channel, takes, wave, now, learnt.alarms):
            learnt.held |= {one.key for one in takes}
            rows = [{"c": channel, "a": o.address, "s": o.state, "e": o.error} for o in takes]
            await connection.execute(_HOLD, rows)
    await _carry_out(connection, [one for one in told if one.key not in learnt.held], now)
    return learnt


async def _takes(
    connection: AsyncConnection, channel: str, told: Sequence[Verdict]
) -> list[Verdict]:
    """Those by which somebody is lost who was not before."""
    here = and_(
        addresses.c.channel == channel, addresses.c.address.in_([one.address for one in told])
    )
    columns = (addresses.c.address, addresses.c.state, addresses.c.failures)
    known = {row.address: row for row in (await connection.execute(select(*columns).where(here)))}
    failed = Counter(one.address for one in told if one.state == "failed")

    def takes(one: Verdict) -> bool:
        row = known.get(one.address)
        if row is None or one.state == "ok" or row.state in ("blocked", one.state):
            return False
        if one.state == "failed":
            enough = row.failures < GAVE_UP <= row.failures + failed[one.address]
            return bool(enough and row.state == "ok")
        return True

    return [one for one in told if takes(one)]


async def _is_wave(
    connection: AsyncConnection,
    channel: str,
    takes: Sequence[Verdict],
    wave: Wave,
    now: datetime,
    alarms: list[str],
) -> bool:
    """Whether with these it is too many; once it was, until an operator has decided."""
    # Locked: sends and receipts that count at once would both pass.
    lane = await reach.lane(connection, channel)
    if lane.wave_at is not None:
        return True
    since = {"c": channel, "since": now - HOUR}
    taken = len({one.key for one in takes}) + (await connection.scalar(_TAKEN, since) or 0)
    if taken <= wave.addresses:
        return False
    if taken <= wave.share * (await connection.scalar(_SENT, since) or 0):
        return False
    await reach.change_lane(connection, channel, wave_at=now)
    alarms.append(channel)
    return True


async def _carry_out(connection: AsyncConnection, told: Sequence[Verdict], now: datetime) -> None:
    rows = [
        (one.state, {"c": one.channel, "a": one.address, "s": one.state, "e": one.error, "j": now})
        for one in told
    ]
    for states, statement in (
        # It is the same as STOP.
        (("blocked",), _STOP),
        (("blocked", "unreachable"), _GONE),
        (("ok",), _OPEN),
        (("failed",), _FAILED),
    ):
        if theirs := [row for state, row in rows if state in states]:
            await connection.execute(statement, theirs)


async def held(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """What operators are to decide: channel, since when, what was said by which code, of how many."""
    columns = (lanes.c.channel, lanes.c.wave_at, addresses.c.held, addresses.c.error)
    query = (
        select(*columns, func.count(addresses.c.id).label("many"))
        .select_from(
            lanes.outerjoin(
                addresses,
                and_(addresses.c.channel == lanes.c.channel, addresses.c.held.is_not(None)),
            )
        )
        .where(lanes.c.wave_at.is_not(None))
        .group_by(*columns)
        .order_by(*columns)
    )
    return (await connection.execute(query)).all()


async def believe(connection: AsyncConnection, channel: str, now: datetime) -> int | None:
    """An operator says that it is true: what was held counts. None where nothing was."""
    since = await _decide(connection, channel)
    if since is None:
        return None
    here = addresses.c.channel == channel
    stopped = select(addresses.c.person_id).where(here, addresses.c.held == "blocked")
    stop = update(people).where(people.c.id.in_(stopped), people.c.opted_out_at.is_(None))
    await connection.execute(stop.values(opted_out_at=now))
    gone = update(addresses).where(here, addresses.c.held.in_(("unreachable", "blocked")))
    many = (await connection.execute(gone.values(state=addresses.c.held))).rowcount
    failing = update(addresses).where(here, addresses.c.held == "failed")
    many += (await connection.execute(failing.values(failures=GAVE_UP))).rowcount
    await _forget(connection, _doubted(channel, since))
    await _release(connection, channel, now)
    return many


async def disbelieve(connection: AsyncConnection, channel: str, now: datetime) -> int | None:
    """An operator says that the provider was wrong, in the hour before it was noticed too.

    What people said themselves stands. None where nothing was held.
    """
    since = await _decide(connection, channel)
    if since is None:
        return None
    wrong = _doubted(channel, since)
    by_code = exists().where(
        wrong, addresses.c.person_id == people.c.id, addresses.c.judged_at == people.c.opted_out_at
    )
    await connection.execute(update(people).where(by_code).values(opted_out_at=None))
    back = update(addresses).where(wrong).values(state="ok", error=None, failures=0)
    many = (await connection.execute(back)).rowcount
    await _revive(connection, channel, wrong, since - HOUR, now)
    await _release(connection, channel, now)
    await _forget(connection, wrong)
    return many


# As in a turn, people are locked first, then addresses, then messages.


async def _decide(connection: AsyncConnection, channel: str) -> datetime | None:
    """End the wave; returns since when there was one."""
    since: datetime | None = (await reach.lane(connection, channel)).wave_at
    if since is not None:
        await reach.change_lane(connection, channel, wave_at=None)
    return since


def _doubted(channel: str, since: datetime) -> Any:
    """What was held, and what was believed in the hour before."""
    lately = or_(addresses.c.held.is_not(None), addresses.c.judged_at > since - HOUR)
    return and_(addresses.c.channel == channel, lately)


async def _forget(connection: AsyncConnection, seen: Any) -> None:
    """What an operator has decided counts towards no other wave."""
    await connection.execute(update(addresses).where(seen).values(held=None, judged_at=None))


async def _revive(
    connection: AsyncConnection, channel: str, wrong: Any, since: datetime, now: datetime
) -> None:
    """What was given up with these addresses is decided about anew; what arrived stays."""
    theirs = exists().where(wrong, addresses.c.address == outbox.c.address)
    refused = and_(outbox.c.state.in_(("dropped", "failed")), outbox.c.provider_id.is_(None))
    came_back = and_(
        outbox.c.state == "sent",
        outbox.c.status.in_(("failed", "undelivered")),
        outbox.c.purpose.in_(AWAITED),
    )
    lost = update(outbox).where(outbox.c.channel == channel, outbox.c.claimed_at > since, theirs)
    lost = lost.where(or_(refused, came_back))
    await connection.execute(lost.values(**DECIDED_ANEW, due_at=now, error=None))


async def _release(connection: AsyncConnection, channel: str, now: datetime) -> None:
    """What waited is decided about anew."""
    waits = update(outbox).where(
        outbox.c.channel == channel, outbox.c.state == "new", outbox.c.error == WAVE
    )
    await connection.execute(waits.values(due_at=now, error=None))
