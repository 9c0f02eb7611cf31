"""Every flow there is; drawn by ``mem map`` and run by the engine from the same objects."""

from flows.home import HOME
from flows.onboarding import ONBOARDING, PROFILE
from flows.privacy import ERASE, LANGUAGE, REPORT, STOP
from flows.steps import Flow

FLOWS: tuple[Flow, ...] = (ONBOARDING, PROFILE, HOME, LANGUAGE, STOP, ERASE, REPORT)
BOOK: dict[str, Flow] = {flow.name: flow for flow in FLOWS}
