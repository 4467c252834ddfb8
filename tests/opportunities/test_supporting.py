"""Comments, recommendations and passing on, by the actions: works, once, told, refused, by nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from marketplace.changes.models import Change
from marketplace.core import clock
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.extensions import db
from marketplace.lifecycle.rules import ChangedSinceRead, MoveImpossible, ReasonNeeded
from marketplace.mail.models import Delivery
from marketplace.notifications.models import NoticeRow
from marketplace.opportunities.queries import find_version
from marketplace.opportunities.rules import LifeStatus, PrivateContactInWords, VersionStatus
from marketplace.opportunities.support import commenting, passing_on, recommending
from marketplace.opportunities.support.models import (
    Forwarding,
    ProvinceShare,
    Recommendation,
    VersionComment,
)
from marketplace.opportunities.support.queries import (
    find_recommendation,
    find_ties,
    list_comments,
    list_voices,
)
from marketplace.opportunities.support.rules import (
    COMMENTS_AT_MOST,
    AlreadyRecommended,
    CommentSaysNothing,
    NotCommentable,
    NotRecommendable,
    ReasonNeedsWords,
    ReceiverUnknown,
    RecommendationStatus,
    TooManyComments,
    WordsTooShort,
)
from marketplace.organisations.models import Organisation
from marketplace.organisations.rules import OrganisationStatus
from tests import personas
from tests.factories.assistance import written_for
from tests.factories.opportunities import (
    a_published_opportunity,
    an_opportunity,
    an_organisation_id,
    the_version,
)
from tests.factories.supporting import a_comment, a_guidance, a_recommendation
from tests.organisations.test_races import at_once

V = VersionStatus
SAID = recommending.Words("Sejalan dengan rencana induk provinsi.", "In line with the master plan.")


def count(model, *where):
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


def comment(version, actor, words="Sebutkan sumbernya.", field="problem"):
    commenting.comment(version, field=field, words=words, actor=actor, now=clock.now())


def recommend(version, actor, words=SAID):
    recommending.recommend(version, words=words, actor=actor, now=clock.now())


def forward(version, actor, receiver, words="Mohon dibantu penyiapannya."):
    passing_on.forward(version, receiver=receiver, words=words, actor=actor, now=clock.now())


@pytest.fixture
def draft(session):
    a_guidance()
    return the_version(an_opportunity())


def test_a_comment_is_told_by_one_letter_a_sitting_and_never_twice(draft, person):
    tutor = person("tutor")
    for words in ("Sebutkan sumbernya.", "Sebutkan sumbernya.", "Berapa warga?"):
        comment(draft, tutor, words)
    assert [each.words for each in list_comments(draft.id)] == ["Sebutkan sumbernya.", "Berapa warga?"]
    # Owner, approver and editor of the Pemda.
    assert count(NoticeRow, NoticeRow.kind == "version_commented") == 6
    assert count(Delivery, Delivery.template == "version_commented") == 3


def test_handled_by_its_writers_once(draft, person):
    comment(draft, person("tutor"))
    (one,) = list_comments(draft.id)
    for name, refusal in (("pemda_viewer", Forbidden), ("tutor", Forbidden), ("other_approver", Forbidden)):
        with pytest.raises(refusal):
            commenting.handle(draft, comment_id=one.id, actor=person(name), now=clock.now())
    first, second = clock.now(), clock.now() + timedelta(hours=1)
    for now in (first, second):
        commenting.handle(draft, comment_id=one.id, actor=person("pemda_editor"), now=now)
    assert list_comments(draft.id)[0].handled_at == first
    assert list_comments(draft.id, unhandled=True) == []
    other = a_comment(an_opportunity("madiun"))
    with pytest.raises(NotFound):
        commenting.handle(draft, comment_id=other.id, actor=person("pemda_editor"), now=clock.now())


def test_whoever_writes_with_the_pemda_handles_comments_too(session, person):
    moderator = person("moderator")
    version = the_version(written_for(moderator))
    one = a_comment(version.opportunity)
    commenting.handle(version, comment_id=one.id, actor=moderator, now=clock.now())
    assert list_comments(version.id, unhandled=True) == []
    with pytest.raises(Forbidden):
        commenting.handle(version, comment_id=one.id, actor=person("province"), now=clock.now())


@pytest.mark.parametrize(
    "words, refusal",
    [("", CommentSaysNothing), ("Hubungi 0812 7345 6890", PrivateContactInWords)],
)
def test_a_comment_says_something_and_no_contact(draft, person, words, refusal):
    with pytest.raises(refusal):
        comment(draft, person("tutor"), words)


def test_so_many_comments_and_no_more(draft, person):
    db.session.add_all(
        VersionComment(
            version_id=draft.id, organisation_id=an_organisation_id("tutor"), field="", words=str(number),
            made_at=clock.now(),
        )
        for number in range(COMMENTS_AT_MOST)
    )  # fmt: skip
    with pytest.raises(TooManyComments):
        comment(draft, person("tutor"))


def test_only_those_to_whom_the_draft_is_open_comment(draft, person):
    for name in ("province", "companion", "investor", "pemda_editor", "moderator"):
        with pytest.raises(NotFound):
            comment(draft, person(name))
    with pytest.raises(NotFound):
        comment(draft, person("tutor"), field="value_idr")
    submitted = the_version(an_opportunity(review=V.SUBMITTED))
    with pytest.raises(Forbidden):
        comment(submitted, person("province"))
    published = the_version(a_published_opportunity())
    with pytest.raises(NotCommentable):
        comment(published, person("tutor"))


@pytest.mark.parametrize(
    "name, review", [("province", V.SUBMITTED), ("tutor", V.PUBLISHED), ("companion", V.PUBLISHED)]
)
def test_a_recommendation_is_given_once_told_and_taken_back(session, person, name, review):
    a_guidance()
    life = LifeStatus.PUBLISHED if review is V.PUBLISHED else LifeStatus.UNPUBLISHED
    version, actor = the_version(an_opportunity(review=review, life=life)), person(name)
    for _press in range(2):
        recommend(version, actor)
    with pytest.raises(AlreadyRecommended):
        recommend(version, actor, recommending.Words("Kata-kata lain yang cukup panjang."))
    row = find_recommendation(version.opportunity_id, [actor.memberships[0].organisation_id])
    assert count(Recommendation) == 1
    assert count(NoticeRow, NoticeRow.kind == "recommendation_given") == 3
    assert count(Change, Change.kind == "opportunity", Change.object_id == version.opportunity_id) == 1
    (voice,) = list_voices(version.opportunity_id, public=False)
    assert (voice.organisation, voice.number) == (actor.memberships[0].name, 1)
    # A version that was never published is not spoken of in public.
    assert len(list_voices(version.opportunity_id, public=True)) == (review is V.PUBLISHED)
    step = {"seen": row.revision, "actor": actor, "now": clock.now()}
    with pytest.raises(ReasonNeeded):
        recommending.withdraw(row, reason=None, words="", **step)
    with pytest.raises(ReasonNeedsWords):
        recommending.withdraw(row, reason="other", words="", **step)
    with pytest.raises(NotFound):
        recommending.withdraw(row, reason="given_in_error", words="", **{**step, "actor": person("investor")})
    recommending.withdraw(row, reason="given_in_error", words="", **step)
    assert (row.status, list_voices(version.opportunity_id, public=False)) == (
        RecommendationStatus.WITHDRAWN,
        [],
    )
    assert count(NoticeRow, NoticeRow.kind == "recommendation_withdrawn") == 3
    with pytest.raises(MoveImpossible):
        recommending.withdraw(row, reason="given_in_error", words="", **{**step, "seen": row.revision})
    recommend(version, actor)
    assert len(list_voices(version.opportunity_id, public=False)) == 1


def test_what_a_recommendation_must_be(session, person):
    version, ministry = the_version(a_published_opportunity()), person("companion")
    for words, refusal in (
        ("Bagus.", WordsTooShort),
        ("Tanya kami di budi@example.com ya.", PrivateContactInWords),
    ):
        with pytest.raises(refusal):
            recommend(version, ministry, recommending.Words(words))
    for name in ("investor", "pemda_approver", "other_approver", "tutor", "moderator"):
        with pytest.raises(NotFound):
            recommend(version, person(name))
    a_guidance()
    with pytest.raises(NotRecommendable):
        recommend(the_version(an_opportunity()), person("tutor"))
    old = the_version(a_published_opportunity())
    old.opportunity.published_version_id = version.id
    db.session.flush()
    with pytest.raises(ChangedSinceRead):
        recommend(old, person("tutor"))


@pytest.mark.parametrize("lost", ["suspended", "expired"])
def test_an_organisation_without_trust_recommends_nothing(session, person, lost):
    listing = a_published_opportunity()
    a_recommendation(listing, "ministry")
    assert len(list_voices(listing.id, public=True)) == 1
    values = (
        {"status": OrganisationStatus.SUSPENDED}
        if lost == "suspended"
        else {"valid_until": clock.now().date() - timedelta(days=2)}
    )
    of_it = Organisation.id == an_organisation_id("ministry")
    db.session.execute(update(Organisation).where(of_it).values(**values))
    assert list_voices(listing.id, public=True) == list_voices(listing.id, public=False) == []


def test_a_pemda_shows_its_drafts_to_its_province_and_hides_them_again(session, person):
    version, editor = the_version(an_opportunity()), person("pemda_editor")
    assert not find_ties(person("province"), version).shared
    for name in ("pemda_viewer", "province", "other_approver"):
        with pytest.raises(Forbidden):
            passing_on.share(version, actor=person(name), now=clock.now())
    for _press in range(2):
        passing_on.share(version, actor=editor, now=clock.now())
    assert find_ties(person("province"), version).shared
    assert count(NoticeRow, NoticeRow.kind == "draft_shared") == 1
    comment(version, person("province"))
    for _press in range(2):
        passing_on.stop_sharing(version, actor=editor, now=clock.now())
    assert count(ProvinceShare) == 0
    with pytest.raises(NotFound):
        comment(version, person("province"), "Sekali lagi.")
    of_a_province = the_version(an_opportunity("province"))
    with pytest.raises(NotFound):
        passing_on.share(of_a_province, actor=person("province"), now=clock.now())


def test_a_province_passes_on_to_a_ministry_and_to_laip(session, person):
    version, province = the_version(an_opportunity(review=V.SUBMITTED)), person("province")
    ministry = an_organisation_id("ministry")
    assert find_ties(person("companion"), version).forwarded == frozenset()
    for receiver in (ministry, None):
        for _press in range(2):
            forward(version, province, receiver)
    assert count(Forwarding) == 2
    assert find_ties(person("companion"), version).forwarded == {ministry}
    paths = select(NoticeRow.path, NoticeRow.user_id).where(NoticeRow.kind == "opportunity_forwarded")
    told = {(path, user_id) for path, user_id in db.session.execute(paths)}
    assert (f"/dasbor/dukungan/{version.opportunity_id}", person("companion").user_id) in told
    assert ("/moderasi/diteruskan", person("moderator").user_id) in told
    assert (f"/dasbor/peluang/{version.opportunity_id}", person("pemda_editor").user_id) in told


def test_who_may_pass_on_and_to_whom(session, person):
    a_guidance()
    version, ministry = the_version(a_published_opportunity()), an_organisation_id("ministry")
    for name, refusal in (
        ("tutor", Forbidden),
        ("companion", Forbidden),
        ("pemda_owner", NotFound),
        ("investor", NotFound),
    ):
        with pytest.raises(refusal):
            forward(version, person(name), ministry)
    province = person("province")
    for receiver in (0, an_organisation_id("investor"), an_organisation_id("tutor")):
        with pytest.raises(ReceiverUnknown):
            forward(version, province, receiver)
    with pytest.raises(WordsTooShort):
        forward(version, province, ministry, "Tolong.")
    shared = an_opportunity()
    db.session.add(ProvinceShare(opportunity_id=shared.id, shared_at=clock.now()))
    with pytest.raises(NotRecommendable):
        forward(the_version(shared), province, ministry)


def test_fifty_presses_recommend_comment_and_pass_on_once(committing_app):
    with committing_app.app_context():
        a_guidance()
        listing, draft = a_published_opportunity(), an_opportunity()
        shown, version = the_version(listing).id, the_version(draft).id
        people = {name: personas.actor(db.session.connection(), name) for name in ("tutor", "province")}
        db.session.commit()
        answers = at_once(
            committing_app,
            *[lambda: recommend(find_version(shown), people["province"])] * 6,
            *[lambda: comment(find_version(version), people["tutor"])] * 6,
            *[lambda: forward(find_version(shown), people["province"], None)] * 6,
        )
        assert answers == [""] * 18
        assert [count(model) for model in (Recommendation, VersionComment, Forwarding)] == [1, 1, 1]
        assert count(NoticeRow, NoticeRow.kind == "version_commented") == 3
