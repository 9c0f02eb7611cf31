"""When a message may go: over 2026 to 2030, twelve zones and three releases of the zone data."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.clocks import shown
from flows.rules.contact import AWAITED, AWAKE, DECENT, LATE, WINDOW, Reach, may_write
from tests.flows.test_clocks import releases, zones
from tests.zone_data import zone_data

nows = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))


def is_decent(clock: time) -> bool:
    return DECENT[0] <= clock < DECENT[1]


@given(nows, zones, releases)
def test_a_nudge_waits_for_the_next_decent_hour_where_the_person_is(
    now: datetime, zone: str, release: str
) -> None:
    with zone_data(release):
        decision = may_write(Reach("sms", False, False, None, zone), "nudge", now)
        goes = decision.at or now
        assert decision.verdict in ("now", "later")
        assert (decision.verdict == "now") == is_decent(shown(now, zone).time())
        assert is_decent(shown(goes, zone).time())
        assert timedelta(0) <= goes - now < timedelta(hours=15)
        waiting = int((goes - now) / timedelta(minutes=15))
        moments = (now + timedelta(minutes=15) * n for n in range(waiting))
        assert not any(is_decent(shown(moment, zone).time()) for moment in moments)


@given(nows, zones, releases, st.sampled_from(("reply", "legal")))
def test_an_answer_never_waits(now: datetime, zone: str, release: str, purpose: str) -> None:
    with zone_data(release):
        assert may_write(Reach("web", False, False, None, zone), purpose, now).verdict == "now"


@given(nows, zones, releases)
def test_news_waits_only_for_the_night_to_be_over(now: datetime, zone: str, release: str) -> None:
    with zone_data(release):
        decision = may_write(Reach("telegram", False, False, None, zone), "news", now)
        goes = shown(decision.at or now, zone).time()
        assert AWAITED[0] <= goes < AWAITED[1]
        assert (decision.verdict == "now") == (AWAITED[0] <= shown(now, zone).time() < AWAITED[1])
        assert timedelta(0) <= (decision.at or now) - now < timedelta(hours=12)


@given(nows, zones, st.timedeltas(timedelta(0), timedelta(days=4)))
def test_whoever_wrote_just_now_is_awake(now: datetime, zone: str, silent: timedelta) -> None:
    decision = may_write(Reach("telegram", False, False, now - silent, zone), "news", now)
    if silent < AWAKE:
        assert decision.verdict == "now"


@given(nows, zones, st.timedeltas(timedelta(0), timedelta(days=4)))
def test_what_is_awaited_is_never_lost_to_whatsapps_window(
    now: datetime, zone: str, silent: timedelta
) -> None:
    reach = Reach("whatsapp", False, False, now - silent, zone)
    news, nudge = may_write(reach, "news", now), may_write(reach, "nudge", now)
    assert news.verdict != "never"
    for decision in (news, nudge):
        if decision.verdict == "now":
            assert silent < WINDOW
        elif decision.reason == "quiet_hours":
            assert (decision.at or now) - reach.last_heard < WINDOW  # type: ignore[operator]
    if silent >= WINDOW:
        assert (news.reason, nudge.verdict) == ("window_shut", "never")


@pytest.mark.parametrize("purpose", ["reply", "news", "nudge"])
def test_nothing_goes_to_who_said_stop_or_cannot_be_reached(purpose: str) -> None:
    now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    for reach in (
        Reach("sms", True, False, now, "Africa/Casablanca"),
        Reach("sms", False, True, now, "Africa/Casablanca"),
    ):
        assert may_write(reach, purpose, now).verdict == "never"


@given(nows, zones, releases)
def test_a_reminder_goes_at_its_hour_or_not_at_all(now: datetime, zone: str, release: str) -> None:
    with zone_data(release):
        reach = Reach("sms", False, False, None, zone)
        assert may_write(reach, "reminder", now, now).verdict == "now"
        assert may_write(reach, "reminder", now, now - LATE).verdict == "now"
        too_late = may_write(reach, "reminder", now, now - LATE - timedelta(seconds=1))
        assert (too_late.verdict, too_late.reason) == ("never", "too_late")
