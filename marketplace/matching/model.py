"""What scores hang on besides the two sides: frozen by a refresh, so that one change re-scores what it touches."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from marketplace.matching.facts import Listing, Partner, Surroundings, Terms
from marketplace.matching.fast.terms import Vector, term_weights, vector_of
from marketplace.matching.settings import FULL, Settings

_NO_PRICES: Mapping[int, int] = {}


@dataclass(frozen=True)
class Model:
    """Settings, surroundings, how telling each term is, and the prices of those who would stand everywhere.

    A price is in points of the score. It counts in the other side's lists alone, never in the score that is shown.
    """

    settings: Settings = field(default_factory=Settings)
    surroundings: Surroundings = field(default_factory=Surroundings)
    term_weights: Mapping[str, float] = field(default_factory=dict)
    partner_prices: Mapping[int, int] = field(default_factory=lambda: _NO_PRICES)
    listing_prices: Mapping[int, int] = field(default_factory=lambda: _NO_PRICES)

    @cached_property
    def most_telling(self) -> float:
        """The weight of a term that was not there when the weights were made."""
        return max(self.term_weights.values(), default=1.0)

    def vector(self, terms: Terms) -> Vector:
        """The terms as whole numbers: the product of two vectors is the value of the text, FULL from the settings'
        `full_cosine` on."""
        return vector_of(terms, self.term_weights, self.most_telling, self._length)

    @cached_property
    def _length(self) -> float:
        return math.sqrt(FULL * 100 / self.settings.full_cosine)

    def partner_price(self, partner_id: int) -> int:
        """What the partner's score loses in lists of partners."""
        return self.partner_prices.get(partner_id, 0)

    def listing_price(self, listing_id: int) -> int:
        """What the listing's score loses in lists of listings."""
        return self.listing_prices.get(listing_id, 0)


def fit_model(
    settings: Settings, surroundings: Surroundings, listings: Iterable[Listing], partners: Iterable[Partner]
) -> Model:
    """A model without prices whose term weights are those of these texts."""
    texts = [each.terms for each in listings] + [each.terms for each in partners]
    return Model(settings, surroundings, term_weights(texts))
