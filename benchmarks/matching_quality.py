"""How good the suggestions are, on a synthetic world of known truth: beside simple methods, and without each factor."""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import matching_texts
from benchmarks.matching_measures import Array, Measured, first, interval, measured, ndcg_at
from benchmarks.matching_world import Invented, invented
from marketplace.matching.factors import Side
from marketplace.matching.fast.world import World
from marketplace.matching.model import fit_model
from marketplace.matching.settings import Direction, Factor, Settings, Weights

RESULTS = Path(__file__).parent / "results"
SEED, EXPOSURES, K = 2026, (0, 8, 4, 2), 10
Both = tuple[Array, Array]
Line = dict[str, Any]


def measure(listings: int, partners: int) -> dict[str, Any]:
    """Every table of one world."""
    world = invented(listings, partners, SEED)
    sides = engine(world, Settings())
    return {
        "listings": listings, "partners": partners, "known": int(world.known.sum()),
        "methods": {name: _line(measured(*scores, world.known)) for name, scores in _methods(world, sides).items()},
        "means": {name: _line(measured(*both(scores), world.known)) for name, scores in means(*sides).items()},
        "without": _ablation(world, sides),
        "slices": _slices(world, harmonic(*sides)),
        "exposure": {str(each): _exposed(world, each) for each in EXPOSURES},
    }  # fmt: skip


def both(scores: Array) -> Both:
    """The same scores for the lists of both sides."""
    return scores, scores.T


def engine(world: Invented, settings: Settings) -> Both:
    """The sums of both directions for every pair, as the engine has them."""
    model = fit_model(settings, world.ground.surroundings, world.listings, world.partners)
    partner_side, listing_side = World.of(world.listings, world.partners, model).every_pair().sides()
    return partner_side / 1e7, listing_side / 1e7


def harmonic(ours: Array, theirs: Array) -> Array:
    """How the engine combines both directions."""
    return ours * theirs / np.maximum(ours + theirs, 1e-12)


def means(ours: Array, theirs: Array) -> dict[str, Array]:
    """Other ways to combine both directions."""
    return {
        "harmonic": harmonic(ours, theirs),
        "product": ours * theirs,
        "smaller": np.minimum(ours, theirs),
        "arithmetic": ours + theirs,
    }


def _methods(world: Invented, sides: Both) -> dict[str, Both]:
    """Popularity is told half of the known pairs; no other method is told any. Truth knows the chances themselves."""
    source = np.random.default_rng(0)
    seen = world.known & (source.random(world.known.shape) < 0.5)
    listings, partners = seen.shape
    left, right = matching_texts.counts(world)
    wants, wanted = world.willing
    return {
        "truth (ceiling)": both(wants * wanted),
        "engine": both(harmonic(*sides)),
        "TF-IDF neighbours": both(matching_texts.cosines(left, right)),
        "BM25": (matching_texts.bm25(left, right), matching_texts.bm25(right, left)),
        "region only": both(_named(world)),
        "popularity": (np.tile(seen.sum(axis=0), (listings, 1)), np.tile(seen.sum(axis=1), (partners, 1))),
        "random": both(source.random(seen.shape)),
    }


def _named(world: Invented) -> Array:
    codes = world.ground.provinces
    reach = np.array(
        [[not each.provinces or code in each.provinces for code in codes] for each in world.partners], float
    )
    return reach[:, [codes.index(each.province) for each in world.listings]].T


def _line(found: Measured) -> Line:
    low, high = interval(found.ndcg)
    return {
        "ndcg": float(found.ndcg.mean()), "low": low, "high": high, "mrr": float(found.rank.mean()),
        "mutual": found.mutual, "coverage": found.coverage, "gini": found.gini,
    }  # fmt: skip


def _ablation(world: Invented, sides: Both) -> dict[str, Line]:
    """What NDCG@10 loses without each factor: the others take its weight."""
    whole = measured(*both(harmonic(*sides)), world.known).ndcg
    found = {}
    for factor in Factor:
        changed = {str(each): _without(Settings().weights(each), factor) for each in Direction}
        lost = (
            whole
            - measured(*both(harmonic(*engine(world, replace(Settings(), **changed)))), world.known).ndcg
        )
        low, high = interval(lost)
        found[str(factor)] = {"lost": float(lost.mean()), "low": low, "high": high}
    return found


def _without(weights: Weights, factor: Factor) -> Weights:
    """Whole weights of 100 together, the factor's shared out; the largest takes what rounding leaves."""
    rest = 100 - weights.get(factor, 0)
    shared = {each: 0 if each is factor else weight * 100 // rest for each, weight in weights.items()}
    largest = max(shared, key=lambda each: shared[each])
    shared[largest] += 100 - sum(shared.values())
    return shared


def _slices(world: Invented, scores: Array) -> dict[str, Line]:
    """NDCG@10 of some lists alone. Cold: a partner without projects, and the quarter that leaves out the most."""
    latent, silence = world.latent, world.latent["p_silence"]
    eastern = world.ground.eastern[latent["province"]]
    chosen = {
        "listings, east": (Side.LISTING, eastern),
        "listings, rest": (Side.LISTING, ~eastern),
        "partners, cold start": (
            Side.PARTNER,
            (latent["records"] == 0) & (silence > np.quantile(silence, 0.75)),
        ),
        "partners, with projects": (Side.PARTNER, latent["records"] > 0),
        "partners, English": (Side.PARTNER, latent["p_english"]),
        "partners, Indonesian": (Side.PARTNER, ~latent["p_english"]),
    }
    found = {}
    for name, (side, rows) in chosen.items():
        own, known = (scores, world.known) if side is Side.LISTING else (scores.T, world.known.T)
        figures = ndcg_at(first(own[rows]), known[rows])
        low, high = interval(figures)
        found[name] = {"lists": int(rows.sum()), "ndcg": float(figures.mean()), "low": low, "high": high}
    return found


def _exposed(world: Invented, exposure: int) -> Line:
    """The lists of length 10 with prices for that cap (0: none), and what they cost."""
    settings = replace(Settings(), exposure=exposure)
    model = fit_model(settings, world.ground.surroundings, world.listings, world.partners)
    ready = World.of(world.listings, world.partners, model)
    ready.reprice(K)
    places = {side: np.zeros((len(items), K), int) for side, items in _items(world).items()}
    for block in ready.refresh(K):
        for each in block:
            places[each.side][each.owner_id - 1] = np.array(each.ids) - 1
    ours, theirs = places[Side.LISTING], places[Side.PARTNER]
    east = world.ground.eastern[world.latent["province"]]
    named = np.bincount(ours.ravel(), minlength=len(world.partners))
    shown = np.bincount(theirs.ravel(), minlength=len(world.listings))
    figures = np.concatenate((ndcg_at(ours, world.known), ndcg_at(theirs, world.known.T)))
    found = measured(-_ranks(ours, world.known.shape), -_ranks(theirs, world.known.T.shape), world.known)
    return {
        "ndcg": float(figures.mean()), "coverage": found.coverage, "gini": found.gini, "most": int(named.max()),
        "listings_shown": float((shown > 0).mean()), "listings_most": int(shown.max()),
        "east_listings": float(east.mean()), "east_exposure": float(shown[east].sum() / shown.sum()),
    }  # fmt: skip


def _items(world: Invented) -> dict[Side, Any]:
    return {Side.LISTING: world.listings, Side.PARTNER: world.partners}


def _ranks(places: Array, shape: tuple[int, ...]) -> Array:
    """A matrix of places, those not listed behind all others."""
    found = np.full(shape, K + 1)
    np.put_along_axis(found, places, np.arange(K)[None, :], axis=1)
    return found


def show(result: dict[str, Any]) -> None:
    """The tables."""
    print(
        f"\nQuality of matching on a SYNTHETIC world: {result['listings']:,} listings, {result['partners']:,} partners, "
        f"{result['known']:,} known pairs, 10 to 50 % of the facts missing; lists of both sides, 95 % bootstrap intervals"
    )
    heads = "NDCG@10  (95 %)             MRR  mutual hit@10  coverage  Gini"
    for title, lines in (("method", result["methods"]), ("mean of both sides", result["means"])):
        print(f"\n{title:25} {heads}")
        for name, line in lines.items():
            print(
                f"{name:25} {line['ndcg']:.3f}  ({line['low']:.3f}-{line['high']:.3f}) {line['mrr']:10.3f}"
                f" {line['mutual']:14.3f} {line['coverage']:9.2f} {line['gini']:5.2f}"
            )
    print("\nwithout                   NDCG@10 loses (95 %)")
    for name, line in sorted(result["without"].items(), key=lambda item: -item[1]["lost"]):
        print(f"{name:25} {line['lost']:+.4f}  ({line['low']:+.4f} to {line['high']:+.4f})")
    print("\nslice                     lists  NDCG@10 (95 %)")
    for name, line in result["slices"].items():
        print(f"{name:25} {line['lists']:5d}  {line['ndcg']:.3f}  ({line['low']:.3f}-{line['high']:.3f})")
    print(
        "\nexposure cap   NDCG@10  partners: listed  Gini  most lists   listings: shown  most lists   share of the east:",
        end="",
    )
    print(" of listings / of places in lists")
    for name, line in result["exposure"].items():
        print(
            f"{'none' if name == '0' else name + ' x even':14} {line['ndcg']:.3f} {line['coverage']:17.2f} {line['gini']:5.2f}"
            f" {line['most']:11d} {line['listings_shown']:17.2f} {line['listings_most']:11d}"
            f" {line['east_listings']:24.3f} / {line['east_exposure']:.3f}"
        )


def run(listings: int, partners: int) -> None:
    """Measures, prints and writes the result."""
    result = measure(listings, partners)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "matching-quality.json").write_text(json.dumps(result, indent=2) + "\n")
    show(result)


def main() -> int:
    """By itself: `python -m benchmarks.matching_quality --listings 2000 --partners 2000`."""
    parser = argparse.ArgumentParser(prog="matching_quality")
    parser.add_argument("--listings", type=int, default=800)
    parser.add_argument("--partners", type=int, default=800)
    options = parser.parse_args()
    run(options.listings, options.partners)
    return 0


if __name__ == "__main__":
    sys.exit(main())
