"""For whom a person of several organisations acts, in this browser."""

from sqlalchemy import update

from marketplace.accounts.models import SignIn
from marketplace.core.actor import Actor
from marketplace.core.refusal import NotFound
from marketplace.extensions import db


def act_for(organisation_id: int, *, sid_hash: bytes, actor: Actor) -> None:
    """Chooses one of the actor's organisations for this sign-in; it counts from the next page on."""
    if actor.membership_in(organisation_id) is None:
        raise NotFound
    db.session.execute(
        update(SignIn)
        .where(SignIn.sid_hash == sid_hash, SignIn.user_id == actor.user_id)
        .values(acting_for=organisation_id)
    )
