"""At what hour a message may go: over 2026 to 2030, twelve zones and three releases of the zone data."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from flows.rules.clocks import shown
from flows.rules.contact import AWAKE, LATE, Decision, Matter, Reach, may_write
from flows.rules.decent import Home, Hours
from flows.rules.feasts import is_holiday
from tests.flows.test_clocks import releases, zones
from tests.zone_data import zone_data

nows = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))
COUNTRIES = st.sampled_from(("DE", "CA", "FR"))
AWAITED = Hours().awaited[0]


def decide(
    now: datetime,
    purpose: str,
    home: Home,
    heard: datetime | None = None,
    made: datetime | None = None,
) -> Decision:
    return may_write(Reach("telegram", home, heard), Matter(purpose, made or now), now)


def is_decent(at: datetime, home: Home) -> bool:
    """The hours written out once more, for a country without Ramadan."""
    local = shown(at, home.timezone)
    clock, day = local.time(), local.date()
    if is_holiday(day, home.country) or day.weekday() == 6:
        return False
    if day.weekday() == 5:
        return time(10) <= clock < time(13)
    return time(9, 30) <= clock < time(12, 30) or time(14, 30) <= clock < time(20)


@given(nows, zones, releases, COUNTRIES)
def test_a_nudge_waits_for_the_next_decent_hour_where_the_person_is(
    now: datetime, zone: str, release: str, country: str
) -> None:
    home = Home(zone, country)
    with zone_data(release):
        decision = decide(now, "nudge", home)
        goes = decision.at or now
        assert decision.verdict in ("now", "later")
        assert (decision.verdict == "now") == is_decent(now, home)
        assert is_decent(goes, home)
        assert timedelta(0) <= goes - now < timedelta(days=6)
        waiting = int((goes - now) / timedelta(minutes=15))
        moments = (now + timedelta(minutes=15) * n for n in range(waiting))
        assert not any(is_decent(moment, home) for moment in moments)


@given(nows, zones, releases, st.sampled_from(("reply", "legal")))
def test_an_answer_never_waits(now: datetime, zone: str, release: str, purpose: str) -> None:
    with zone_data(release):
        assert decide(now, purpose, Home(zone)).verdict == "now"


@given(nows, zones, releases)
def test_news_waits_only_for_the_night_to_be_over(now: datetime, zone: str, release: str) -> None:
    with zone_data(release):
        decision = decide(now, "news", Home(zone))
        goes = shown(decision.at or now, zone).time()
        assert AWAITED[0] <= goes < AWAITED[1]
        assert (decision.verdict == "now") == (AWAITED[0] <= shown(now, zone).time() < AWAITED[1])
        assert timedelta(0) <= (decision.at or now) - now < timedelta(hours=12)


@given(nows, zones, st.timedeltas(timedelta(0), timedelta(days=4)))
def test_whoever_wrote_just_now_is_awake(now: datetime, zone: str, silent: timedelta) -> None:
    decision = decide(now, "news", Home(zone), now - silent)
    if silent < AWAKE:
        assert decision.verdict == "now"


@given(nows, zones, releases)
def test_a_reminder_goes_at_its_hour_or_not_at_all(now: datetime, zone: str, release: str) -> None:
    with zone_data(release):
        home = Home(zone)
        assert decide(now, "reminder", home).verdict == "now"
        assert decide(now, "reminder", home, made=now - LATE).verdict == "now"
        too_late = decide(now, "reminder", home, made=now - LATE - timedelta(seconds=1))
        assert (too_late.verdict, too_late.reason) == ("never", "too_late")
