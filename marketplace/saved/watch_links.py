"""The link in every letter about a watched listing that ends them: for one person and one listing, no sign-in asked."""

from dataclasses import dataclass

from sqlalchemy import select

from marketplace.extensions import db
from marketplace.mail import stopping
from marketplace.notifications.actions import choose_mail
from marketplace.notifications.models import Follower
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.wording import title_in
from marketplace.saved.watching import KIND

PATH = "/diikuti/berhenti"
LETTERS = "watch-letters"


@dataclass(frozen=True, slots=True)
class Watched:
    """What a link is about: a listing that its reader follows, and whether letters of it still go out."""

    slug: str
    title: str
    mailing: bool


def make_token(opportunity_id: int, user_id: int) -> str:
    """A token for the letters of one listing to one person."""
    return stopping.make_token(LETTERS, (opportunity_id, user_id))


def find_by_token(token: str, language: str) -> Watched | None:
    """What it was made for; None where it is no token of ours, or the listing is not followed any more."""
    numbers = _read(token)
    if numbers is None:
        return None
    opportunity_id, user_id = numbers
    row = db.session.execute(
        select(Opportunity.slug, OpportunityVersion.title_id, OpportunityVersion.title_en, Follower.by_mail)
        .join_from(Follower, Opportunity, Opportunity.id == Follower.object_id)
        .join(OpportunityVersion, OpportunityVersion.id == Opportunity.published_version_id)
        .where(
            Follower.object_kind == KIND,
            Follower.object_id == opportunity_id,
            Follower.user_id == user_id,
        )
    ).first()
    return Watched(row.slug, title_in(row, language)[0], row.by_mail) if row else None


def unsubscribe(token: str) -> None:
    """Ends the letters; what happens still comes to the inbox. A second time changes nothing."""
    numbers = _read(token)
    if numbers is not None:
        opportunity_id, user_id = numbers
        choose_mail(KIND, opportunity_id, user_id=user_id, by_mail=False)


def _read(token: str) -> tuple[int, int] | None:
    numbers = stopping.read_token(LETTERS, token)
    return (numbers[0], numbers[1]) if numbers is not None and len(numbers) == 2 else None
