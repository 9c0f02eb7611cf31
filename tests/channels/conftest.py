"""Every channel test runs the provider's real client against a real local server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from channels_kit import Rig, TelegramRig, TwilioRig, rig_for
from channels_peer import Peer


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    async with Peer() as running:
        yield running


@pytest.fixture(params=["whatsapp", "sms", "telegram"])
async def rig(request: pytest.FixtureRequest, peer: Peer) -> AsyncIterator[Rig]:
    """Each channel in turn."""
    made = rig_for(request.param, peer)
    await made.channel.start()
    peer.seen.clear()
    yield made
    await made.channel.stop()


@pytest.fixture
async def whatsapp(peer: Peer) -> AsyncIterator[TwilioRig]:
    made = TwilioRig("whatsapp", peer)
    await made.channel.start()
    yield made
    await made.channel.stop()


@pytest.fixture
async def sms(peer: Peer) -> AsyncIterator[TwilioRig]:
    made = TwilioRig("sms", peer)
    await made.channel.start()
    yield made
    await made.channel.stop()


@pytest.fixture
async def telegram(peer: Peer) -> AsyncIterator[TelegramRig]:
    made = TelegramRig(peer)
    await made.channel.start()
    peer.seen.clear()
    yield made
    await made.channel.stop()
