"""The link in every letter about suggestions that ends them, for one person and one partner."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from marketplace.extensions import db
from marketplace.mail import stopping
from marketplace.matching.choice_models import SuggestionLetter
from marketplace.matching.letters.owing import stop
from marketplace.organisations.models import Member, Organisation

PATH = "/cocok/berhenti"
KIND = "suggestion-letters"


@dataclass(frozen=True, slots=True)
class Lettered:
    """Whom a link is about: a member of a partner, and whether their letters still go out."""

    user_id: int
    organisation_id: int
    name: str
    mailing: bool


def make_token(user_id: int, organisation_id: int) -> str:
    """A token for the letters of that member."""
    return stopping.make_token(KIND, (user_id, organisation_id))


def find_by_token(token: str) -> Lettered | None:
    """Whom it was made for; None where it is no token of ours, or nobody is a member there any more."""
    numbers = stopping.read_token(KIND, token)
    if numbers is None or len(numbers) != 2:
        return None
    user_id, organisation_id = numbers
    row = db.session.execute(
        select(Organisation.name, SuggestionLetter.stopped_at)
        .join(Member, Member.organisation_id == Organisation.id)
        .outerjoin(
            SuggestionLetter,
            (SuggestionLetter.user_id == Member.user_id)
            & (SuggestionLetter.organisation_id == Member.organisation_id),
        )
        .where(Organisation.id == organisation_id, Member.user_id == user_id)
    ).first()
    return Lettered(user_id, organisation_id, row.name, row.stopped_at is None) if row else None


def unsubscribe(token: str, *, now: datetime) -> None:
    """Ends the letters of that member; a second time changes nothing."""
    found = find_by_token(token)
    if found is not None:
        stop(found.user_id, found.organisation_id, now=now)
