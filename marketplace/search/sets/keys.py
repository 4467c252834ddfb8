"""In which sets a listing stands: one for each value of each facet, each word that finds it, each digit of its numbers."""

from collections.abc import Iterable, Mapping

from marketplace.search.schema import Document, Facet, closes, posted
from marketplace.search.sets.ranges import digits

EVERYTHING = "all"
# What finds it by words: stems and phrases, and what they mean.
WORD, MEANING = "word", "meaning"
# Public examples, and who states a value.
EXAMPLES, VALUED = "examples", "valued"
# By their digits: the value in rupiah, the seconds of closing and of publication.
WORTH, CLOSES, POSTED = "worth", "closes", "posted"
Keys = Mapping[str, Iterable[str]]
# Names of groups and members are written together, parted by this.
JOINT = ":"
_PLACES = tuple(map(str, range(64)))


def keys_of(document: Document) -> Keys:
    """The names of all of them but of the words, by their group. Some may stand there twice."""
    provinces = [code[:2] for code in document.regions]
    value = document.value_idr
    return {
        Facet.DIMENSION: (document.dimension,),
        Facet.SECTOR: (document.sector,),
        Facet.KBLI: document.kbli,
        Facet.REGION: (*provinces, *document.regions),
        Facet.SCHEME: document.schemes,
        # Each rung that it has reached; an unknown one counts as the lowest.
        Facet.READINESS: _PLACES[1 : max(document.readiness, 1) + 1],
        Facet.VALUE: (document.value_band,),
        Facet.PARTNER: document.partners,
        Facet.COHORT: document.cohorts,
        Facet.CLUSTER: document.clusters,
        Facet.ORGANISATION: (document.organisation,),
        EXAMPLES: (EXAMPLES,) if document.example else (),
        VALUED: () if value is None else (VALUED,),
        WORTH: _places(value or 0),
        CLOSES: _places(closes(document)),
        POSTED: _places(posted(document)),
    }


def _places(number: int) -> list[str]:
    return [_PLACES[place] for place in digits(number)]
