"""Mentees and mentors as the programme may have them, made up from a seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from flows.rules.availability import TAPPED, Window
from flows.rules.partners import SKILLS, STAGES, WAYS, Mentee, Mentor
from flows.rules.pool import Pool
from flows.rules.score import Weights

WEEK = date(2026, 12, 1)
REGIONS = {
    "06": 21, "04": 14, "07": 13, "03": 12, "01": 11, "09": 8,
    "05": 7, "02": 6, "08": 5, "11": 1, "10": 1, "12": 1,
}  # fmt: skip
"""Weights about as the census of 2024 counts people (data/regions_ma.csv)."""
ABROAD = {
    ("FR", "Europe/Paris"): 40, ("ES", "Europe/Madrid"): 12, ("IT", "Europe/Rome"): 8,
    ("BE", "Europe/Brussels"): 10, ("NL", "Europe/Amsterdam"): 6, ("DE", "Europe/Berlin"): 10,
    ("CA", "America/Toronto"): 8, ("GB", "Europe/London"): 4, ("AE", "Asia/Dubai"): 4,
    ("US", "America/New_York"): 6,
}  # fmt: skip
SECTORS = {
    "commerce": 24, "crafts": 14, "digital": 13, "tourism": 10, "agriculture": 9, "textile": 7,
    "agro_industry": 7, "construction": 6, "education": 5, "other": 5,
}  # fmt: skip
NEEDS = {
    "finance": 20, "marketing": 19, "sales": 13, "digital": 11, "fundraising": 11, "legal": 8,
    "strategy": 7, "export": 5, "operations": 4, "hr": 2,
}  # fmt: skip


@dataclass
class Chance:
    """A seeded source of people."""

    random: Random

    def one(self, weighted: dict[Any, int]) -> Any:
        return self.random.choices(list(weighted), list(weighted.values()))[0]

    def some(self, weighted: dict[Any, int], least: int, most: int) -> tuple[Any, ...]:
        drawn = (self.one(weighted) for _ in range(self.random.randint(least, most)))
        return tuple(dict.fromkeys(drawn))

    def languages(self, abroad: bool) -> tuple[str, ...]:
        chances = {"ary": 0.92, "ar": 0.6, "fr": 0.95 if abroad else 0.6, "en": 0.35, "ber": 0.2}
        spoken = [code for code, share in chances.items() if self.random.random() < share]
        return tuple(spoken) or ("ary",)

    def ways(self) -> tuple[str, ...]:
        chances = dict(zip(WAYS, (0.8, 0.6, 0.3, 0.35), strict=True))
        return tuple(w for w, share in chances.items() if self.random.random() < share) or (
            "voice",
        )

    def hours(self) -> list[Window]:
        """Tapped by most, said in words by some, left out by a few."""
        kind = self.random.random()
        if kind < 0.1:
            return []
        if kind < 0.8:
            return [TAPPED[name] for name in self.some(dict.fromkeys(TAPPED, 1), 1, 3)]
        days = sorted(self.random.sample(range(7), self.random.randint(1, 3)))
        start = self.random.randint(8, 19)
        end = f"{start + self.random.randint(1, 3):02}:00"
        return [{"days": days, "start": f"{start:02}:00", "end": end}]

    def home(self, abroad: float) -> dict[str, Any]:
        if self.random.random() < abroad:
            country, zone = self.one(ABROAD)
            return {"country": country, "zone": zone}
        return {"country": "MA", "region": self.one(REGIONS)}


def mentee(id: int, chance: Chance, mentors: range) -> Mentee:
    random = chance.random
    languages = chance.languages(abroad=False)
    woman = random.random() < 0.45
    wants = random.choices([None, "near", "diaspora"], [60, 25, 15])[0]
    return Mentee(
        id=id,
        needs=chance.some(NEEDS, 1, 3),
        sector=chance.one(SECTORS),
        stage=random.choice(STAGES),
        languages=languages,
        heart=random.choice(languages),
        ways=chance.ways(),
        weak_line=random.random() < 0.3,
        availability=chance.hours(),
        gender="f" if woman else "m",
        prefers_woman=woman and random.random() < 0.3,
        wants=wants,
        refused=frozenset([random.choice(mentors)] if random.random() < 0.05 else []),
        waiting_days=random.randint(0, 90),
        **chance.home(0.01),
    )


def mentor(id: int, chance: Chance, capacity: tuple[int, int], mentees: range) -> Mentor:
    random = chance.random
    asked = random.random() < 0.7
    home = chance.home(0.4)
    places = random.randint(*capacity)
    return Mentor(
        id=id,
        skills=chance.some(dict.fromkeys(SKILLS, 1), 1, 4),
        sectors=chance.some(SECTORS, 1, 2),
        stages=tuple(s for s in STAGES if random.random() < 0.6) or (STAGES[-1],),
        languages=chance.languages(home["country"] != "MA"),
        ways=chance.ways(),
        availability=chance.hours(),
        gender="f" if random.random() < 0.35 else "m",
        capacity=places,
        taken=random.randint(0, places // 3),
        paused=random.random() < 0.03,
        answered=random.random() if asked else None,
        answer_hours=random.uniform(1, 96) if asked else None,
        idle_days=random.randint(0, 120) if asked else None,
        refused=frozenset([random.choice(mentees)] if random.random() < 0.05 else []),
        **home,
    )


def people(
    mentees: int, mentors: int, capacity: tuple[int, int] = (3, 6), seed: int = 1
) -> tuple[Sequence[Mentee], Sequence[Mentor]]:
    """So many of each; a mentor takes ``capacity`` mentees at most (AFEM had 4, up to 6)."""
    chance = Chance(Random(seed))
    firsts, seconds = range(1, mentees + 1), range(1_000_001, 1_000_001 + mentors)
    return (
        [mentee(id, chance, seconds) for id in firsts],
        [mentor(id, chance, capacity, firsts) for id in seconds],
    )


def pool(mentors: Sequence[Mentor]) -> Pool:
    return Pool.of(mentors, WEEK, Weights())
