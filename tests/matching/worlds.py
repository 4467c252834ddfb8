"""Random listings and partners: few codes and round sums, so that ties are many, and every fact missing at times."""

import random
from collections.abc import Sequence
from typing import Any

from marketplace.matching.facts import Listing, Partner, Surroundings, Terms

SECTORS = ("waste", "water", "street-lighting", "tourism-ticketing")
PROVINCES = ("71", "72", "73", "32")
SCHEMES = ("kpbu", "ksdpk", "apbd")
KINDS = ("investor", "operator", "startup")
CAPABILITIES = ("fund", "build", "operate", "supply", "platform", "research")
MUSTS = ("nib", "iso", "done")
LANGUAGES = ("id", "en")
STEMS = tuple(f"kata{number}" for number in range(30))
SURROUNDINGS = Surroundings(
    near={"71": frozenset({"72"}), "72": frozenset({"71", "73"}), "73": frozenset({"72"})},
    dimensions={"waste": "env", "water": "env", "street-lighting": "living"},
)


def listing(source: random.Random, number: int) -> Listing:
    """Some listing of that id; most say the same as others."""
    source = _often_the_same(source)
    return Listing(
        id=number,
        province=source.choice(PROVINCES),
        sector=source.choice((None, *SECTORS)),
        schemes=_some(source, SCHEMES, 2),
        amount_idr=_sum(source),
        rung=source.choice((None, 1, 2, 3, 4, 5, 6)),
        partner_kinds=_some(source, KINDS, 2),
        must_codes=_some(source, MUSTS, 2),
        within_ticket=number % 3 == 0,
        capabilities=_some(source, CAPABILITIES, 6),
        languages=_some(source, LANGUAGES, 2),
        terms=_terms(source),
    )


def partner(source: random.Random, number: int) -> Partner:
    """Some partner of that id; most say the same as others."""
    source = _often_the_same(source)
    ends = sorted((_sum(source) or 10**9, _sum(source) or 10**10))
    fails = _some(source, MUSTS, 1) if source.random() < 0.2 else frozenset()
    return Partner(
        id=number,
        kind=source.choice((None, *KINDS)),
        sectors=_some(source, SECTORS, 2),
        provinces=_some(source, PROVINCES, 2),
        schemes=_some(source, SCHEMES, 2),
        smallest_idr=source.choice((None, ends[0])),
        largest_idr=source.choice((None, ends[1])),
        rung_from=source.choice((None, 1, 3, 5)),
        capabilities=_some(source, CAPABILITIES, 4),
        meets=_some(source, MUSTS, 3) - fails,
        fails=fails,
        records=source.choice((0, 0, 3)),
        proven_sectors=_some(source, SECTORS, 1),
        capacity_idr=_sum(source),
        languages=_some(source, LANGUAGES, 2),
        level=source.choice((None, 0, 1, 2, 3)),
        terms=_terms(source),
    )


def of_size(seed: int, listings: int, partners: int) -> tuple[list[Listing], list[Partner]]:
    """Both sides, their ids in no order."""
    source = random.Random(seed)
    ours, theirs = (source.sample(range(1, 10 * size + 1), size) for size in (listings, partners))
    return [listing(source, number) for number in ours], [partner(source, number) for number in theirs]


def _often_the_same(source: random.Random) -> random.Random:
    return random.Random(source.randrange(4)) if source.random() < 0.6 else source


def _some(source: random.Random, codes: Sequence[str], most: int) -> frozenset[str]:
    return frozenset(source.sample(codes, source.randint(0, most)))


def _sum(source: random.Random) -> Any:
    return source.choice((None, 10**8, 10**9, 5 * 10**9, 3 * 10**10, 10**12))


def _terms(source: random.Random) -> Terms:
    words = source.choices(STEMS, k=source.choice((0, 3, 8)))
    return tuple(sorted({word: float(words.count(word)) for word in words}.items()))
