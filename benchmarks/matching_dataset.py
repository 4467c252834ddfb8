"""The engine on any dataset of queries, candidates and known pairs (docs/matching.md, section 6)."""

from collections.abc import Collection, Sequence

import numpy as np

from benchmarks.matching_measures import AT, measured
from marketplace.matching.facts import Listing, Partner, Surroundings
from marketplace.matching.fast.world import World
from marketplace.matching.model import fit_model
from marketplace.matching.settings import Settings


def evaluate(
    listings: Sequence[Listing],
    partners: Sequence[Partner],
    known: Collection[tuple[int, int]],
    *,
    settings: Settings | None = None,
    surroundings: Surroundings | None = None,
) -> dict[str, float]:
    """NDCG@10, MRR and mutual hits of the lists of both sides. `known` are pairs of ids, a listing's first."""
    rows = {each.id: row for row, each in enumerate(listings)}
    columns = {each.id: column for column, each in enumerate(partners)}
    pairs = np.zeros((len(rows), len(columns)), bool)
    for listing_id, partner_id in known:
        pairs[rows[listing_id], columns[partner_id]] = True
    model = fit_model(settings or Settings(), surroundings or Surroundings(), listings, partners)
    scores = World.of(listings, partners, model).every_pair().totals()
    found = measured(scores, scores.T, pairs)
    return {
        f"ndcg@{AT}": float(found.ndcg.mean()),
        "mrr": float(found.rank.mean()),
        f"mutual hits@{AT}": found.mutual,
    }
