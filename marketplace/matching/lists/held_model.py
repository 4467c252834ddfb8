"""The model that the lists are made with, held by each process: it never changes once it is finished."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from marketplace.extensions import db
from marketplace.matching.factors import Side
from marketplace.matching.lists.loading import surroundings
from marketplace.matching.model import Model
from marketplace.matching.models import MatchModel
from marketplace.matching.settings import Settings


@dataclass(frozen=True, slots=True)
class Held:
    """A stored model as the engine takes it."""

    id: int
    engine_version: int
    model: Model


# With the moment at which it was finished: a restored database gives an old number to another model.
_Name = tuple[int, datetime]


class _Kept:
    named: tuple[_Name, Held] | None = None


def current_model_id() -> int | None:
    """The newest finished model."""
    newest = _newest()
    return newest[0] if newest else None


def current_model() -> Held | None:
    """The newest finished model, read once a process; None before the first one."""
    newest, kept = _newest(), _Kept.named
    if newest is None:
        return None
    if kept is not None and kept[0] == newest:
        return kept[1]
    held = as_held(db.session.get_one(MatchModel, newest[0]))
    _Kept.named = newest, held
    return held


def _newest() -> _Name | None:
    row = db.session.execute(
        select(MatchModel.id, MatchModel.finished_at)
        .where(MatchModel.finished_at.is_not(None))
        .order_by(MatchModel.finished_at.desc(), MatchModel.id.desc())
        .limit(1)
    ).first()
    return (row.id, row.finished_at) if row else None


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
