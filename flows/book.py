"""Every flow there is; drawn by ``mem map`` and run by the engine from the same objects."""

from flows.agreement import AGREEMENT, GOALS, HEAR, LETTER, PARTING, SHARE
from flows.announcing import ANNOUNCEMENT, ANNOUNCING
from flows.checking_in import AVAILABILITY, SILENT_PAIR
from flows.choice import CHOICE, WISH, WITHDRAW
from flows.circle import FOLLOW_UP, GIVE_BACK
from flows.closing import CLOSING, MENTOR_CLOSING
from flows.home import HOME
from flows.introduction import REPLY, REQUEST
from flows.mentor import MENTOR, MENTOR_PAUSE, MENTOR_PROFILE, PROFILES
from flows.onboarding import ONBOARDING, PROFILE
from flows.operators import APPROVAL
from flows.privacy import ERASE, LANGUAGE, REPORT, STOP
from flows.scheduling import OFFER, SCHEDULING
from flows.session import CANCELLING, HELD, NEXT_STEP, REMINDER
from flows.steps import Flow

FLOWS: tuple[Flow, ...] = (
    ONBOARDING, PROFILE, HOME, LANGUAGE, STOP, ERASE, REPORT,
    MENTOR, MENTOR_PROFILE, MENTOR_PAUSE, WISH, CHOICE, REQUEST, REPLY, GOALS, AGREEMENT, SHARE, PARTING, LETTER,
    HEAR, WITHDRAW, PROFILES,
    SCHEDULING, OFFER, REMINDER, CANCELLING, HELD, NEXT_STEP,
    CLOSING, MENTOR_CLOSING, GIVE_BACK, FOLLOW_UP, APPROVAL, ANNOUNCING, ANNOUNCEMENT,
    SILENT_PAIR, AVAILABILITY,
)  # fmt: skip
BOOK: dict[str, Flow] = {flow.name: flow for flow in FLOWS}
