"""The model that the lists are made with, held by each process: it never changes once it is finished."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from marketplace.extensions import db
from marketplace.matching.factors import Side
from marketplace.matching.loading import surroundings
from marketplace.matching.model import Model
from marketplace.matching.models import MatchModel
from marketplace.matching.settings import Settings


@dataclass(frozen=True, slots=True)
class Held:
    """A stored model as the engine takes it."""

    id: int
    engine_version: int
    model: Model


class _Kept:
    held: Held | None = None


def current_model_id() -> int | None:
    """The newest finished model."""
    return db.session.scalar(
        select(MatchModel.id)
        .where(MatchModel.finished_at.is_not(None))
        .order_by(MatchModel.finished_at.desc(), MatchModel.id.desc())
        .limit(1)
    )


def current_model() -> Held | None:
    """The newest finished model, read once a process; None before the first one."""
    number = current_model_id()
    if number is None:
        return None
    held = _Kept.held
    if held is None or held.id != number:
        stored = db.session.get(MatchModel, number)
        held = _Kept.held = as_held(stored) if stored else None
    return held


def as_held(stored: MatchModel) -> Held:
    """The stored model as the engine takes it."""
    model = Model(
        settings=Settings.of_json(stored.settings),
        surroundings=surroundings(),
        term_weights=stored.term_weights or {},
        partner_prices=_prices(stored.prices or {}, Side.PARTNER),
        listing_prices=_prices(stored.prices or {}, Side.LISTING),
    )
    return Held(stored.id, stored.engine_version, model)


def _prices(stored: Mapping[str, Any], side: Side) -> dict[int, int]:
    return {int(number): price for number, price in stored.get(side, {}).items()}
