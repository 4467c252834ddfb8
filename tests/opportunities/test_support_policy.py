"""Who stands beside a listing of others: every kind of organisation, every tie, every status, every life."""

from itertools import product

import pytest

from marketplace.core.actor import Actor, MemberRole, Membership, OrganisationKind
from marketplace.opportunities import policy
from marketplace.opportunities.models import Opportunity, OpportunityDocument, OpportunityVersion
from marketplace.opportunities.rules import DocumentAccess, LifeStatus, VersionStatus
from marketplace.opportunities.support import policy as support_policy
from marketplace.opportunities.support.assistance_models import Assistance
from marketplace.opportunities.support.rules import NO_TIES, Ties
from tests.support.actors import OURS

L, V, R, K = LifeStatus, VersionStatus, MemberRole, OrganisationKind
HERE = 20
BEFORE_LAIP = {V.DRAFT, V.IN_APPROVAL, V.RETURNED, V.REJECTED}
ALL = set(V)
# Organisation, region, what binds it -> the statuses that it reads while nothing of the listing is public.
SUPPORTERS: dict[str, tuple[K, str | None, Ties, set[V]]] = {
    "guiding tutor": (K.TUTOR, None, Ties(guiding=frozenset({HERE})), ALL),
    "another tutor": (K.TUTOR, None, Ties(guiding=frozenset({21})), set()),
    "its province": (K.PEMDA, "71", NO_TIES, {V.SUBMITTED, V.PUBLISHED}),
    "its province, shown": (K.PEMDA, "71", Ties(shared=True), ALL),
    "another province, shown": (K.PEMDA, "35", Ties(shared=True), set()),
    "a neighbour, shown": (K.PEMDA, "71.73", Ties(shared=True), set()),
    "a ministry": (K.MINISTRY, None, NO_TIES, set()),
    "a ministry, told": (K.MINISTRY, None, Ties(forwarded=frozenset({HERE})), {V.SUBMITTED, V.PUBLISHED}),
    # What the Pemda shows to its province is not for the ministry.
    "a ministry, told, shared": (
        K.MINISTRY,
        None,
        Ties(shared=True, forwarded=frozenset({HERE})),
        {V.SUBMITTED, V.PUBLISHED},
    ),
    "a ministry, another told": (K.MINISTRY, None, Ties(forwarded=frozenset({21})), set()),
    # Ties of another kind bind nobody.
    "a partner, guiding": (K.PARTNER, None, Ties(frozenset({HERE}), True, frozenset({HERE})), set()),
}


def somebody(name: str, *, role: R = R.EDITOR, verified: bool = True) -> Actor:
    kind, region, _ties, _reads = SUPPORTERS[name]
    return Actor(user_id=3, memberships=(Membership(HERE, kind, role, verified, "X", region),))


def a_version(review: V, life: L = L.UNPUBLISHED, *, published: int | None = None) -> OpportunityVersion:
    listing = Opportunity(
        id=1, organisation_id=OURS, region_code="71.72", status=life, published_version_id=published
    )
    return OpportunityVersion(id=5, opportunity=listing, status=review)


@pytest.mark.parametrize("name", SUPPORTERS)
@pytest.mark.parametrize("verified", [True, False])
def test_which_versions_are_open(name: str, verified: bool) -> None:
    _kind, _region, ties, reads = SUPPORTERS[name]
    actor = somebody(name, verified=verified, role=R.VIEWER)
    for review in V:
        version = a_version(review)
        assert policy.can_read_version(actor, version, ties) is (verified and review in reads), review
        assert not policy.can_read_version(actor, a_version(review, L.WITHDRAWN), ties)
        assert not policy.can_read_version(Actor(user_id=4), version, ties)


@pytest.mark.parametrize("name", SUPPORTERS)
@pytest.mark.parametrize("access", DocumentAccess)
def test_of_a_draft_only_its_public_documents(name: str, access: DocumentAccess) -> None:
    """Also where the public version shows the document under another level."""
    _kind, _region, ties, reads = SUPPORTERS[name]
    for review, shown_as in product(V, (None, *DocumentAccess)):
        document, version = OpportunityDocument(access=access), a_version(review, L.PUBLISHED, published=4)
        state = (document, version, shown_as)
        if review is V.PUBLISHED:
            # What is public is known and read as by everybody.
            wanted_known, wanted_read = shown_as is not None, shown_as is DocumentAccess.PUBLIC
        else:
            wanted_known = review in reads
            wanted_read = wanted_known and access is DocumentAccess.PUBLIC
        if name != "a partner, guiding":
            read = policy.can_read_document(somebody(name), *state, granted=True, ties=ties)
            assert read is wanted_read, (review, shown_as)
        assert policy.knows_document(somebody(name), *state, ties) is wanted_known, (review, shown_as)
        gone = OpportunityDocument(access=access, replaced_at=object())
        assert not policy.knows_document(somebody(name), gone, version, shown_as, ties)


@pytest.mark.parametrize("name", SUPPORTERS)
@pytest.mark.parametrize("role", R)
def test_who_comments_recommends_and_passes_on(name: str, role: R) -> None:
    _kind, _region, ties, reads = SUPPORTERS[name]
    actor, speaks = somebody(name, role=role), role is not R.VIEWER
    for review, life in product(V, (L.UNPUBLISHED, L.PUBLISHED)):
        version = a_version(review, life, published=5 if review is V.PUBLISHED else 4)
        is_public = life is L.PUBLISHED and review is V.PUBLISHED
        stands = review in reads or (is_public and "ministry" in name)
        in_work = review in {V.DRAFT, V.IN_APPROVAL, V.SUBMITTED, V.RETURNED}
        open_to_drafts = stands and name in ("guiding tutor", "its province, shown")
        comments = open_to_drafts and in_work and speaks
        recommends = stands and speaks and (review is V.SUBMITTED or is_public)
        state = (name, review, life)
        assert bool(support_policy.list_places(actor, version, ties)) is stands, state
        assert support_policy.reads_comments(actor, version, ties) is open_to_drafts, state
        assert (support_policy.find_commenter(actor, version, ties) is not None) is comments, state
        assert (support_policy.find_recommender(actor, version, ties) is not None) is recommends, state
        forwards = support_policy.find_forwarder(actor, version, ties) is not None
        assert forwards is (recommends and name.startswith("its province")), state


@pytest.mark.parametrize("life", [L.WITHDRAWN, L.PARTNER_FOUND, L.NO_PARTNER])
def test_what_has_ended_is_neither_commented_nor_recommended(life: L) -> None:
    for name, review in product(SUPPORTERS, V):
        version, ties = a_version(review, life, published=5), SUPPORTERS[name][2]
        assert support_policy.find_commenter(somebody(name), version, ties) is None
        assert support_policy.find_recommender(somebody(name), version, ties) is None


def test_nobody_supports_a_listing_of_their_own() -> None:
    own = Membership(OURS, K.PEMDA, R.OWNER, True, "Provinsi", "71")
    version = a_version(V.SUBMITTED)
    assert support_policy.list_places(Actor(user_id=3, memberships=(own,)), version, Ties(shared=True)) == []
    of_the_province = Opportunity(id=1, organisation_id=OURS, region_code="71", status=L.UNPUBLISHED)
    other = Membership(HERE, K.PEMDA, R.OWNER, True, "Rival", "71")
    assert not support_policy.is_province_of(other, of_the_province)


@pytest.mark.parametrize("role", R)
@pytest.mark.parametrize("verified", [True, False])
def test_a_suspended_author_may_still_take_back(role: R, verified: bool) -> None:
    actor = somebody("a ministry", role=role, verified=verified)
    row = type("Row", (), {"organisation_id": HERE})()
    speaks = role is not R.VIEWER
    assert support_policy.may_recommend(actor, "author", row) is speaks
    assert support_policy.may_recommend(actor, "supporter", row) is (speaks and verified)
    assert not support_policy.may_recommend(actor, "moderator", row)
    assert not support_policy.may_recommend(Actor(user_id=4), "author", row)


@pytest.mark.parametrize("role", R)
def test_its_own_writers_show_its_drafts(role: R) -> None:
    own = Actor(user_id=3, memberships=(Membership(OURS, K.PEMDA, role, True, "Pemda", "71.72"),))
    assert support_policy.can_share(own, a_version(V.DRAFT)) is (role is not R.VIEWER)
    assert not support_policy.can_share(somebody("its province, shown"), a_version(V.DRAFT))


@pytest.mark.parametrize(
    "kind, region, wanted",
    [
        (K.TUTOR, None, True),
        (K.MINISTRY, None, True),
        (K.PEMDA, "71", True),
        (K.PEMDA, "71.72", False),
        (K.PARTNER, None, False),
    ],
)
def test_who_has_a_list(kind: K, region: str | None, wanted: bool) -> None:
    assert support_policy.supports_any(Membership(1, kind, R.OWNER, True, "X", region)) is wanted


@pytest.mark.parametrize("helper, may", [(HERE, False), (21, True), (None, True)])
def test_a_province_does_not_recommend_what_it_wrote(helper: int | None, may: bool) -> None:
    version = a_version(V.SUBMITTED)
    version.opportunity.assistance = Assistance(organisation_id=helper)
    _kind, _region, ties, _reads = SUPPORTERS["its province"]
    actor = somebody("its province")
    assert (support_policy.find_recommender(actor, version, ties) is not None) is may
    assert support_policy.find_forwarder(actor, version, ties) is not None
