"""Watching one listing: beginning, stopping, and being told of a deadline that comes near."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from marketplace.core.actor import Actor
from marketplace.core.dates import days_left, end_of_day, local_day
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.notifications.actions import choose_mail, follow, tell, unfollow
from marketplace.notifications.queries import list_followers
from marketplace.opportunities import news
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.policy import is_public
from marketplace.opportunities.rules import LifeStatus
from marketplace.regions.queries import zone_at
from marketplace.saved.models import DeadlineWarning
from marketplace.saved.policy import can_be_watched
from marketplace.saved.rules import NothingToWatch, due_warning

KIND = "opportunity"
WATCH = "watch"
# Who is interested already needs no reminder of the last day to be.
_INTERESTED = "interest"


def watch(opportunity: Opportunity, *, by_mail: bool = True, actor: Actor, now: datetime) -> None:
    """Follows the listing; a second time changes nothing but whether mails are sent too.

    Raises Forbidden for a visitor, NotFound for what is not public, NothingToWatch where no news will come.
    """
    if actor.user_id is None:
        raise Forbidden
    if not is_public(opportunity):
        raise NotFound
    if not can_be_watched(opportunity):
        raise NothingToWatch
    follow(KIND, opportunity.id, user_id=actor.user_id, why=WATCH, now=now)
    choose_mail(KIND, opportunity.id, user_id=actor.user_id, by_mail=by_mail)


def choose_letters(opportunity_id: int, *, by_mail: bool, actor: Actor) -> None:
    """Whether news of a followed listing also come by mail; without a watch nothing happens."""
    if actor.user_id is not None:
        choose_mail(KIND, opportunity_id, user_id=actor.user_id, by_mail=by_mail)


def stop(opportunity_id: int, *, actor: Actor) -> None:
    """Ends the actor's watch, whatever began it; without one nothing happens."""
    if actor.user_id is not None:
        unfollow(KIND, opportunity_id, user_id=actor.user_id)


def warn_of_deadline(opportunity_id: int, *, now: datetime) -> int:
    """Tells those who watch that the deadline comes near; how many. Run twice, or at once by two, it tells once."""
    opportunity = _lock_open(opportunity_id, now)
    if opportunity is None or opportunity.closes_at is None or opportunity.closes_on is None:
        return 0
    zone = zone_at(opportunity.region_code)
    days = due_warning(opportunity.closes_on, local_day(now, zone))
    if days is None:
        return 0
    # Who began to watch later has read the deadline on the page.
    since = end_of_day(opportunity.closes_on - timedelta(days=days), zone)
    readers = list_followers(KIND, opportunity_id, until=since, but=_INTERESTED)
    if not readers or not _note_warning(opportunity, days, now):
        return 0
    version = db.session.get_one(OpportunityVersion, opportunity.published_version_id)
    left = days_left(opportunity.closes_at, now, zone)
    tell([news.deadline_near(opportunity, version, readers, left)], now=now)
    return len(readers)


def _lock_open(opportunity_id: int, now: datetime) -> Opportunity | None:
    """Held until the transaction ends: nobody is told of a deadline that is being moved or withdrawn."""
    return db.session.scalar(
        select(Opportunity)
        .where(
            Opportunity.id == opportunity_id, Opportunity.status == LifeStatus.PUBLISHED, Opportunity.closes_at > now
        )
        .with_for_update(of=Opportunity)
        .execution_options(populate_existing=True)
    )  # fmt: skip


def _note_warning(opportunity: Opportunity, days: int, now: datetime) -> bool:
    """Whether this warning is the first of its kind for that day."""
    noted = db.session.execute(
        insert(DeadlineWarning)
        .values(opportunity_id=opportunity.id, closes_on=opportunity.closes_on, days=days, told_at=now)
        .on_conflict_do_nothing()
        .returning(DeadlineWarning.opportunity_id)
    ).first()
    return noted is not None
