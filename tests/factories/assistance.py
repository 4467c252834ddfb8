"""People of a province, and listings that another side writes."""

from datetime import datetime

from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.core import clock
from marketplace.core.actor import Actor, MemberRole
from marketplace.extensions import db
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.support import assisting
from marketplace.organisations.models import Member
from marketplace.organisations.signed_in import get_actor
from tests.factories.opportunities import COMPLETE, an_organisation_id
from tests.personas import PEOPLE


def a_province(person: str = "alone", role: MemberRole = MemberRole.EDITOR) -> Actor:
    """That person of tests.personas, now also in the province of Bitung."""
    user_id = db.session.scalars(select(User.id).where(User.email == PEOPLE[person].email)).one()
    province = an_organisation_id("province")
    db.session.add(Member(organisation_id=province, user_id=user_id, role=role, joined_at=clock.now()))
    db.session.flush()
    return get_actor(user_id)


def written_for(
    actor: Actor, region: str = "71.72", *, now: datetime | None = None, **content: object
) -> Opportunity:
    """A complete draft that the actor's side began for a region."""
    deadline = {"interest_deadline": clock.now().date().replace(year=clock.now().year + 1, day=1)}
    return assisting.begin_for(
        region, template="", content={**COMPLETE, **deadline, **content}, actor=actor, now=now or clock.now()
    )
