"""What a Pemda adds to its published listing by itself."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.opportunities import amending, policy, queries
from marketplace.opportunities.amending import Amendment
from marketplace.opportunities.forms.deciding import AmendmentForm
from marketplace.opportunities.rules import ListingEnded
from marketplace.opportunities.views.authoring import own_opportunity
from marketplace.opportunities.views.page import title_of
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import attempt

amendments = Blueprint("amendments", __name__)


@amendments.route("", methods=["GET", "POST"])
@signed_in
def add(opportunity_id: int) -> AnyResponse | str | tuple[str, int]:
    """Words for everybody under the listing, and a later deadline."""
    opportunity = own_opportunity(opportunity_id)
    if not policy.may_act_as(current_actor(), "approver", opportunity):
        raise Forbidden
    version = queries.find_version(opportunity.published_version_id or 0)
    if version is None:
        raise NotFound
    if not policy.can_end(current_actor(), opportunity):
        raise ListingEnded
    form = AmendmentForm()
    if request.method == "GET":
        form.seen.data = str(opportunity.revision)
    if form.validate_on_submit() and attempt(
        form, amending.publish_addendum, opportunity=opportunity, version=version, seen=form.seen_revision,
        amendment=Amendment(form.words_id.data or "", form.words_en.data or "", form.interest_deadline.data),
        actor=current_actor(), now=clock.now(),
    ):  # fmt: skip
        flash(_("Pemberitahuan terbit. Pengikutnya diberi tahu."))
        return redirect(url_for("workspace.show", opportunity_id=opportunity_id))
    title, title_lang = title_of(version)
    page = render_template(
        "opportunities/amend.html", form=form, o=opportunity, v=version, title=title, title_lang=title_lang,
    )  # fmt: skip
    return (page, 422) if request.method == "POST" else page
