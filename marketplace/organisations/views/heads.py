from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from marketplace.core import clock
from marketplace.core.actor import OrganisationKind
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.organisations import head_queries, heads, policy, trust_queries
from marketplace.organisations.forms import HeadForm
from marketplace.organisations.views.blueprint import ONE, organisations
from marketplace.organisations.views.page import load_visible
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.forms import attempt


@organisations.route(f"{ONE}/kepala-daerah", methods=["GET", "POST"])
@signed_in
def region_heads(organisation_id: int) -> Any:
    organisation = load_visible(organisation_id)
    if organisation.kind is not OrganisationKind.PEMDA:
        raise NotFound
    may_edit = policy.can_edit(current_actor(), organisation)
    if request.method == "POST" and not may_edit:
        raise Forbidden
    form = HeadForm()

    def enter(**arguments: Any) -> None:
        heads.enter_head(organisation_id, form.term, **arguments)

    if form.validate_on_submit() and attempt(form, enter, actor=current_actor(), now=clock.now()):
        flash(_("Kepala daerah tercatat. Yang sebelumnya tetap ada dalam riwayat."))
        return redirect(url_for(".region_heads", organisation_id=organisation_id))
    page = render_template(
        "organisations/heads.html", organisation=organisation, form=form, may_edit=may_edit,
        heads=head_queries.list_heads(organisation_id), today=trust_queries.today(),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200
