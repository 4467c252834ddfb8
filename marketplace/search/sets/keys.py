"""In which sets a listing stands: one for each value of each facet, each word that finds it, each digit of its times."""

from collections.abc import Iterable

from marketplace.search.schema import Document, Facet, ends, posted
from marketplace.search.sets.ranges import digits

WORD = "word"
ENDS, POSTED = "ends", "posted"
# Unknown deadlines lie at 2**33, seconds of publication below 2**32.
ENDS_DIGITS, POSTED_DIGITS = 34, 32


def keys_of(document: Document, words: Iterable[str]) -> list[str]:
    """The names of all of them; `words` are what finds it."""
    return [
        *[f"{WORD}:{word}" for word in words],
        *[f"{facet}:{value}" for facet, values in _values(document).items() for value in {*values}],
        *[f"{ENDS}:{place}" for place in digits(ends(document))],
        *[f"{POSTED}:{place}" for place in digits(posted(document))],
    ]


def _values(document: Document) -> dict[Facet, Iterable[str]]:
    provinces = {code[:2] for code in document.regions}
    return {
        Facet.DIMENSION: (document.dimension,),
        Facet.SECTOR: (document.sector,),
        Facet.KBLI: document.kbli,
        Facet.REGION: provinces.union(document.regions),
        Facet.SCHEME: document.schemes,
        # Each rung that it has reached; an unknown one counts as the lowest.
        Facet.READINESS: map(str, range(1, max(document.readiness, 1) + 1)),
        Facet.VALUE: (document.value_band,),
        Facet.PARTNER: document.partners,
        Facet.COHORT: document.cohorts,
        Facet.CLUSTER: document.clusters,
        Facet.ORGANISATION: (document.organisation,),
    }
