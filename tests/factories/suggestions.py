"""Lists of suggestions for tests, written as a refresh leaves them."""

from collections.abc import Sequence

from sqlalchemy.dialects.postgresql import insert

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.matching.factors import Side
from marketplace.matching.lists.held_model import current_model_id
from marketplace.matching.models import MatchList, MatchModel
from marketplace.matching.rules import GOOD_FROM
from marketplace.matching.settings import ENGINE_VERSION, Settings


def a_model() -> int:
    """The current model, made if there is none."""
    number = current_model_id()
    if number is None:
        now = clock.now()
        stored = MatchModel(
            engine_version=ENGINE_VERSION, settings=Settings().as_json(), term_weights={}, begun_at=now, finished_at=now
        )  # fmt: skip
        db.session.add(stored)
        db.session.flush()
        number = stored.id
    return number


def a_list(side: Side, owner_id: int, named: Sequence[tuple[int, int]]) -> None:
    """The list of that listing or partner: numbers and scores, best first; instead of the one that it has."""
    scores = [score for _, score in named]
    values = {
        "model_id": a_model(), "ids": [number for number, _ in named], "scores": scores,
        "good": sum(score >= GOOD_FROM for score in scores), "computed_at": clock.now(),
    }  # fmt: skip
    made = insert(MatchList).values(side=side, owner_id=owner_id, **values)
    db.session.execute(made.on_conflict_do_update(index_elements=["side", "owner_id"], set_=values))
