"""Reading and writing of whole lists, and of how often each is shown."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    any_,
    column,
    delete,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert

from marketplace.extensions import db
from marketplace.matching.factors import Side
from marketplace.matching.models import MatchList
from marketplace.matching.ranking import Edge, Ranked
from marketplace.matching.rules import GOOD_FROM
from marketplace.matching.settings import Settings

OTHER = {Side.LISTING: Side.PARTNER, Side.PARTNER: Side.LISTING}
Lists = dict[int, list[Ranked]]


@dataclass(slots=True)
class Writing:
    """Lists to be written, and owners that have none any more, of both sides."""

    lists: dict[Side, Lists] = field(default_factory=lambda: {side: {} for side in Side})
    gone: dict[Side, set[int]] = field(default_factory=lambda: {side: set() for side in Side})

    def owners(self, side: Side) -> set[int]:
        """All of that side that this changes."""
        return set(self.lists[side]) | self.gone[side]


def holders(side: Side, named: Collection[int]) -> dict[int, set[int]]:
    """By named one, the owners of that side whose lists name it."""
    found: dict[int, set[int]] = {number: set() for number in named}
    if not found:
        return found
    lists = select(MatchList.owner_id, MatchList.ids).where(
        MatchList.side == side, MatchList.ids.overlap(sorted(found))
    )
    for owner_id, ids in db.session.execute(lists):
        for number in found.keys() & set(ids):
            found[number].add(owner_id)
    return found


def edges(side: Side, kept: int, price: Callable[[int], int]) -> dict[int, Edge]:
    """The last places of that side's full lists; `price` is what the one named there pays."""
    lists = select(MatchList.owner_id, MatchList.ids[kept], MatchList.scores[kept]).where(
        MatchList.side == side, func.cardinality(MatchList.ids) >= kept
    )
    return {
        owner_id: Edge(number, score - price(number)) for owner_id, number, score in db.session.execute(lists)
    }


def write(writing: Writing, *, model_id: int, settings: Settings, now: datetime) -> int:
    """Puts whole lists in the place of the old ones, in this transaction; how many."""
    before = {side: _shown(side, writing.owners(side), settings) for side in Side}
    for side in Side:
        _remove(side, writing.gone[side])
        _put(side, writing.lists[side], model_id, now)
    for side in Side:
        moved = _difference(before[OTHER[side]], writing.lists[OTHER[side]], settings)
        # Whoever has no list yet may stand in others for a while already, uncounted.
        new = writing.lists[side].keys() - before[side].keys()
        _count(side, {number: times for number, times in moved.items() if number not in new})
        if new:
            _count(side, _shown_in(OTHER[side], new, settings))
    return sum(len(lists) for lists in writing.lists.values())


def _shown(side: Side, owners: Iterable[int], settings: Settings) -> dict[int, list[int]]:
    behind = func.greatest(func.cardinality(MatchList.ids) - settings.shown, 0)
    first = (
        func.trim_array(MatchList.ids, behind, type_=ARRAY(BigInteger)),
        func.trim_array(MatchList.scores, behind, type_=ARRAY(Integer)),
    )
    lists = select(MatchList.owner_id, *first).where(
        MatchList.side == side, MatchList.owner_id == _any(owners)
    )
    return {
        owner_id: _seen(zip(ids, scores, strict=True), settings)
        for owner_id, ids, scores in db.session.execute(lists)
    }


def _seen(places: Iterable[tuple[int, int]], settings: Settings) -> list[int]:
    """Of numbers and scores, best first, those that a reader is shown."""
    return [number for place, (number, total) in enumerate(places) if settings.shows(place, total)]


def _difference(before: Mapping[int, list[int]], now: Lists, settings: Settings) -> Counter[int]:
    """By named one, in how many more (or fewer) lists it is shown."""
    moved: Counter[int] = Counter()
    for ids in before.values():
        moved.subtract(ids)
    for ranked in now.values():
        moved.update(_seen(((each.id, each.total) for each in ranked), settings))
    return moved


def _shown_in(side: Side, named: Collection[int], settings: Settings) -> Counter[int]:
    """By named one, in how many lists of that side it is shown."""
    owners = set().union(*holders(side, named).values())
    shown = chain.from_iterable(_shown(side, owners, settings).values())
    return Counter(number for number in shown if number in named)


def _remove(side: Side, owners: set[int]) -> None:
    if owners:
        db.session.execute(
            delete(MatchList).where(MatchList.side == side, MatchList.owner_id == _any(owners))
        )


def _put(side: Side, lists: Lists, model_id: int, now: datetime) -> None:
    rows = [
        {
            "side": side, "owner_id": owner_id, "model_id": model_id, "ids": [each.id for each in ranked],
            "scores": [each.total for each in ranked], "good": sum(each.total >= GOOD_FROM for each in ranked),
            "computed_at": now,
        }
        for owner_id, ranked in sorted(lists.items())
    ]  # fmt: skip
    new = insert(MatchList)
    replaced = {name: new.excluded[name] for name in ("model_id", "ids", "scores", "good", "computed_at")}
    if rows:
        db.session.execute(
            new.on_conflict_do_update(index_elements=["side", "owner_id"], set_=replaced), rows
        )


def _count(side: Side, moved: Mapping[int, int]) -> None:
    changed = {number: times for number, times in moved.items() if times}
    if not changed:
        return
    steps = (
        func.unnest(
            literal(list(changed), ARRAY(BigInteger)), literal(list(changed.values()), ARRAY(Integer))
        )
        .table_valued(column("id", BigInteger), column("times", Integer))
        .render_derived("steps")
    )
    db.session.execute(
        update(MatchList)
        .where(MatchList.side == side, MatchList.owner_id == steps.c.id)
        .values(shown_in=MatchList.shown_in + steps.c.times)
        .execution_options(synchronize_session=False)
    )


def _any(ids: Iterable[int]) -> Any:
    return any_(literal(sorted(ids), ARRAY(BigInteger)))
