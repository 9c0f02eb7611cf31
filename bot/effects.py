"""What a flow asked of the world, done inside the turn's own transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot import announcing, bonds, closing
from bot.doing import Doing, open_ticket
from flows import effects as asked
from flows.book import BOOK
from flows.effects import Phrase
from flows.questions import shown_field
from storage import conversations, inbox, privacy, programme


async def apply(effect: asked.Effect, doing: Doing) -> None:
    """Do one effect."""
    await _ACTIONS[type(effect)](effect, doing)


async def _update(effect: asked.Update, doing: Doing) -> None:
    doing.known.columns.update(effect.fields)


async def _consent(effect: asked.RecordConsent, doing: Doing) -> None:
    row = {
        "person_id": doing.known.id,
        "purpose": effect.purpose,
        "answer": effect.answer,
        "version": effect.version,
        "language": doing.known.columns["language"] or "fr",
        "channel": doing.key[0],
        "at": doing.now,
    }
    doing.pending.consents.append(row)


async def _forget(effect: asked.Forget, doing: Doing) -> None:
    await doing.pending.write(doing.connection)
    await privacy.forget(doing.connection, doing.known.id)
    empty = dict.fromkeys(("language", "variety", "name", "gender", "source", "timezone"))
    doing.known.columns.update(empty)
    doing.reload = True


async def _register(effect: asked.RegisterMentee, doing: Doing) -> None:
    programme.register(doing.pending, doing.known.id, effect.answers, doing.now)
    place = effect.answers.get("place") or {}
    first = doing.known.columns["registered_at"] or doing.now
    doing.known.columns.update(registered_at=first, timezone=place.get("timezone"))
    doing.reload = True


async def _keep_contact(effect: asked.KeepContact, doing: Doing) -> None:
    await doing.pending.write(doing.connection)
    age = effect.answers.get("age")
    await programme.keep_contact(doing.connection, doing.known.id, effect.reason, age, doing.now)
    doing.reload = True


async def _ticket(effect: asked.OpenTicket, doing: Doing) -> None:
    await open_ticket(doing, doing.known.id, effect.reason, effect.asked)


async def _opt_out(effect: asked.OptOut, doing: Doing) -> None:
    doing.known.columns["opted_out_at"] = doing.now
    await bonds.let_go(doing)


async def _opt_in(effect: asked.OptIn, doing: Doing) -> None:
    doing.known.columns["opted_out_at"] = None


async def _tell_data(effect: asked.TellMyData, doing: Doing) -> None:
    told = _summary(doing)
    doing.lines.append(Phrase("privacy-data" if told else "privacy-nothing"))
    doing.lines.extend(told)
    if doing.public_url:
        secret = await privacy.new_link(doing.connection, doing.known.id, doing.now)
        link = f"{doing.public_url.rstrip('/')}/my-data/{secret}"
        doing.lines.append(Phrase("privacy-link", None, {"link": link}))
    doing.lines.append(Phrase("privacy-rights"))


def _summary(doing: Doing) -> list[Phrase]:
    flow = BOOK["profile"]
    frames = doing.known.columns["state"].get("stack", [])
    begun: dict[str, Any] = next(
        (f["answers"] for f in frames if f["flow"] in ("onboarding", "profile")), {}
    )
    answers: dict[str, Any] = {**doing.known.profile, **begun}
    review = next(step for step in flow.steps if step.name == "check")
    lines = []
    for name in getattr(review, "of", ()):
        value = shown_field(flow, name, answers, doing.person)
        if value:
            label = Phrase(f"{flow.words}-{name}", "field")
            lines.append(Phrase("common-field", None, {"label": label, "value": value}))
    return lines


async def _erase(effect: asked.Erase, doing: Doing) -> None:
    await doing.pending.write(doing.connection)
    accompanied = any(bond.role == "mentee" for bond in doing.person.mentoring.pairs)
    await privacy.erase(doing.connection, doing.known.id, doing.now)
    doing.known.gone = doing.erased = doing.reload = True
    if accompanied:
        await bonds.tell_waiting(doing)


async def _link(effect: asked.LinkPhone, doing: Doing) -> None:
    await doing.pending.write(doing.connection)
    said = doing.known.columns["state"]
    stays = await conversations.link_phone(doing.connection, doing.known, doing.key, effect.phone)
    if stays != doing.known.id or doing.known.columns["state"] is not said:
        once = f"merged:{doing.known.id}:{stays}"
        event = programme.event_row(stays, "merged", once, doing.now)
        await inbox.store(doing.connection, [event])
        doing.known.id = stays
    doing.reload = True


async def _remind(effect: asked.Remind, doing: Doing) -> None:
    due = doing.now + effect.after
    programme.remind(doing.pending, doing.known.id, effect.kind, effect.subject, due, effect.times)


async def _stop_reminding(effect: asked.StopReminding, doing: Doing) -> None:
    await doing.pending.write(doing.connection)
    await programme.stop_reminding(doing.connection, doing.known.id, effect.kind, effect.subject)


_ACTIONS: dict[type, Callable[[Any, Doing], Awaitable[None]]] = {
    asked.Update: _update,
    asked.RecordConsent: _consent,
    asked.Forget: _forget,
    asked.RegisterMentee: _register,
    asked.KeepContact: _keep_contact,
    asked.OpenTicket: _ticket,
    asked.OptOut: _opt_out,
    asked.OptIn: _opt_in,
    asked.TellMyData: _tell_data,
    asked.Erase: _erase,
    asked.LinkPhone: _link,
    asked.Remind: _remind,
    asked.StopReminding: _stop_reminding,
    **bonds.ACTIONS,
    **closing.ACTIONS,
    **announcing.ACTIONS,
}
