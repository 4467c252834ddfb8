from sqlalchemy import exists, select

from marketplace.extensions import db
from marketplace.matching.choice_models import MatchOptOut, SuggestionLetter


def are_stopped(user_id: int | None, organisation_id: int) -> bool:
    """Whether that person has ended the letters about this partner's suggestions."""
    mine = exists().where(
        SuggestionLetter.user_id == user_id,
        SuggestionLetter.organisation_id == organisation_id,
        SuggestionLetter.stopped_at.is_not(None),
    )
    return bool(db.session.scalar(select(mine)))


def takes_part(organisation_id: int) -> bool:
    """Whether the partner lets itself be suggested, and gets suggestions."""
    out = exists().where(MatchOptOut.organisation_id == organisation_id)
    return not db.session.scalar(select(out))
