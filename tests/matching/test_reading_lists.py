"""What a page reads: only what may be suggested at that moment, whatever the stored lists say."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from marketplace.core import clock
from marketplace.core.refusal import Forbidden, NotFound, Refusal
from marketplace.extensions import db
from marketplace.matching import answers, queries
from marketplace.matching.dismissing import dismiss, take_back
from marketplace.matching.factors import Side
from marketplace.matching.rules import (
    AlreadySuggested,
    AnswerKind,
    DismissReason,
    PairInTouch,
    PairNotOpen,
    ReasonUnknown,
)
from marketplace.matching.settings import Settings
from marketplace.matching.suggesting_by_hand import suggest
from marketplace.notifications.models import NoticeRow
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.rules import LifeStatus
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from tests.factories.opportunities import a_published_opportunity, an_opportunity, an_organisation_id
from tests.factories.suggestions import a_list
from tests.personas import actor

NOW = clock.now()


@pytest.fixture
def pair(session: Any) -> tuple[int, int]:
    """An open listing and a verified partner that stand in each other's lists."""
    listing, partner = a_published_opportunity().id, an_organisation_id("investor")
    a_list(Side.PARTNER, partner, [(listing, 800_000)])
    a_list(Side.LISTING, listing, [(partner, 800_000)])
    return listing, partner


def me(persona: str) -> Any:
    return actor(db.session.connection(), persona)


def shown(pair: tuple[int, int]) -> tuple[bool, bool]:
    """Whether the listing stands in the partner's list, and the partner in the listing's."""
    listing, partner = pair
    listings = queries.list_for_partner(partner, now=clock.now())
    partners = queries.list_for_listing(listing, now=clock.now())
    assert (len(listings.rows), len(partners.rows)) == (listings.total, partners.total)
    return (
        listing in [row.opportunity_id for row in listings.rows],
        partner in [row.organisation_id for row in partners.rows],
    )


def of_listing(**values: Any) -> Callable[[int, int], Any]:
    return lambda listing, _: update(Opportunity).where(Opportunity.id == listing).values(**values)


def of_organisation(key: str, **values: Any) -> Callable[[int, int], Any]:
    return lambda *_: update(Organisation).where(Organisation.id == an_organisation_id(key)).values(**values)


@pytest.mark.parametrize(
    "change",
    [
        of_listing(closes_at=NOW - timedelta(seconds=1)),
        of_listing(status=LifeStatus.WITHDRAWN),
        of_listing(status=LifeStatus.PARTNER_FOUND),
        of_organisation("bitung", status=OrganisationStatus.SUSPENDED),
        of_organisation("investor", status=OrganisationStatus.SUSPENDED),
        of_organisation("investor", valid_until=(NOW - timedelta(days=3)).date()),
    ],
)
def test_who_may_not_be_suggested_any_more_is_gone_at_once(
    pair: tuple[int, int], change: Callable[[int, int], Any]
) -> None:
    assert shown(pair) == (True, True)
    assert queries.pair(*pair, now=clock.now()) is not None
    db.session.execute(change(*pair))
    assert shown(pair) == (False, False)
    assert queries.pair(*pair, now=clock.now()) is None


def test_what_hardly_fits_only_fills_a_short_list(session: Any) -> None:
    partner, floor = an_organisation_id("investor"), Settings().floor * 10_000
    scores = [900_000, floor, floor - 1, floor - 2, 1, 1, floor - 1, floor]
    listings = [a_published_opportunity().id for _ in scores]
    a_list(Side.PARTNER, partner, list(zip(listings, scores, strict=True)))
    found = queries.list_for_partner(partner, now=clock.now())
    assert [row.opportunity_id for row in found.rows] == [*listings[:5], listings[7]]
    assert [row.weak for row in found.rows] == [False, False, True, True, True, False]
    assert found.total == 6


def test_a_draft_never_shows(session: Any) -> None:
    draft, partner = an_opportunity().id, an_organisation_id("investor")
    a_list(Side.PARTNER, partner, [(draft, 900_000)])
    assert queries.list_for_partner(partner, now=clock.now()).rows == []
    with pytest.raises(NotFound):
        put_aside((draft, partner), Side.PARTNER, "investor")


def put_aside(pair: tuple[int, int], side: Side, persona: str, **given: Any) -> None:
    said = {"reason": DismissReason.SIZE, "words": "", **given}
    dismiss(side, opportunity_id=pair[0], organisation_id=pair[1], actor=me(persona), now=clock.now(), **said)


@pytest.mark.parametrize(
    "side, persona, left",
    [(Side.PARTNER, "investor_editor", (False, True)), (Side.LISTING, "pemda_editor", (True, False))],
)
def test_put_aside_for_one_side_only_and_taken_back(
    pair: tuple[int, int], side: Side, persona: str, left: tuple[bool, bool]
) -> None:
    put_aside(pair, side, persona)
    put_aside(pair, side, persona, reason=DismissReason.TIMING)
    assert shown(pair) == left
    other = Side.LISTING if side is Side.PARTNER else Side.PARTNER
    assert queries.list_put_aside(other, pair[0] if other is Side.LISTING else pair[1]).total == 0
    (row,) = queries.list_put_aside(side, pair[1] if side is Side.PARTNER else pair[0]).rows
    assert row.reason is DismissReason.SIZE
    take_back(side, opportunity_id=pair[0], organisation_id=pair[1], actor=me(persona), now=clock.now())
    assert shown(pair) == (True, True)


@pytest.mark.parametrize(
    "side, persona, given, refusal",
    [
        (Side.PARTNER, "startup", {}, NotFound),
        (Side.LISTING, "investor", {}, NotFound),
        (Side.PARTNER, "pemda_owner", {}, NotFound),
        (Side.LISTING, "pemda_viewer", {}, Forbidden),
        (Side.PARTNER, "investor", {"reason": None}, ReasonUnknown),
        (Side.PARTNER, "investor", {"reason": "other", "words": "x"}, Refusal),
    ],
)
def test_putting_aside_is_refused(
    pair: tuple[int, int], side: Side, persona: str, given: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        put_aside(pair, side, persona, **given)
    assert shown(pair) == (True, True)


@pytest.mark.parametrize(
    "kinds, stays",
    [
        ([AnswerKind.INTERESTED], False),
        ([AnswerKind.INVITED, AnswerKind.DECLINED], False),
        ([AnswerKind.INTERESTED, AnswerKind.WITHDRAWN], True),
    ],
)
def test_a_pair_in_touch_is_suggested_no_more(
    pair: tuple[int, int], kinds: list[AnswerKind], stays: bool
) -> None:
    for kind in kinds:
        answers.note(kind, opportunity_id=pair[0], organisation_id=pair[1], now=clock.now())
    assert shown(pair) == (stays, stays)
    assert queries.is_settled(*pair) is not stays


def test_by_hand_stands_first_says_who_and_is_told(pair: tuple[int, int]) -> None:
    other = an_organisation_id("startup")

    def go(partner: int, persona: str = "moderator", words: str = "Pernah bekerja di Bitung.") -> None:
        suggest(
            opportunity_id=pair[0], organisation_id=partner, words=words, actor=me(persona), now=clock.now()
        )

    for persona in ("programme_owner", "pemda_owner", "startup"):
        with pytest.raises(NotFound):
            go(other, persona)
    with pytest.raises(PairNotOpen):
        go(an_organisation_id("new_partner"))
    go(other)
    with pytest.raises(AlreadySuggested):
        go(other, "moderator_b")
    first, second = queries.list_for_listing(pair[0], now=clock.now()).rows
    assert (first.organisation_id, first.score, second.organisation_id) == (other, None, pair[1])
    assert first.by_hand
    assert (first.by_hand.made_by, first.by_hand.words) == ("Maya Lestari", "Pernah bekerja di Bitung.")
    (mine,) = queries.list_for_partner(other, now=clock.now()).rows
    assert mine.by_hand == first.by_hand
    told = db.session.query(NoticeRow).filter_by(kind="match_suggested").all()
    assert [row.user_id for row in told] == [me("startup").user_id]
    answers.note(AnswerKind.INTERESTED, opportunity_id=pair[0], organisation_id=pair[1], now=clock.now())
    with pytest.raises(PairInTouch):
        go(pair[1])
