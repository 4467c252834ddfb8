"""The open page about how suggestions are made: what it says of weights and caps is what the lists are made with."""

from flask import render_template

from marketplace.matching.labels import COMPARES, FACTOR
from marketplace.matching.lists.held_model import current_model
from marketplace.matching.measure import KNOWN_AT_LEAST, STRONG_FROM
from marketplace.matching.rules import GOOD_FROM
from marketplace.matching.settings import POINTS, Direction, Settings
from marketplace.matching.views.blueprint import matching_guide


@matching_guide.get("/bantuan/saran")
def show() -> str:
    held = current_model()
    settings = held.model.settings if held else Settings()
    return render_template(
        "matching/guide.html",
        settings=settings,
        tables={str(direction): _weights(settings, direction) for direction in Direction},
        strong=STRONG_FROM * 100 // POINTS,
        partial=GOOD_FROM * 100 // POINTS,
        known=KNOWN_AT_LEAST,
        number=held.id if held else None,
    )


def _weights(settings: Settings, direction: Direction) -> list[dict[str, object]]:
    """The factors of one direction, the heaviest first."""
    weights = sorted(settings.weights(direction).items(), key=lambda item: (-item[1], item[0]))
    return [
        {
            "name": FACTOR[factor],
            "compares": COMPARES[factor],
            "weight": weight,
            "neutral": settings.neutral[factor],
        }
        for factor, weight in weights
    ]
