"""SMS through Twilio: text only, so every choice is a number that the person types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.channels.base import Inbound, Limits
from bot.channels.twilio import PHONE, Twilio, TwilioConfig, media_count, opt_out


class Sms(Twilio):
    """One SMS sender: a number of ours, or a Messaging Service's pool where ``sender`` is empty."""

    name = "sms"
    # https://www.twilio.com/docs/glossary/what-sms-character-limit
    limits = Limits(text=1600, sms=True, per_second=1)

    def __init__(self, config: TwilioConfig, sender: str = "", per_second: float = 1.0) -> None:
        super().__init__(config, sender)
        self.limits = replace(self.limits, per_second=per_second)

    async def acknowledge(self, inbound: Inbound) -> None:
        """SMS has nothing to show between a message and its answer."""

    def _read(self, form: Mapping[str, str], address: str) -> Sequence[Inbound]:
        text = form.get("Body", "")
        return [
            Inbound(
                channel=self.name,
                id=form["MessageSid"],
                address=address,
                kind="image" if media_count(form) else "text" if text else "other",
                text=text,
                phone=address if PHONE.fullmatch(address) else "",
                opt_out=opt_out(form),
            )
        ]
