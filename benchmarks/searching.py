"""Processor time of the search alone: hits and all counts, in this process."""

import random
import time
from collections.abc import Callable
from statistics import mean

from benchmarks.addresses import DIMENSIONS, PROVINCES, SCHEMES, WORDS
from marketplace.core import clock
from marketplace.opportunities.finding.bands import CODES
from marketplace.partners.rules import PartnerKind
from marketplace.search.finding import find
from marketplace.search.index import View
from marketplace.search.query import SearchRequest, Sort
from marketplace.search.schema import NO_DEADLINE, Facet

_QUESTIONS = 200
CHOICES = {
    Facet.DIMENSION: tuple(f"smart-{name}" for name in DIMENSIONS),
    Facet.KBLI: ("62019", "62024", "66411", "63122", "93211"),
    Facet.SCHEME: SCHEMES,
    Facet.REGION: PROVINCES,
    Facet.VALUE: CODES,
    Facet.STATUS: ("open", "closed"),
    Facet.READINESS: ("2", "3", "4"),
    Facet.PARTNER: tuple(PartnerKind),
    Facet.DEADLINE: ("30", "90", NO_DEADLINE),
    Facet.POSTED: ("30", "90"),
    Facet.COHORT: ("2017-tahap-i", "2018-tahap-ii", "2022", "2023"),
    Facet.CLUSTER: ("danau-toba", "borobudur", "wakatobi"),
}
_USUAL = (Facet.DIMENSION, Facet.SCHEME, Facet.REGION, Facet.VALUE, Facet.STATUS, Facet.READINESS)


def measure(view: View) -> dict[str, float]:
    """Mean processor milliseconds of a question of each sort. "Everything" is counted anew each time, though pages do so
    once a second."""
    source = random.Random(5)
    kinds: dict[str, Callable[[], SearchRequest]] = {
        "everything": lambda: SearchRequest(clock.now(), page=source.randint(1, 5)),
        "one word": lambda: SearchRequest(clock.now(), source.choice(WORDS), sort=Sort.RELEVANCE),
        "0 to 3 filters": lambda: mix(source, source.randint(0, 3), 1),
        "6 filters": lambda: mix(source, 6, 1),
        "6 of any filters": lambda: mix(source, 6, 1, tuple(CHOICES)),
        "3 filters, several values": lambda: mix(source, 3, 3),
        "6 of any, several values": lambda: mix(source, 6, 3, tuple(CHOICES)),
    }
    return {
        name: _mean_ms(view, [make() for _ in range(_QUESTIONS)], anew=name == "everything")
        for name, make in kinds.items()
    }


def mix(source: random.Random, filters: int, values: int, among: tuple[Facet, ...] = _USUAL) -> SearchRequest:
    """A question with so many filters of so many values, and a word in one of three."""
    chosen = {
        facet: tuple(source.sample(CHOICES[facet], min(values, len(CHOICES[facet]))))
        for facet in source.sample(among, filters)
    }
    words = source.choice(("", "", source.choice(WORDS)))
    return SearchRequest(clock.now(), words, chosen, source.choice((Sort.NEWEST, Sort.DEADLINE, Sort.VALUE)))


def _mean_ms(view: View, questions: list[SearchRequest], *, anew: bool) -> float:
    spent = []
    for question in questions:
        if anew:
            view.tables.clear()
        began = time.process_time()
        find(view, question)
        spent.append(time.process_time() - began)
    return mean(spent) * 1000
