"""When a nudge may go: over 2026 to 2030, twelve zones and three releases of the zone data."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from flows.rules.clocks import shown
from flows.rules.contact import DECENT, LATE, Reach, may_write
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
def test_a_reminder_goes_at_its_hour_or_not_at_all(now: datetime, zone: str, release: str) -> None:
    with zone_data(release):
        reach = Reach("sms", False, False, None, zone)
        assert may_write(reach, "reminder", now, now).verdict == "now"
        assert may_write(reach, "reminder", now, now - LATE).verdict == "now"
        too_late = may_write(reach, "reminder", now, now - LATE - timedelta(seconds=1))
        assert (too_late.verdict, too_late.reason) == ("never", "too_late")
