"""The places we know, read once from the data files and indexed by every name people use.

Towns and communes: HCP, RGPH 2024. Coordinates: GeoNames. Countries: Unicode CLDR. See NOTICE.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from nlu.lexicon import Lexicon, cells, rows

MOROCCO: Final = "Africa/Casablanca"
Entry = tuple[int, "Place"]
"""How well known the name is (0 a town, 1 a country or district, 2 a region, 3 a commune), and the place."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is. ``code`` is the HCP's, or "FR:Paris", or "FR" for a whole country."""

    code: str
    name_fr: str
    name_ar: str
    name_en: str
    region: str
    country: str
    timezone: str
    lat: float | None = None
    lon: float | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Place:
        return cls(**data)

    def name(self, language: str | None) -> str:
        """Its name in one of the languages we write."""
        return {"ar": self.name_ar, "en": self.name_en}.get(language or "", self.name_fr)


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


@functools.cache
def towns() -> dict[str, Place]:
    """The 132 towns by HCP code, most populous first."""
    return {
        row["hcp_code"]: Place(
            row["hcp_code"], row["name_fr"], row["name_ar"], row["name_en"], row["region_code"],
            "MA", MOROCCO, _number(row["lat"]), _number(row["lon"]),
        )
        for row in rows("cities_ma")
    }  # fmt: skip


@functools.cache
def communes() -> dict[str, Place]:
    """All communes by HCP code; those that are towns carry the town's names and coordinates."""
    found = {
        row["hcp_code"]: Place(
            row["hcp_code"], row["name_fr"], row["name_ar"], row["name_fr"], row["region_code"],
            "MA", MOROCCO,
        )
        for row in rows("communes_ma")
    }  # fmt: skip
    return {**found, **towns()}


@functools.cache
def provinces() -> dict[str, tuple[str, str]]:
    """The province of each commune, in French and Arabic: what tells two of one name apart."""
    return {
        row["hcp_code"]: (row["province_fr"], row["province_ar"]) for row in rows("communes_ma")
    }


def _abroad(row: Mapping[str, str]) -> Place:
    code = row["country"] if row["kind"] == "country" else f"{row['country']}:{row['name_fr']}"
    return Place(
        code, row["name_fr"], row["name_ar"], row["name_en"], "", row["country"],
        row["timezone"], _number(row["lat"]), _number(row["lon"]),
    )  # fmt: skip


@functools.cache
def abroad() -> dict[str, Place]:
    """Towns and countries of the diaspora, by our code. A "city" stands for its zone where asked."""
    return {place.code: place for place in map(_abroad, rows("diaspora_places"))}


def zones(country: str) -> list[Place]:
    """One well-known town for each time zone of a country: where to ask which is meant."""
    first: dict[str, Place] = {}
    for row in rows("diaspora_places"):
        if row["kind"] == "city" and row["country"] == country:
            first.setdefault(row["timezone"], _abroad(row))
    return list(first.values())


def _town_names() -> Iterator[tuple[str, Place]]:
    for row in rows("cities_ma"):
        names = [row["name_fr"], row["name_ar"], row["name_en"]]
        for name in (*names, *cells(row["aliases_latin"]), *cells(row["aliases_ar"])):
            yield name, towns()[row["hcp_code"]]


def _abroad_names(kind: str) -> Iterator[tuple[str, Place]]:
    for row in rows("diaspora_places"):
        if row["kind"] == kind:
            names = (row["name_fr"], row["name_ar"], row["name_en"], row["name_de"])
            for name in (*names, *cells(row["aliases"])):
                yield name, _abroad(row)


def _district_names() -> Iterator[tuple[str, Place]]:
    for row in rows("arrondissements_ma"):
        for name in (row["name_fr"], row["name_ar"]):
            yield name, towns()[row["commune_code"]]
    yield from _excepted("district")


def region_name(code: str | None, language: str = "fr") -> str | None:
    """A region's name by its HCP code."""
    named = (row[f"name_{language}"] for row in rows("regions_ma") if row["code"] == code)
    return next(named, None)


def _region_names() -> Iterator[tuple[str, Place]]:
    for row in rows("regions_ma"):
        if not row["iso_3166_2"]:
            continue  # the "13th region" is everywhere abroad: not a place one can be in
        names = (row["name_fr"], row["name_ar"], row["name_en"])
        region = Place(row["code"], *names, row["code"], "MA", MOROCCO)
        for name in (*names, *cells(row["aliases"])):
            yield name, region


def _excepted(kind: str) -> Iterator[tuple[str, Place]]:
    """The names in ``place_exceptions`` that stand for communes, some for several."""
    for row in rows("place_exceptions"):
        if row["kind"] == kind:
            for name in cells(row["words"]):
                yield from ((name, communes()[code]) for code in cells(row["codes"]))


def _ambiguous_names() -> Iterator[tuple[str, Place]]:
    yield from _excepted("ambiguous")
    for row in rows("cities_ma"):
        for code in cells(row["same_name_communes"]):
            for name in (row["name_fr"], row["name_ar"]):
                yield name, communes()[code]


def _commune_names() -> Iterator[tuple[str, Place]]:
    for row in rows("communes_ma"):
        for name in (row["name_fr"], row["name_ar"]):
            yield name, communes()[row["hcp_code"]]
    yield from _excepted("commune")


def known_names() -> Iterator[tuple[str, Entry]]:
    """Every name of the places that most people mean, without the 1,503 communes."""
    for tier, names in enumerate(_tiers()):
        yield from ((name, (tier, place)) for name, place in names if name)


def _tiers() -> tuple[Iterator[tuple[str, Place]], ...]:
    abroad_ = (_abroad_names("city"), _abroad_names("town"))
    towns_ = (pair for names in (_town_names(), *abroad_, _ambiguous_names()) for pair in names)
    others = (pair for names in (_abroad_names("country"), _district_names()) for pair in names)
    return towns_, others, _region_names()


def commune_names() -> Iterator[tuple[str, Entry]]:
    """The names of all communes, for an answer that is nothing but a place."""
    yield from ((name, (3, place)) for name, place in _commune_names())


@functools.cache
def well_known() -> Lexicon[Entry]:
    return Lexicon(known_names())


@functools.cache
def everything() -> Lexicon[Entry]:
    """Names of every tier; the communes last."""
    return Lexicon([*known_names(), *commune_names()])


def best(entries: tuple[Entry, ...]) -> list[Place]:
    """The places of the best-known tier among several that share a name."""
    tier = min(tier for tier, _ in entries)
    return list(dict.fromkeys(place for own, place in entries if own == tier))
