"""Each kind of thing goes after its period, not before, and nothing beside it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from marketplace.accounts import actions as accounts
from marketplace.accounts import sign_ins
from marketplace.accounts.models import SignIn, User
from marketplace.audit.models import AuditEvent
from marketplace.core.actor import MemberRole, StaffRole
from marketplace.core.personal import Person
from marketplace.interests.models import Interest
from marketplace.interests.rules import InterestStatus
from marketplace.mail.models import Delivery
from marketplace.notifications.models import NoticeRow
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import VersionStatus
from marketplace.organisations.models import Invitation, Member
from marketplace.privacy.erasing import erase, identify
from marketplace.privacy.queries import count_held
from marketplace.privacy.rules import PERIODS, Keep
from marketplace.privacy.tidying import tidy
from tests import personas
from tests.factories.interests import an_interest
from tests.factories.opportunities import an_opportunity, an_organisation_id

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def me(session, own_storage) -> int:
    return personas.actor(session.connection(), "investor").user_id


def just(keep: Keep, *, over: bool) -> datetime:
    """A moment that lies a second before or within the period."""
    return NOW - PERIODS[keep] + (-SECOND if over else SECOND)


def count(session, model) -> int:
    return session.scalar(select(func.count()).select_from(model))


def test_notices_that_were_read(session, me):
    for read_at in (just(Keep.READ_NOTICE, over=True), just(Keep.READ_NOTICE, over=False), None):
        session.add(NoticeRow(user_id=me, kind="interest_sent", path="/", created_at=NOW, read_at=read_at))
    session.flush()
    assert tidy(now=NOW, only=Keep.READ_NOTICE) == 1
    assert count(session, NoticeRow) == 2


def test_invitations_that_are_over(session, me):
    organisation_id = an_organisation_id("bitung")
    for number, over in enumerate((True, False)):
        session.add(
            Invitation(
                organisation_id=organisation_id, email=f"tamu{number}@example.com", role=MemberRole.VIEWER,
                language="id", created_at=NOW - timedelta(days=60), expires_at=just(Keep.INVITATION, over=over),
            )
        )  # fmt: skip
    session.flush()
    assert tidy(now=NOW, only=Keep.INVITATION) == 1
    assert session.scalars(select(Invitation.email)).all() == ["tamu1@example.com"]


def test_an_invitation_goes_with_the_person_whom_it_asked(session, me):
    email = session.get(User, me).email
    for address in (email.upper(), "orang.lain@example.com"):
        session.add(
            Invitation(
                organisation_id=an_organisation_id("bitung"), email=address, role=MemberRole.VIEWER, language="id",
                invited_by=me, created_at=NOW, expires_at=NOW + timedelta(days=2),
            )
        )  # fmt: skip
    session.flush()
    erase(identify(me, now=NOW))
    assert session.scalars(select(Invitation.email)).all() == ["orang.lain@example.com"]


def test_letters_that_were_sent(session, me):
    for sent_at in (just(Keep.SENT_LETTER, over=True), just(Keep.SENT_LETTER, over=False), None):
        session.add(Delivery(user_id=me, template="account_exists", path="", created_at=NOW, sent_at=sent_at))
    session.flush()
    assert tidy(now=NOW, only=Keep.SENT_LETTER) == 1
    assert count(session, Delivery) == 2


def test_sign_ins_that_ended_or_fell_asleep(session, me):
    old, young = just(Keep.SIGN_IN, over=True), just(Keep.SIGN_IN, over=False)
    for number, (seen, ended) in enumerate([(old, None), (old, old), (young, None), (young, young)]):
        row = sign_ins.start(user_id=me, sid_hash=bytes([number]), agent="", now=seen)
        row.ended_at = ended
    session.flush()
    assert tidy(now=NOW, only=Keep.SIGN_IN) == 2
    assert count(session, SignIn) == 2


def test_accounts_that_were_never_confirmed(session, me):
    def join(email: str, moment: datetime) -> int:
        accounts.register(
            name="Nama Lewat",
            email=email,
            password="rumah panggung biru",
            language="id",
            accepted=True,
            now=moment,
        )
        return session.scalars(select(User.id).where(User.email == email)).one()

    old = join("lama@example.com", just(Keep.UNCONFIRMED_ACCOUNT, over=True))
    young = join("baru.lagi@example.com", just(Keep.UNCONFIRMED_ACCOUNT, over=False))
    accounts.create_staff(
        "staf@example.com", name="Staf", role=StaffRole.MODERATOR, now=NOW - timedelta(days=99)
    )
    assert tidy(now=NOW, only=Keep.UNCONFIRMED_ACCOUNT) == 1
    session.expire_all()
    assert session.get_one(User, old).name == ""
    assert session.get_one(User, old).erased_at == NOW
    assert session.get_one(User, young).name == "Nama Lewat"
    assert session.scalars(select(User.name).where(User.email == "staf@example.com")).one() == "Staf"
    assert session.scalar(select(func.count(AuditEvent.id)).where(AuditEvent.object_id == old)) == 1
    assert tidy(now=NOW, only=Keep.UNCONFIRMED_ACCOUNT) == 0


def test_drafts_of_organisations_where_nobody_is_left(session, me):
    old, young = just(Keep.LONE_DRAFT, over=True), just(Keep.LONE_DRAFT, over=False)
    lone = an_opportunity("new_pemda", now=old).id
    kept = {
        an_opportunity("new_pemda", now=young).id,
        an_opportunity("bitung", now=old).id,
        an_opportunity("new_pemda", now=old, review=VersionStatus.SUBMITTED).id,
    }
    an_interest(partner="new_partner", status=InterestStatus.DRAFT, now=old)
    an_interest(partner="new_partner", status=InterestStatus.SENT, now=old)
    an_interest(partner="startup", status=InterestStatus.DRAFT, now=old)
    for key in ("new_pemda", "new_partner"):
        members = session.scalars(select(Member).where(Member.organisation_id == an_organisation_id(key)))
        for member in members:
            session.delete(member)
    session.flush()
    assert tidy(now=NOW, only=Keep.LONE_DRAFT) == 2
    ids = set(session.scalars(select(Opportunity.id)))
    assert lone not in ids
    assert kept <= ids
    assert not session.scalars(
        select(OpportunityVersion.id).where(OpportunityVersion.opportunity_id == lone)
    ).all()
    assert count(session, Interest) == 2


def test_a_night_without_work_ends(session):
    assert tidy(now=NOW - timedelta(days=4000)) == 0


def test_a_person_without_anything_is_walked_too(session):
    assert sum(count_held(Person(user_id=0, at=NOW)).values()) == 0
