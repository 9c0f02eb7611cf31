"""May we write now, and how: a table that reads aloud, and what holds for any of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.contact import (
    NOTICE_LASTS,
    PATIENCE,
    PURPOSES,
    WINDOW,
    Decision,
    Matter,
    Pace,
    Policy,
    Reach,
    may_write,
)
from flows.rules.decent import Home, Hours, next_begin

FES, MUNICH, MONTREAL = (
    Home("Africa/Casablanca", "MA"),
    Home("Europe/Berlin", "DE"),
    Home("America/Toronto", "CA"),
)
HOMES = {"Fès": FES, "Munich": MUNICH, "Montréal": MONTREAL}
MOMENTS = {
    "Tue 10:00": "2026-11-24 10:00",
    "Tue 13:00": "2026-11-24 13:00",
    "Tue 21:00": "2026-11-24 21:00",
    "Tue 22:30": "2026-11-24 22:30",
    "Tue 07:00": "2026-11-24 07:00",
    "Fri 13:00": "2026-11-27 13:00",
    "Fri 16:00": "2026-11-27 16:00",
    "Sat 11:00": "2026-11-28 11:00",
    "Sat 15:00": "2026-11-28 15:00",
    "Sun 11:00": "2026-11-29 11:00",
    "fast 11:00": "2027-02-18 11:00",
    "fast 16:00": "2027-02-18 16:00",
    "fast 22:00": "2027-02-18 22:00",
    "eve of Eid": "2027-05-14 10:00",
    "Throne Day": "2027-07-30 10:00",
    "German Unity": "2028-10-03 10:00",
}
"""Of the person's own clock. Ramadan 1448 begins about 8 February 2027; 2027-05-16 is Eid al-Adha."""

TABLE = """
purpose    channel  heard  moment       where    state                     -> what      why            until
reply      whatsapp 1h     Tue 22:30    Fès      -                         -> now       decent
reply      whatsapp 25h    Tue 10:00    Fès      waiting                   -> notice    window_shut
reply      whatsapp 25h    Tue 10:00    Fès      -                         -> later     window_shut
reply      whatsapp 25h    Tue 10:00    Fès      sms                       -> elsewhere other_channel
reply      telegram 90d    Tue 22:30    Fès      -                         -> now       decent
reply      sms      90d    Tue 07:00    Fès      -                         -> now       decent
reply      sms      1h     Tue 10:00    Fès      stopped                   -> never     opted_out
reply      telegram 1h     Tue 10:00    Fès      unreachable               -> never     unreachable
legal      sms      1m     Tue 22:30    Fès      stopped                   -> now       decent
legal      whatsapp 1m     Tue 22:30    Fès      stopped                   -> now       decent
erased     whatsapp never  Tue 22:30    Fès      stopped unreachable       -> now       free
news       telegram 2h     Tue 22:30    Fès      -                         -> later     quiet_hours    Wed 08:00
news       telegram 30m    Tue 22:30    Fès      -                         -> now       decent
news       telegram 2d     Tue 21:00    Fès      -                         -> now       decent
news       telegram 2d     Tue 07:00    Fès      -                         -> later     quiet_hours    Tue 08:00
news       telegram 2d     Sun 11:00    Fès      -                         -> now       decent
news       telegram 2d     Fri 13:00    Fès      -                         -> now       decent
news       telegram 2d     Throne Day   Fès      -                         -> now       decent
news       whatsapp 23h    Tue 10:00    Fès      -                         -> now       decent
news       whatsapp 25h    Tue 10:00    Fès      -                         -> later     window_shut
news       whatsapp 25h    Tue 10:00    Fès      waiting                   -> notice    window_shut
news       whatsapp 25h    Tue 10:00    Fès      waiting noticed           -> later     window_shut
news       whatsapp 9d     Tue 10:00    Fès      waiting noticed-long-ago  -> notice    window_shut
news       whatsapp 25h    Tue 10:00    Fès      waiting sms               -> notice    window_shut
news       whatsapp 25h    Tue 10:00    Fès      sms                       -> elsewhere other_channel
news       whatsapp 25h    Tue 10:00    Fès      sms sms-spent             -> later     window_shut
news       whatsapp 1h     Tue 10:00    Fès      shut                      -> later     window_shut
news       whatsapp 1h     Tue 10:00    Fès      unreachable sms           -> elsewhere other_channel
news       whatsapp 1h     Tue 10:00    Fès      failed-once sms           -> now       decent
news       whatsapp 1h     Tue 10:00    Fès      failed-twice sms          -> elsewhere other_channel
news       whatsapp 1h     Tue 10:00    Fès      told-2s-ago               -> later     pace           Tue 10:00:04
news       whatsapp 1h     Tue 10:00    Fès      told-6s-ago               -> now       decent
news       whatsapp 25h    Tue 10:00    Fès      waiting told-2s-ago       -> later     pace           Tue 10:00:04
reply      whatsapp 1m     Tue 10:00    Fès      told-2s-ago               -> now       decent
reply      whatsapp 1m     Tue 10:00    Fès      told-29-times             -> now       decent
reply      whatsapp 1m     Tue 10:00    Fès      told-30-times             -> later     pace           Tue 10:00:06
reminder   whatsapp 1m     Tue 10:00    Fès      told-29-times             -> later     pace           Tue 10:02:54
erased     whatsapp 1m     Tue 10:00    Fès      told-30-times             -> now       free
news       whatsapp 1h     Tue 10:00    Fès      failed-twice              -> never     unreachable
news       whatsapp 40d    Tue 10:00    Fès      written-31d-ago           -> never     never_written
news       telegram 2d     Tue 10:00    Fès      stopped                   -> never     opted_out
reminder   telegram 9d     Sun 11:00    Fès      -                         -> now       decent
reminder   telegram 9d     Tue 07:00    Fès      -                         -> now       decent
reminder   telegram 9d     eve of Eid   Fès      -                         -> now       decent
reminder   telegram 9d     Tue 10:00    Fès      written-1h-ago            -> never     too_late
reminder   whatsapp 9d     Tue 10:00    Fès      -                         -> never     window_shut
reminder   whatsapp 9d     Tue 10:00    Fès      session_soon              -> template  window_shut
reminder   whatsapp 9d     Tue 10:00    Fès      waiting                   -> never     window_shut
reminder   whatsapp 9d     Tue 10:00    Fès      sms                       -> elsewhere other_channel
reminder   whatsapp 1h     Tue 10:00    Fès      session_soon              -> now       decent
reminder   whatsapp 9d     Tue 10:00    Fès      session_soon begun-today  -> template  window_shut
nudge      telegram 2d     Tue 10:00    Fès      -                         -> now       decent
nudge      telegram 2d     Tue 13:00    Fès      -                         -> later     quiet_hours    Tue 14:30
nudge      telegram 2d     Tue 21:00    Fès      -                         -> later     quiet_hours    Wed 09:30
nudge      telegram 30m    Tue 22:30    Fès      -                         -> later     quiet_hours    Wed 09:30
nudge      telegram 2d     Fri 13:00    Fès      -                         -> later     quiet_hours    Fri 14:30
nudge      telegram 2d     Fri 13:00    Munich   -                         -> later     quiet_hours    Fri 14:30
nudge      telegram 2d     Sat 11:00    Fès      -                         -> now       decent
nudge      telegram 2d     Sat 15:00    Fès      -                         -> later     quiet_hours    Mon 09:30
nudge      telegram 2d     Sun 11:00    Montréal -                         -> later     quiet_hours    Mon 09:30
nudge      telegram 2d     fast 11:00   Fès      -                         -> now       decent
nudge      telegram 2d     fast 16:00   Fès      -                         -> later     quiet_hours    Thu 21:30
nudge      telegram 2d     fast 22:00   Fès      -                         -> now       decent
nudge      telegram 2d     fast 16:00   Munich   -                         -> now       decent
nudge      telegram 2d     eve of Eid   Munich   -                         -> now       decent
nudge      telegram 2d     German Unity Munich   -                         -> later     quiet_hours    Wed 09:30
nudge      telegram 2d     German Unity Fès      -                         -> now       decent
nudge      telegram 2d     Tue 10:00    Fès      begun-today               -> later     budget         Tue 18:00
nudge      telegram 2d     Tue 10:00    Fès      three-this-week           -> now       decent
nudge      telegram 2d     Tue 10:00    Fès      four-this-week            -> later     budget         Wed 10:00
nudge      telegram 9d     Tue 10:00    Fès      unanswered-3              -> never     unanswered
nudge      telegram 2d     Tue 10:00    Fès      written-4d-ago            -> never     too_late
nudge      whatsapp 2d     Tue 10:00    Fès      -                         -> never     window_shut
nudge      whatsapp 2d     Tue 10:00    Fès      waiting                   -> notice    window_shut
nudge      whatsapp 2d     Tue 10:00    Fès      sms                       -> never     window_shut
nudge      whatsapp 2d     Tue 10:00    Fès      unfinished                -> template  window_shut
check_in   telegram 9d     Tue 10:00    Fès      two-this-week             -> now       decent
check_in   telegram 9d     Tue 10:00    Fès      three-this-week           -> later     budget         Wed 10:00
broadcast  telegram 9d     Tue 10:00    Fès      -                         -> now       decent
broadcast  telegram 9d     Tue 10:00    Fès      two-this-week             -> later     budget         Wed 10:00
broadcast  telegram 30m    Tue 10:00    Fès      -                         -> later     in_conversation Tue 11:00
broadcast  telegram 9d     Throne Day   Fès      -                         -> later     quiet_hours    Sat 10:00
broadcast  telegram 9d     Tue 10:00    Fès      unanswered-3              -> now       decent
broadcast  telegram 9d     Tue 10:00    Fès      stopped                   -> never     opted_out
broadcast  whatsapp 9d     Tue 10:00    Fès      announcement              -> notice    window_shut
broadcast  whatsapp 9d     Tue 10:00    Fès      -                         -> never     window_shut
broadcast  whatsapp 2h     Tue 10:00    Fès      -                         -> now       decent
broadcast  whatsapp 9d     Tue 10:00    Fès      written-8d-ago            -> never     too_late
notice     whatsapp 9d     Tue 22:30    Fès      waiting own-waiting       -> template  window_shut
notice     whatsapp 1h     Tue 10:00    Fès      waiting own-waiting       -> never     moot
notice     sms      9d     Tue 10:00    Fès      -                         -> now       decent
"""


@dataclass(frozen=True)
class Row:
    words: str
    reach: Reach
    matter: Matter
    now: datetime
    expected: Decision
    until: str


def span(text: str) -> timedelta:
    units = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
    return timedelta(**{units[text[-1]]: int(text[:-1])})


TEMPLATES = ("waiting", "session_soon", "unfinished", "announcement")


def state_of(reach: Reach, matter: Matter, state: str, now: datetime) -> tuple[Reach, Matter]:
    """One word of a table's state."""
    told = {"two": 2, "three": 3, "four": 4}
    if state in TEMPLATES:
        own = "" if state in ("waiting", "announcement") else state
        reach = replace(reach, templates=reach.templates | {state})
        return reach, replace(matter, template=own or matter.template)
    if state.startswith("own-"):
        return reach, replace(matter, template=state.removeprefix("own-"))
    if state.startswith("written-"):
        return reach, replace(matter, made=now - span(state.split("-")[1]))
    if state.startswith("told-"):
        pace = Pace(timedelta(seconds=6), 30)
        _, how, unit = state.split("-")
        rests = pace.rest(None, now - span(how)) if unit == "ago" else None
        for _ in range(int(how) if unit == "times" else 0):
            rests = pace.rest(rests, now)
        return replace(reach, pace=pace, rests=rests), matter
    if state.endswith("-this-week"):
        week = [now - timedelta(days=6, hours=0) + timedelta(days=n) for n in range(4)]
        return replace(reach, begun=tuple(week[: told[state.split("-")[0]]])), matter
    changes: dict[str, dict[str, object]] = {
        "stopped": {"opted_out": True},
        "unreachable": {"unreachable": True},
        "failed-once": {"failures": 1},
        "failed-twice": {"failures": 2},
        "shut": {"shut": True},
        "noticed": {"noticed": now - timedelta(hours=20)},
        "noticed-long-ago": {"noticed": now - timedelta(days=4)},
        "sms": {"instead": "sms"},
        "sms-spent": {"sms": 5},
        "begun-today": {"begun": (now - timedelta(hours=16),)},
        "unanswered-3": {"unanswered": 3},
    }
    return replace(reach, **changes[state]), matter  # type: ignore[arg-type]


def table() -> Iterator[Row]:
    for line in TABLE.strip().splitlines()[1:]:
        given, _, result = line.partition("->")
        purpose, channel, heard, *rest = given.split()
        words = " ".join(rest)
        moment = next(name for name in MOMENTS if words.startswith(name))
        place, *states = words.removeprefix(moment).split()
        home = HOMES[place]
        now = datetime.fromisoformat(MOMENTS[moment]).replace(tzinfo=ZoneInfo(home.timezone))
        now = now.astimezone(UTC)
        last = None if heard == "never" else now - span(heard)
        reach, matter = Reach(channel, home, last), Matter(purpose, now)
        for state in states if states != ["-"] else []:
            reach, matter = state_of(reach, matter, state, now)
        verdict, reason, *until = result.split()
        yield Row(line, reach, matter, now, Decision(verdict, reason), " ".join(until))  # type: ignore[arg-type]


ROWS = list(table())


def test_the_table_is_long_enough_and_no_line_stands_twice() -> None:
    assert len(ROWS) >= 60
    given = [row.words.partition("->")[0] for row in ROWS]
    assert len(set(given)) == len(given)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(row.words.split()))
def test_each_decision(row: Row) -> None:
    decision = may_write(row.reach, row.matter, row.now)
    assert (decision.verdict, decision.reason) == (row.expected.verdict, row.expected.reason)
    if row.until:
        assert decision.at is not None
        local = decision.at.astimezone(ZoneInfo(row.reach.home.timezone))
        exact = "%a %H:%M:%S" if row.until.count(":") > 1 else "%a %H:%M"
        assert local.strftime(exact) == row.until
    if decision.verdict in ("template", "notice"):
        assert decision.template in row.reach.templates
    if decision.verdict == "elsewhere":
        assert decision.channel == "sms"


nows = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))
reaches = st.builds(
    Reach,
    channel=st.sampled_from(("whatsapp", "sms", "telegram", "web")),
    home=st.sampled_from(tuple(HOMES.values())),
    last_heard=st.none() | nows,
    opted_out=st.booleans(),
    unreachable=st.booleans(),
    failures=st.integers(0, 3),
    shut=st.booleans(),
    noticed=st.none() | nows,
    begun=st.lists(nows, max_size=6).map(lambda some: tuple(sorted(some))),
    unanswered=st.integers(0, 4),
    sms=st.integers(0, 6),
    instead=st.sampled_from(("", "sms")),
    templates=st.frozensets(st.sampled_from(TEMPLATES)),
)
purposes = st.sampled_from(sorted(PURPOSES))


@given(reaches, purposes, nows, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_what_holds_for_every_decision(
    reach: Reach, purpose: str, now: datetime, age: timedelta
) -> None:
    matter = Matter(purpose, now - age)
    decision = may_write(reach, matter, now)
    if reach.opted_out:
        assert decision.verdict == "never" or purpose in ("legal", "erased")
    if purpose == "erased":
        return
    outside = reach.last_heard is None or now - reach.last_heard >= WINDOW or reach.shut
    if decision.verdict == "now" and reach.channel == "whatsapp":
        assert not outside
    if decision.verdict in ("template", "notice", "elsewhere"):
        assert reach.channel == "whatsapp" or decision.verdict == "elsewhere"
    if decision.verdict == "later":
        assert decision.at is not None
        assert decision.at > now
        assert decision.at - now <= PATIENCE + timedelta(days=1)
    if PURPOSES[purpose].rank and decision.verdict in ("now", "template", "notice"):
        assert next_begin(now, reach.home, Hours()) == now
        today = [one for one in reach.begun if now - one < timedelta(days=1)]
        assert len(today) < Policy().per_day


@given(reaches, nows, st.integers(1, 20))
def test_who_waits_for_the_budget_goes_when_it_is_free(
    reach: Reach, now: datetime, hours: int
) -> None:
    """A nudge that was put off is decided anew at that moment, and is not put off for ever."""
    begun = tuple(now - timedelta(hours=hours * n) for n in range(4, 0, -1))
    reach = replace(
        reach, channel="telegram", opted_out=False, unreachable=False, failures=0, unanswered=0,
        begun=begun,
    )  # fmt: skip
    policy = Policy(hours=Hours(weekdays=ALL, saturday=ALL, sunday=ALL, ramadan=ALL))
    matter = Matter("nudge", now)
    at = now
    for _ in range(9):
        decision = may_write(reach, replace(matter, made=at), at, policy)
        if decision.verdict == "now":
            break
        assert decision.reason in ("budget", "quiet_hours")
        assert decision.at is not None
        at = decision.at
    assert decision.verdict == "now"


ALL = ((datetime.min.time(), datetime.max.time()),)


@given(
    st.builds(Pace, st.timedeltas(timedelta(0), timedelta(seconds=9)), st.integers(1, 20)),
    st.lists(st.tuples(st.timedeltas(timedelta(0), timedelta(seconds=20)), st.booleans())),
)
def test_nobody_is_written_to_faster_than_their_pace(
    pace: Pace, wanted: list[tuple[timedelta, bool]]
) -> None:
    """In any stretch of time as many as its gaps, and a burst; what is no answer never in a burst."""
    at, rests = datetime(2026, 11, 24, 10, tzinfo=UTC), None
    went: list[datetime] = []
    for wait, answers in wanted:
        at = pace.free(rests, at + wait, borrows=answers)
        if went and not answers:
            assert at - went[-1] >= pace.gap
        went.append(at)
        rests = pace.rest(rests, at)
    for first, begin in enumerate(went):
        for last, end in enumerate(went[first:], start=1):
            assert (last - pace.burst) * pace.gap <= end - begin


@given(st.builds(Pace, st.timedeltas(timedelta(0), timedelta(seconds=9)), st.integers(1, 20)), nows)
def test_a_clock_that_was_ahead_holds_nobody_up(pace: Pace, ahead: datetime) -> None:
    now = datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert now <= pace.free(ahead, now) <= now + pace.gap * pace.burst
    assert pace.rest(ahead, now) <= now + pace.gap * (pace.burst + 1)


def test_one_notice_is_enough_for_three_days() -> None:
    now = datetime(2026, 11, 24, 10, tzinfo=UTC)
    reach = Reach("whatsapp", FES, now - timedelta(days=9), templates=frozenset({"waiting"}))
    for ago, verdict in ((timedelta(minutes=1), "later"), (NOTICE_LASTS, "notice")):
        told = replace(reach, noticed=now - ago)
        assert may_write(told, Matter("news", now), now).verdict == verdict
