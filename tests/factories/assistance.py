"""A province beside the organisations of tests.personas, and listings that another side writes."""

from datetime import datetime

from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.core import clock
from marketplace.core.actor import Actor, MemberRole, OrganisationKind
from marketplace.extensions import db
from marketplace.opportunities import assisting
from marketplace.opportunities.models import Opportunity
from marketplace.organisations.models import Member, Organisation
from marketplace.organisations.rules import OrganisationStatus
from marketplace.organisations.signed_in import get_actor
from tests.factories.opportunities import COMPLETE
from tests.personas import PEOPLE


def a_province(person: str = "alone", role: MemberRole = MemberRole.EDITOR) -> Actor:
    """The verified government of Sulawesi Utara, with that person of tests.personas in it."""
    province = Organisation(
        kind=OrganisationKind.PEMDA, status=OrganisationStatus.VERIFIED, name="Pemerintah Provinsi Sulawesi Utara",
        name_key="pemerintah provinsi sulawesi utara", slug="pemerintah-provinsi-sulawesi-utara", region_code="71",
        created_at=clock.now(),
    )  # fmt: skip
    db.session.add(province)
    db.session.flush()
    user_id = db.session.scalars(select(User.id).where(User.email == PEOPLE[person].email)).one()
    db.session.add(Member(organisation_id=province.id, user_id=user_id, role=role, joined_at=clock.now()))
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
