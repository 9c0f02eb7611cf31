"""What came of messages that were to be sent, and how that is written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import sms
from bot.channels.sms import Sms
from bot.composer import Composer
from bot.reach import Asked
from bot.render import for_channel, new_token
from flows.rules.contact import NOTICES, PURPOSES, until_useless
from flows.templates import UNUSABLE
from storage import conversations, outbox, programme, reach, templates, verdicts
from storage.verdicts import Key, Verdict, Wave

log = structlog.get_logger(__name__)
MOST_PARTS = 2
"""SMS that one message may cost where it was written for another channel."""


@dataclass(slots=True)
class Outcome:
    """What came of one row."""

    row: Row[Any]
    state: str
    error: str | None = None
    due_at: datetime | None = None
    provider_id: str | None = None
    part: int = 0
    attempts: int = 0
    address_state: str = ""
    """What was learnt of the address: ok (with an error of its own), unreachable, blocked."""
    channel: str = ""
    """The lane that is to send it instead."""
    payload: dict[str, Any] = field(default_factory=dict)
    """Its words, where they change with the channel."""
    notice: dict[str, Any] = field(default_factory=dict)
    """A row that tells them that this one waits."""
    pause_until: datetime | None = None
    """The provider asked the whole channel to wait."""
    unusable: str = ""
    """The provider's id of a template that it does not take any more."""
    rests: datetime | None = None
    """Until when this address has had enough, now that one more went there."""
    content: str = ""
    """And of the one that it took."""


def behind_notice(one: Asked, template: str, now: datetime, channel: str = "") -> Outcome:
    """It waits until they write; a short message, which WhatsApp takes at any time, says so."""
    row = one.row
    waits = Outcome(row, "new", "window_shut", until_useless(one.matter), channel=channel)
    values = {"title": row.payload["title"]} if "title" in row.payload else {}
    told = {"name": template, "values": values}
    rank = PURPOSES[row.purpose].rank
    waits.notice = outbox.written(
        (row.person_id, channel or row.channel, row.address),
        "announcement" if rank == 2 else "notice",
        {"text": "", "language": one.language, "template": told},
        now,
        token=new_token(),
        rank=min(1, rank),
    )
    return waits


def elsewhere(one: Asked, channel: str, composer: Composer, now: datetime) -> Outcome:
    """Another channel reaches the same number: in fewer words, or behind a word that it waits."""
    message = composer.message(one.row, one.language, one.first_name)
    if message.template:
        short = composer.short(message, one.language)
        return Outcome(
            one.row, "new", "other_channel", now, channel=channel, payload=short.as_json()
        )
    (first, *more) = for_channel(message, Sms.limits, one.row.address, "")
    if more or sms.parts(first.text) > MOST_PARTS:
        return behind_notice(one, "waiting", now, channel)
    return Outcome(one.row, "new", "other_channel", now, channel=channel)


async def write(
    connection: AsyncConnection,
    lane: str,
    settled: Sequence[Outcome],
    throttled: int,
    wave: Wave,
    now: datetime,
) -> None:
    """Write what came of a batch, and what was learnt by it, in the caller's transaction."""
    held = await learn(connection, list(_learnt(settled)), wave, now)
    settled = [_waiting(one, now) if _key(one.row) in held else one for one in settled]
    await outbox.record(connection, [_row(outcome, now) for outcome in settled])
    await outbox.scrub(connection, [one.row.id for one in settled if _is_farewell(one)])
    await outbox.reword(connection, {one.row.id: one.payload for one in settled if one.payload})
    await outbox.add(connection, [one.notice for one in settled if one.notice])
    await reach.rest(
        connection, [(o.row.channel, o.row.address, o.rests) for o in settled if o.rests]
    )
    untold = [_key(one.row) for one in settled if _is_untold(one)]
    await outbox.look_again(connection, untold, now)
    await conversations.also_at(connection, list(_moved(settled)), now)
    for one in settled:
        if one.unusable:
            await take_out(connection, one.unusable, one.error, now)
        if one.error in ("unreachable", "unanswered") and one.state == "dropped":
            await _tell_team(connection, one, now)
    await _slow_down(connection, lane, settled, throttled)


async def learn(
    connection: AsyncConnection, told: Sequence[Verdict], wave: Wave, now: datetime
) -> set[Key]:
    """Write down what codes say of addresses; returns those that wait for an operator instead."""
    learnt = await verdicts.learn(connection, told, wave, now)
    for channel in learnt.alarms:
        log.error("addresses_held", channel=channel, please="run mem outbox, and decide there")
    return learnt.held


async def take_out(
    connection: AsyncConnection, content: str, code: str | None, now: datetime
) -> None:
    """A template that the provider does not take any more is not used again; told once."""
    status = UNUSABLE.get(code or "", "paused")
    if await templates.pause(connection, content, status, now):
        log.error("template_not_usable", status=status, see="mem templates status")


def _waiting(one: Outcome, now: datetime) -> Outcome:
    """Its address is not given up, so neither is the message."""
    if not one.address_state:
        return one
    due = now + verdicts.WAITS
    return replace(one, state="new", error=verdicts.WAVE, due_at=due, part=one.row.part)


async def _tell_team(connection: AsyncConnection, one: Outcome, now: datetime) -> None:
    """Nobody but a person can do more: mem tickets."""
    person = one.row.person_id
    if person is not None and PURPOSES[one.row.purpose].rank < 2:
        reason = "silent" if one.error == "unanswered" else "unreachable"
        await programme.open_ticket(connection, person, reason, one.row.channel, now)


async def _slow_down(
    connection: AsyncConnection, lane: str, settled: Sequence[Outcome], throttled: int
) -> None:
    pauses = [one.pause_until for one in settled if one.pause_until]
    if pauses:
        told = {"paused_until": max(pauses), "throttled": throttled + 1}
        await reach.change_lane(connection, lane, **told)
    elif throttled and any(one.state == "sent" for one in settled):
        await reach.change_lane(connection, lane, paused_until=None, throttled=0)


def _is_untold(outcome: Outcome) -> bool:
    """No template is left that would say that something waits; an SMS may."""
    is_notice = outcome.row.purpose in NOTICES
    return is_notice and (outcome.state, outcome.error) == ("dropped", "window_shut")


def _is_farewell(outcome: Outcome) -> bool:
    """A page still has to read it; the hourly sweep empties that one."""
    row = outcome.row
    return row.purpose == "erased" and row.channel != "web" and outcome.state != "new"


def _row(outcome: Outcome, now: datetime) -> dict[str, Any]:
    return {
        "pk": outcome.row.id,
        "claimed": outcome.row.claimed_at,
        "state": outcome.state,
        "due_at": outcome.due_at or outcome.row.due_at,
        "part": outcome.part,
        "provider_id": outcome.provider_id or outcome.row.provider_id,
        "error": outcome.error,
        "sent_at": now if outcome.state == "sent" else None,
        "attempts": outcome.attempts,
        "channel": outcome.channel or outcome.row.channel,
        "content": outcome.content or None,
    }


def _moved(outcomes: Sequence[Outcome]) -> Iterator[tuple[int, str, str]]:
    for outcome in outcomes:
        if outcome.channel and outcome.row.person_id is not None:
            yield outcome.row.person_id, outcome.channel, outcome.row.address


def _key(row: Row[Any]) -> Key:
    return row.channel, row.address


def _learnt(outcomes: Sequence[Outcome]) -> Iterator[Verdict]:
    for one in outcomes:
        if one.address_state:
            yield Verdict(*_key(one.row), one.address_state, one.error)
