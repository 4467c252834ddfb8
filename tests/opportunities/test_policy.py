"""Who may do what with a listing: every status, every life, every person."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest

from marketplace.core.actor import Actor, MemberRole, Membership, OrganisationKind, StandingIn
from marketplace.opportunities import policy
from marketplace.opportunities.models import Opportunity, OpportunityDocument, OpportunityVersion
from marketplace.opportunities.rules import DocumentAccess, LifeStatus, Origin, VersionStatus, wrote_alone
from tests.support.actors import APPROVERS, EDITORS, MEMBERS, OURS, PEOPLE, THEIRS, member

L, V, R, K = LifeStatus, VersionStatus, MemberRole, OrganisationKind
# Question -> (review statuses in which it is anybody's turn, whose turn it is). The listing must live.
TURNS: dict[Callable[[Actor, OpportunityVersion], bool], tuple[set[V], frozenset[str]]] = {
    policy.can_edit: ({V.DRAFT, V.RETURNED}, EDITORS),
    policy.can_send_to_approver: ({V.DRAFT}, EDITORS),
    policy.can_approve: ({V.IN_APPROVAL}, APPROVERS),
    policy.can_decide: ({V.SUBMITTED}, frozenset({"moderator"})),
    policy.can_start_version: ({V.PUBLISHED, V.REJECTED}, EDITORS),
}
LIVING = {L.UNPUBLISHED, L.PUBLISHED}
SHOWN = {L.PUBLISHED, L.PARTNER_FOUND, L.NO_PARTNER}


def a_version(review: V, life: L = L.PUBLISHED, *, published: int | None = None) -> OpportunityVersion:
    """Version 5 of a listing of OURS, of which version `published` is the public one."""
    listing = Opportunity(id=1, organisation_id=OURS, status=life, published_version_id=published)
    return OpportunityVersion(id=5, opportunity=listing, status=review)


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("question", TURNS, ids=lambda question: question.__name__)
def test_whose_turn_it_is(question: Callable[[Actor, OpportunityVersion], bool], name: str) -> None:
    reviews, whose = TURNS[question]
    for review, life in product(V, L):
        wanted = review in reviews and life in LIVING and name in whose
        assert question(PEOPLE[name], a_version(review, life)) is wanted, (review, life)


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("life", L)
def test_who_may_end_a_listing(life: L, name: str) -> None:
    wanted = life is L.PUBLISHED and name in APPROVERS
    assert policy.can_end(PEOPLE[name], a_version(V.PUBLISHED, life).opportunity) is wanted


@pytest.mark.parametrize("name", PEOPLE)
def test_colleagues_are_those_of_its_organisation(name: str) -> None:
    assert policy.is_colleague(PEOPLE[name], a_version(V.DRAFT).opportunity) is (name in MEMBERS)


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("review", V)
def test_who_reads_a_version_that_is_not_public(review: V, name: str) -> None:
    never_sent = review in (V.DRAFT, V.IN_APPROVAL)
    wanted = name in MEMBERS or (name == "moderator" and not never_sent)
    for published in (None, 4):
        assert policy.can_read_version(PEOPLE[name], a_version(review, published=published)) is wanted


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("life", L)
def test_who_reads_the_public_version(life: L, name: str) -> None:
    wanted = life in SHOWN or name in MEMBERS or name == "moderator"
    version = a_version(V.PUBLISHED, life, published=5)
    assert policy.can_read_version(PEOPLE[name], version) is wanted
    assert policy.is_public(version.opportunity) is (life in SHOWN)


def test_only_a_posted_and_published_listing_takes_interest() -> None:
    for origin, life in product(Origin, L):
        listing = Opportunity(origin=origin, status=life)
        assert policy.takes_interest(listing) is (origin is Origin.POSTED and life is L.PUBLISHED)


@pytest.mark.parametrize("role", R)
def test_a_listing_is_begun_for_a_pemda_by_those_who_write(role: R) -> None:
    assert policy.can_start(member(role)) is (role is not R.VIEWER)
    assert policy.can_start(member(role, kind=K.PARTNER)) is False


def test_who_works_for_no_pemda_begins_nothing() -> None:
    assert policy.can_start(PEOPLE["moderator"]) is False
    assert policy.can_start(PEOPLE["visitor"]) is False


READERS = {
    **PEOPLE,
    "verified_partner": member(R.VIEWER, THEIRS, kind=K.PARTNER),
    "new_partner": member(R.OWNER, THEIRS, kind=K.PARTNER, verified=False),
}


def outsiders_level(
    document: OpportunityDocument, version: OpportunityVersion, shown_as: DocumentAccess | None
) -> DocumentAccess | None:
    """Under which level people outside know it: of a published version, while the listing and the document are up."""
    up = version.status is V.PUBLISHED and version.opportunity.status in SHOWN
    return shown_as if up and document.replaced_at is None else None


def is_opened(name: str, level: DocumentAccess | None, granted: bool) -> bool:
    """Whether people outside open what they know under that level."""
    partner = name == "verified_partner"
    return {
        None: False,
        DocumentAccess.PUBLIC: True,
        DocumentAccess.VERIFIED_PARTNERS: partner,
        DocumentAccess.ACCEPTED_PARTNERS: partner and granted,
    }[level]


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("replaced", [None, datetime(2026, 2, 28, tzinfo=UTC)], ids=["kept", "replaced"])
def test_who_opens_a_document_in_every_state(replaced: datetime | None, name: str) -> None:
    """Every person x review x life x level under which it is shown x accepted or not."""
    document = OpportunityDocument(replaced_at=replaced)
    for review, life, shown_as, granted in product(V, L, (None, *DocumentAccess), (True, False)):
        version = a_version(review, life, published=9)
        level = outsiders_level(document, version, shown_as)
        sent = review not in (V.DRAFT, V.IN_APPROVAL) and replaced is None
        knows = name in MEMBERS or (sent if name == "moderator" else level is not None)
        opens = knows and (name in MEMBERS or name == "moderator" or is_opened(name, level, granted))
        state = (review, life, shown_as, granted)
        assert policy.knows_document(READERS[name], document, version, shown_as) is knows, state
        found = policy.can_read_document(READERS[name], document, version, shown_as, granted=granted)
        assert found is opens, state


def test_only_verified_partners_count_as_accepted() -> None:
    places = (
        Membership(1, K.PARTNER, R.OWNER, True, "PT"),
        Membership(2, K.PARTNER, R.OWNER, False, "PT yang ditangguhkan"),
        Membership(3, K.PEMDA, R.OWNER, True, "Pemda"),
    )
    assert policy.partner_places(Actor(user_id=1, memberships=places)) == [1]
    assert policy.partner_places(PEOPLE["visitor"]) == []


@pytest.mark.parametrize("role", R)
@pytest.mark.parametrize("review", V)
def test_who_stands_in_releases_and_nothing_else(review: V, role: R) -> None:
    place = replace(member(role).memberships[0], stands_in=StandingIn(9, "Sari", date(2026, 3, 6)))
    someone, version = replace(member(role), memberships=(place,)), a_version(review)
    assert policy.can_approve(someone, version) is (review is V.IN_APPROVAL)
    assert (policy.on_behalf_of(someone, version) is None) is (role in policy.APPROVERS)
    assert policy.may_act_as(someone, "approver", version) is (role in policy.APPROVERS)
    assert policy.can_end(someone, version.opportunity) is (role in policy.APPROVERS)
    assert policy.can_edit(someone, version) is policy.can_edit(member(role), version)


def test_nobody_stands_in_for_another_organisation_or_for_a_partner() -> None:
    stands_in = StandingIn(9, "Sari", date(2026, 3, 6))
    for stranger in (member(R.EDITOR, THEIRS), member(R.EDITOR, kind=K.PARTNER)):
        place = replace(stranger.memberships[0], stands_in=stands_in)
        someone = replace(stranger, memberships=(place,))
        assert policy.on_behalf_of(someone, a_version(V.IN_APPROVAL)) is None
        assert not policy.can_approve(someone, a_version(V.IN_APPROVAL))


@pytest.mark.parametrize("writers, alone", [({1}, True), ({1, 2}, False), ({2}, False), (set(), False)])
def test_who_wrote_alone(writers: set[int], alone: bool) -> None:
    assert wrote_alone(1, writers) is alone
