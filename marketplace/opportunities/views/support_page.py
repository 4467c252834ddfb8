"""The page on which a supporter reads a listing of others, and acts."""

from flask import render_template

from marketplace.core.actor import Actor
from marketplace.opportunities import labels, policy, queries
from marketplace.opportunities.content import content_of
from marketplace.opportunities.forms.supporting import CommentForm, RecommendForm
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.publishing import zone_of
from marketplace.opportunities.rules import DocumentAccess
from marketplace.opportunities.support import policy as support_policy
from marketplace.opportunities.support.queries import (
    by_field,
    find_recommendation,
    list_comments,
    list_passed,
    list_voices,
)
from marketplace.opportunities.support.rules import Ties
from marketplace.opportunities.views.page import document_note, document_url, title_of
from marketplace.opportunities.wording import field_changes, supporter_name
from marketplace.organisations.queries import get_card
from marketplace.regions.queries import gazetteer
from marketplace.web.language import get_language


def support_page(
    version: OpportunityVersion, ties: Ties, actor: Actor, *, comment: CommentForm, recommend: RecommendForm
) -> str:
    """Every field with its comments; beside it the recommendation and what was passed on."""
    opportunity = version.opportunity
    comment.version.data = recommend.version.data = str(version.id)
    places = support_policy.list_places(actor, version, ties)
    reads = support_policy.reads_comments(actor, version, ties)
    is_shown = version.id == opportunity.published_version_id
    ours = [place.organisation_id for place in places]
    title, title_lang = title_of(version)
    given = find_recommendation(opportunity.id, ours)
    recommender = support_policy.find_recommender(actor, version, ties)
    return render_template(
        "opportunities/support.html", o=opportunity, v=version, title=title, title_lang=title_lang, labels=labels,
        place_text=gazetteer().place_text(opportunity.region_code), zone=zone_of(opportunity),
        organisation=get_card(opportunity.organisation_id or 0), review=labels.REVIEW[version.status],
        fields=field_changes(None, content_of(version), get_language()), is_public=policy.is_public(opportunity),
        is_shown=is_shown,
        comments=by_field(list_comments(version.id)) if reads else {},
        documents=_documents(version, ties, actor), voices=list_voices(opportunity.id, public=is_shown and not reads),
        passed=list_passed(opportunity.id, by=ours, to=ours), supporter_name=supporter_name, given=given,
        comment=comment if support_policy.find_commenter(actor, version, ties) else None,
        recommend=recommend if recommender and not given else None, recommender=recommender,
        may_take_back=given is not None and support_policy.may_recommend(actor, "author", given),
        may_forward=support_policy.find_forwarder(actor, version, ties) is not None,
    )  # fmt: skip


def _documents(
    version: OpportunityVersion, ties: Ties, actor: Actor
) -> list[tuple[str, str, str | None, str]]:
    lines = []
    for document in queries.list_documents(version.id):
        is_open = document.access is DocumentAccess.PUBLIC and policy.can_read_document(
            actor, document, version, document.access, granted=False, ties=ties
        )
        url = document_url(document) if is_open else None
        lines.append((document.title, document_note(document), url, labels.ACCESS_TAG[document.access]))
    return lines
