"""A synthetic world of listings and partners whose true willingness is known, and of which 10 to 50 % is not said.

Truth is made of latent topics, distances and sums by a formula of its own, not by the engine's; what listings and
partners say is a noisy, incomplete picture of it.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from marketplace.data.reading import read_rows
from marketplace.matching.facts import Listing, Partner, Surroundings, Terms

Array = NDArray[Any]
SCHEMES = ("apbd", "kpbu", "ksdpk", "ksp", "bgs", "bsg", "tjsl", "hibah", "pinjaman", "swasta")
KINDS = (
    "investor", "foreign_investor", "fintech", "startup", "marketplace", "bumn", "bumd", "operator", "university",
)  # fmt: skip
CAPABILITIES = ("fund", "build", "operate", "supply", "platform", "research")
EASTERN = ("Sulawesi", "Maluku", "Papua")
_EASTERN_TOO = ("52", "53")
_SECTOR_WORDS, _GENERAL_WORDS, _MEANINGS = 40, 2_400, 5
# How common the commonest words are: a pair shares 5 terms, as texts of 41 and 28 stems did when goals were set.
_OFTEN = 3
_NEAR = 3
_LISTING_WORDS, _PARTNER_WORDS = 45, 32


@dataclass(frozen=True)
class Ground:
    """Provinces, sectors and what lies near what, from the product's own reference data."""

    provinces: list[str]
    points: Array
    shares: Array
    eastern: Array
    sectors: list[str]
    dimensions: Array
    surroundings: Surroundings

    @cached_property
    def distances(self) -> Array:
        """Thousands of kilometres between provinces."""
        gaps = self.points[:, None, :] - self.points[None, :, :]
        return np.sqrt((gaps**2).sum(axis=2)) * 0.111


def ground() -> Ground:
    """The ground that every invented world stands on."""
    rows = read_rows("regions.csv")
    provinces = [row for row in rows if row["type"] == "provinsi"]
    codes = [row["code"] for row in provinces]
    points = np.array([(float(row["latitude"]), float(row["longitude"])) for row in provinces])
    governments = Counter(row["province_code"] for row in rows if row["type"] != "provinsi")
    shares = np.array([governments[code] for code in codes], float)
    eastern = np.array([row["island_group"] in EASTERN or row["code"] in _EASTERN_TOO for row in provinces])
    order = np.argsort(((points[:, None] - points[None]) ** 2).sum(axis=2), axis=1)[:, 1 : _NEAR + 1]
    sectors = read_rows("sectors.csv")
    names = sorted({row["dimension_id"] for row in sectors})
    return Ground(
        codes, points, shares / shares.sum(), eastern, [row["sector_id"] for row in sectors],
        np.array([names.index(row["dimension_id"]) for row in sectors]),
        Surroundings(
            {code: frozenset(codes[near] for near in order[place]) for place, code in enumerate(codes)},
            {row["sector_id"]: row["dimension_id"] for row in sectors},
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class Invented:
    """Both sides as they say it; latent values by row, for truth and for slices."""

    ground: Ground
    listings: list[Listing]
    partners: list[Partner]
    latent: dict[str, Array]
    seed: int

    @cached_property
    def willing(self) -> tuple[Array, Array]:
        """The chance that the partner would want the listing, and the Pemda the partner; a row a listing."""
        return _willing(self)

    @cached_property
    def known(self) -> Array:
        """The pairs that would come together, drawn once by both chances."""
        source = np.random.default_rng((self.seed, 7))
        wants, wanted = self.willing
        return source.random(wants.shape) < wants * wanted


def invented(listings: int, partners: int, seed: int) -> Invented:
    """A world of that size, the same for the same seed."""
    base, source = ground(), np.random.default_rng(seed)
    latent = _latent_listings(base, listings, source) | _latent_partners(base, partners, source)
    words = _Words(base, source)
    ours = [_listing(base, latent, words, row, source) for row in range(listings)]
    theirs = [_partner(base, latent, words, row, source) for row in range(partners)]
    return Invented(base, ours, theirs, latent, seed)


def _latent_listings(base: Ground, number: int, source: Any) -> dict[str, Array]:
    sectors = len(base.sectors)
    sector = source.integers(0, sectors, number)
    topics = source.dirichlet(np.full(sectors, 0.05), number) * 0.3
    topics[np.arange(number), sector] += 0.7
    return {
        "sector": sector,
        "topics": topics,
        "province": source.choice(len(base.provinces), number, p=base.shares),
        "sum": source.normal(10.3, 0.9, number),
        "rung": source.integers(1, 7, number),
        "needs": source.random((number, len(CAPABILITIES))) < 0.35,
        "schemes": source.random((number, len(SCHEMES))) < 0.15,
        "kinds": source.random((number, len(KINDS))) < 0.3,
        "english": source.random(number) < 0.35,
        "silence": source.uniform(0.1, 0.5, number),
    }


def _latent_partners(base: Ground, number: int, source: Any) -> dict[str, Array]:
    # Offices stand where people are: Java has most of them.
    towards = base.shares * np.where(np.array([code[0] == "3" for code in base.provinces]), 4, 1)
    return {
        "p_topics": source.dirichlet(np.full(len(base.sectors), 0.06), number),
        "home": source.choice(len(base.provinces), number, p=towards / towards.sum()),
        "reach": source.lognormal(-0.2, 0.8, number),
        "middle": source.normal(10.3, 1.0, number),
        "width": source.uniform(0.3, 1.0, number),
        "from": source.integers(1, 6, number),
        "able": source.random((number, len(CAPABILITIES))) < 0.45,
        "p_schemes": source.random((number, len(SCHEMES))) < 0.3,
        "kind": source.integers(0, len(KINDS), number),
        "records": source.poisson(1.5, number),
        "trust": source.integers(0, 4, number),
        "p_english": source.random(number) < 0.25,
        "p_silence": source.uniform(0.1, 0.5, number),
    }


class _Words:
    """Words by sector and general ones; a third has a meaning that both languages share."""

    def __init__(self, base: Ground, source: Any) -> None:
        own = source.permutation(len(base.sectors) * _SECTOR_WORDS).reshape(len(base.sectors), -1)
        near = [own[base.dimensions == dimension].ravel() for dimension in base.dimensions]
        self._pools = [
            np.concatenate((words, source.choice(others, 20)))
            for words, others in zip(own, near, strict=True)
        ]
        weights = np.arange(_OFTEN, _GENERAL_WORDS + _OFTEN) ** -1.4
        self._general = np.cumsum(weights / weights.sum())
        self._first_general = own.size

    def draw(self, topics: Array, size: int, english: bool, source: Any) -> Terms:
        special = source.choice(len(topics), size * 2 // 5, p=topics / topics.sum())
        words = [int(self._pools[each][source.integers(0, len(self._pools[each]))]) for each in special]
        general = np.searchsorted(self._general, source.random(size - len(words)))
        words += (np.minimum(general, _GENERAL_WORDS - 1) + self._first_general).tolist()
        language = "en" if english else "id"
        counts = Counter(f"{language}{word}" for word in words)
        counts.update(f"=m{word}" for word in words if word % _MEANINGS == 0)
        return tuple(sorted((term, float(count)) for term, count in counts.items()))


def _said(source: Any, silence: float, value: Any, nothing: Any) -> Any:
    return nothing if source.random() < silence else value


def _listing(base: Ground, latent: dict[str, Array], words: _Words, row: int, source: Any) -> Listing:
    silence = latent["silence"][row]
    english = bool(latent["english"][row])
    return Listing(
        id=row + 1,
        province=base.provinces[latent["province"][row]],
        sector=_said(source, silence / 3, base.sectors[latent["sector"][row]], None),
        schemes=_said(source, silence, _chosen(SCHEMES, latent["schemes"][row]), frozenset()),
        amount_idr=_said(source, silence, _rupiah(latent["sum"][row]), None),
        rung=_said(source, silence, int(latent["rung"][row]), None),
        partner_kinds=_said(source, silence, _chosen(KINDS, latent["kinds"][row]), frozenset()),
        capabilities=_said(source, silence, _chosen(CAPABILITIES, latent["needs"][row]), frozenset()),
        languages=frozenset({"id", "en"} if english else {"id"}),
        terms=words.draw(latent["topics"][row], _LISTING_WORDS, False, source),
    )


def _partner(base: Ground, latent: dict[str, Array], words: _Words, row: int, source: Any) -> Partner:
    silence, topics = latent["p_silence"][row], latent["p_topics"][row]
    reach, home = latent["reach"][row], latent["home"][row]
    reached = np.flatnonzero(base.distances[home] < reach * 0.5)
    provinces = frozenset(base.provinces[each] for each in reached) if len(reached) < 20 else frozenset()
    middle, width = latent["middle"][row], latent["width"][row]
    ends = [_rupiah(middle + sign * width) for sign in (-1, 1)]
    records = int(latent["records"][row])
    proven = source.choice(len(topics), records, p=topics)
    english = bool(latent["p_english"][row])
    return Partner(
        id=row + 1,
        kind=KINDS[latent["kind"][row]],
        sectors=_said(
            source,
            silence,
            frozenset(base.sectors[each] for each in np.flatnonzero(topics > 0.15)),
            frozenset(),
        ),
        provinces=_said(source, silence, provinces, frozenset()),
        schemes=_said(source, silence, _chosen(SCHEMES, latent["p_schemes"][row]), frozenset()),
        smallest_idr=_said(source, silence, ends[0], None),
        largest_idr=_said(source, silence, ends[1], None),
        rung_from=_said(source, silence, int(latent["from"][row]), None),
        capabilities=_said(source, silence, _chosen(CAPABILITIES, latent["able"][row]), frozenset()),
        records=records,
        proven_sectors=frozenset(base.sectors[each] for each in proven),
        capacity_idr=_said(source, silence, ends[1], None),
        languages=frozenset({"en"} if english else {"id"}),
        level=int(latent["trust"][row]),
        terms=_said(source, silence / 2, words.draw(topics, _PARTNER_WORDS, english, source), ()),
    )


def _rupiah(decades: float) -> int:
    return max(10**6, int(round(10**decades, -6)))


def _chosen(codes: tuple[str, ...], flags: Array) -> frozenset[str]:
    return frozenset(code for code, flag in zip(codes, flags, strict=True) if flag)


def _willing(world: Invented) -> tuple[Array, Array]:
    latent, base = world.latent, world.ground
    source = np.random.default_rng((world.seed, 3))
    kin = (base.dimensions[:, None] == base.dimensions[None]) * 0.15 + np.eye(len(base.sectors)) * 0.85
    topic = latent["topics"] @ kin @ latent["p_topics"].T
    far = base.distances[latent["home"]][:, latent["province"]].T / latent["reach"]
    money = np.abs(latent["sum"][:, None] - latent["middle"]) / latent["width"]
    schemes = latent["schemes"].astype(float) @ latent["p_schemes"].T.astype(float) > 0
    early = np.maximum(latent["from"] - latent["rung"][:, None], 0)
    wants = (
        7 * topic
        - 1.0 * np.minimum(far, 3)
        - 1.2 * np.maximum(money - 0.8, 0)
        + 0.6 * schemes
        - 0.4 * early
        - 2.4
    )
    needs = latent["needs"].astype(float)
    covered = needs @ latent["able"].T.astype(float) / np.maximum(needs.sum(axis=1), 1)[:, None]
    kind = latent["kinds"][:, latent["kind"]]
    short = np.maximum(latent["sum"][:, None] - latent["middle"] - latent["width"], 0)
    shown = np.minimum(latent["records"], 4) / 4
    wanted = 5 * topic + 2 * covered + 1.0 * kind + 1.2 * shown + 0.3 * latent["trust"] - 1.5 * short - 3.6
    noise = source.normal(0, 0.6, (2, *topic.shape))
    return 1 / (1 + np.exp(-(wants + noise[0]))), 1 / (1 + np.exp(-(wanted + noise[1])))
