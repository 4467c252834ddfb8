"""Once a week, what is new among a partner's suggestions: owed once a person and listing, whatever breaks in between."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, func, literal, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from marketplace.accounts.models import User
from marketplace.core.actor import Actor, MemberRole, OrganisationKind
from marketplace.core.refusal import NotFound
from marketplace.extensions import db
from marketplace.mail import actions as mail
from marketplace.mail.actions import Letter
from marketplace.matching import queries
from marketplace.matching.choice_models import SuggestionLetter, SuggestionTold
from marketplace.matching.letters.rules import week_begin
from marketplace.matching.rules import GOOD_FROM
from marketplace.organisations.models import Member, Organisation
from marketplace.organisations.trust_queries import trusted

TEMPLATE = "suggestions"
PATH = "/dasbor/cocok"
LETTERS_AT_ONCE = 200
Place = tuple[int, int]


def owe_letters(*, now: datetime) -> int:
    """Owes this week's letters to those who have not had theirs, in this transaction; how many were looked at."""
    places = _take_due(now)
    lists = {organisation_id: _listed(organisation_id, now) for _user, organisation_id in places}
    fresh = _tell(places, lists, now)
    before = _told_before(fresh, now)
    letters = [
        Letter(
            place[0], {"organisation_id": place[1], "ids": fresh[place], "first": place not in before}, PATH
        )
        for place in places
        if place in fresh
    ]
    mail.owe_each(letters, template=TEMPLATE, now=now)
    return len(places)


def stop(user_id: int, organisation_id: int, *, now: datetime) -> None:
    """No more of these letters to that person; a second time changes nothing."""
    row = insert(SuggestionLetter).values(user_id=user_id, organisation_id=organisation_id, stopped_at=now)
    kept = func.coalesce(SuggestionLetter.stopped_at, now)
    db.session.execute(
        row.on_conflict_do_update(index_elements=["user_id", "organisation_id"], set_={"stopped_at": kept})
    )


def choose(organisation_id: int, *, wanted: bool, actor: Actor, now: datetime) -> None:
    """The actor's own choice, for a partner of theirs. Begun again, what stands in the list meanwhile is no news.

    Raises NotFound.
    """
    place = actor.membership_in(organisation_id)
    if place is None or place.kind is not OrganisationKind.PARTNER or actor.user_id is None:
        raise NotFound
    if not wanted:
        stop(actor.user_id, organisation_id, now=now)
        return
    row = db.session.get(SuggestionLetter, (actor.user_id, organisation_id), with_for_update=True)
    if row is not None and row.stopped_at is not None:
        row.stopped_at = None
        mine = (actor.user_id, organisation_id)
        _tell([mine], {organisation_id: _listed(organisation_id, now)}, now)


def _take_due(now: datetime) -> list[Place]:
    """Acting members of verified partners whose letter of this week is due; another worker does not get them again."""
    week = week_begin(now)
    due = (
        select(Member.user_id, Member.organisation_id, literal(now))
        .join(Organisation, Organisation.id == Member.organisation_id)
        .join(User, User.id == Member.user_id)
        .outerjoin(
            SuggestionLetter,
            and_(
                SuggestionLetter.user_id == Member.user_id,
                SuggestionLetter.organisation_id == Member.organisation_id,
            ),
        )
        .where(
            Organisation.kind == OrganisationKind.PARTNER, trusted(), Member.role != MemberRole.VIEWER,
            Member.joined_at < week, User.active, User.erased_at.is_(None),
            SuggestionLetter.stopped_at.is_(None),
            or_(SuggestionLetter.looked_at.is_(None), SuggestionLetter.looked_at < week),
        )
        .order_by(Member.organisation_id, Member.user_id)
        .limit(LETTERS_AT_ONCE)
    )  # fmt: skip
    taken = insert(SuggestionLetter).from_select(["user_id", "organisation_id", "looked_at"], due)
    still_due = and_(
        SuggestionLetter.stopped_at.is_(None),
        or_(SuggestionLetter.looked_at.is_(None), SuggestionLetter.looked_at < week),
    )
    again = taken.on_conflict_do_update(
        index_elements=["user_id", "organisation_id"], set_={"looked_at": now}, where=still_due
    )
    rows = db.session.execute(again.returning(SuggestionLetter.user_id, SuggestionLetter.organisation_id))
    return sorted((user_id, organisation_id) for user_id, organisation_id in rows)


def _listed(organisation_id: int, now: datetime) -> list[int]:
    """What is worth a letter: good fits, and what LAIP suggests by hand."""
    rows = queries.list_for_partner(organisation_id, now=now).rows
    return [row.opportunity_id for row in rows if row.by_hand or (row.score or 0) >= GOOD_FROM]


def _told_before(places: Collection[Place], now: datetime) -> set[Place]:
    """Those of them who have had a letter already, so that their first one speaks of no earlier one."""
    place = tuple_(SuggestionTold.user_id, SuggestionTold.organisation_id)
    found = select(SuggestionTold.user_id, SuggestionTold.organisation_id).distinct()
    rows = db.session.execute(found.where(place.in_(places), SuggestionTold.told_at < now))
    return {(user_id, organisation_id) for user_id, organisation_id in rows}


def _tell(places: Sequence[Place], lists: dict[int, list[int]], now: datetime) -> dict[Place, list[int]]:
    """Notes what each of them is told; by place what is new to them, in the list's order."""
    rows = [
        {
            "user_id": user_id,
            "organisation_id": organisation_id,
            "opportunity_id": opportunity_id,
            "told_at": now,
        }
        for user_id, organisation_id in places
        for opportunity_id in lists[organisation_id]
    ]
    if not rows:
        return {}
    noted = insert(SuggestionTold).values(rows).on_conflict_do_nothing()
    key = (SuggestionTold.user_id, SuggestionTold.organisation_id, SuggestionTold.opportunity_id)
    new = {tuple(row) for row in db.session.execute(noted.returning(*key))}
    fresh = {
        (user_id, organisation_id): [
            number for number in lists[organisation_id] if (user_id, organisation_id, number) in new
        ]
        for user_id, organisation_id in places
    }
    return {place: numbers for place, numbers in fresh.items() if numbers}
